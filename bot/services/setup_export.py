"""The setup as lists in one workbook, which `SetupImport` reads again (`product.md` 11)."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.domain.documents import RECORDED
from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.number_series import SeriesCode
from bot.domain.setup_lists import COLUMNS, LISTS_OF, SetupList, Sort
from bot.services.series_rows import SETTINGS
from bot.sheets import excel
from bot.sheets.cells import Cell, Layout, whole
from storage.store import Store
from storage.work import Work

WIDTHS = {"description": 40, "comment": 60, "value": 30}
WIDTH = 18
_Row = Mapping[str, Any]
Exported = dict[SetupList, list[list[Cell]]]


class SetupExport:
    """Writes the setup into a file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def lists(self, workspace: WorkspaceId) -> Exported:
        """Return every list with its rows, cell by cell in the order of its columns."""
        with self._store.read(workspace) as work:
            return {one: [_cells(one, row) for row in _ROWS[one](work)] for one in LISTS_OF[Sort.SETUP]}

    def write(self, workspace: WorkspaceId, file: Path) -> Mapping[SetupList, int]:
        """Write a workbook with a sheet for each list; return how many rows each has."""
        found = self.lists(workspace)
        with whole(file, self._store.ids()) as part:
            excel.write_sheets(part, [(_layout(one), rows) for one, rows in found.items()])
        return {one: len(rows) for one, rows in found.items()}


def _layout(one: SetupList) -> Layout:
    columns = COLUMNS[one]
    widths = [WIDTHS.get(column.field, WIDTH) for column in columns]
    return Layout(one.value, [column.title for column in columns], widths)


def _cells(one: SetupList, row: _Row) -> list[Cell]:
    return [_cell(row.get(column.field)) for column in COLUMNS[one]]


def _cell(value: Any) -> Cell:
    """Return a value as it is read again: words as words, yes and no."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, SeriesCode):
        return value.value
    if isinstance(value, StrEnum):
        return value.value.replace("_", " ").capitalize()
    cell: Cell = value
    return cell


def _groups(work: Work) -> list[_Row]:
    groups = sorted(work.templates.groups().values(), key=lambda one: one.code)
    return [{"code": one.code, "description": one.description} for one in groups]


def _templates(work: Work) -> list[_Row]:
    groups = {group.id: group.code for group in work.templates.groups().values()}
    campaigns = {one.id: one.number for one in work.campaigns.all()}
    plain = [
        column.field for column in COLUMNS[SetupList.TEMPLATES] if column.field not in ("group", "campaign")
    ]
    return [
        {name: getattr(one, name) for name in plain}
        | {"group": groups[one.group], "campaign": campaigns.get(one.campaign) if one.campaign else None}
        for one in sorted(work.templates.by_id().values(), key=lambda one: one.code)
    ]


def _languages(work: Work) -> list[_Row]:
    templates = sorted(work.templates.by_id().values(), key=lambda one: one.code)
    return [
        {"template": one.code, "language": own.language, "description": own.description}
        for one in templates
        for own in one.translations
    ]


def _recording(work: Work) -> list[_Row]:
    codes = {one.id: one.code for one in work.templates.by_id().values()}
    found = work.template_setup.all()
    return [
        {"recorded": one, "template": codes.get(found[one]) if one in found else None} for one in RECORDED
    ]


def _campaigns(work: Work) -> list[_Row]:
    found = work.campaigns.all()
    people = _codes(work, frozenset(one.salesperson for one in found if one.salesperson))
    return [
        {
            "number": one.number,
            "description": one.description,
            "starts": one.starts,
            "ends": one.ends,
            "salesperson": people.get(one.salesperson),
            "active": one.active,
        }
        for one in found
    ]


def _opportunities(work: Work) -> list[_Row]:
    found = work.opportunities.all()
    people = _codes(work, frozenset(one.salesperson for one in found if one.salesperson))
    contacts = work.contacts.many(frozenset(one.contact for one in found))
    campaigns = {one.id: one.number for one in work.campaigns.all()}
    return [
        {
            "number": one.number,
            "description": one.description,
            "contact": contacts[one.contact].number if one.contact in contacts else None,
            "salesperson": people.get(one.salesperson),
            "campaign": campaigns.get(one.campaign) if one.campaign else None,
            "status": one.status,
            "comment": one.comment,
        }
        for one in found
    ]


def _series(work: Work) -> list[_Row]:
    known = (work.numbers.series(code) for code in SeriesCode)
    return [
        {
            "code": one.code,
            "prefix": one.prefix,
            "next": one.next,
            "digits": one.digits,
            "manual": one.manual,
        }
        for one in known
        if one is not None
    ]


def _settings(work: Work) -> list[_Row]:
    return [{"setting": name, "value": one.written(work)} for name, one in SETTINGS.items()]


def _codes(work: Work, people: frozenset[PersonId]) -> dict[PersonId | None, str]:
    return {one: person.code for one, person in work.people.many(people).items()}


_ROWS: Mapping[SetupList, Callable[[Work], list[_Row]]] = {
    SetupList.GROUPS: _groups,
    SetupList.TEMPLATES: _templates,
    SetupList.LANGUAGES: _languages,
    SetupList.RECORDING: _recording,
    SetupList.CAMPAIGNS: _campaigns,
    SetupList.OPPORTUNITIES: _opportunities,
    SetupList.SERIES: _series,
    SetupList.SETTINGS: _settings,
}
