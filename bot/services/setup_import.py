"""Importing lists of the setup: what is known by its code or number is changed, what is not is made."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bot.domain.ids import WorkspaceId
from bot.domain.import_cells import Fault
from bot.domain.messages import Message, Refusal
from bot.domain.setup_lists import RowReader, SetupList, Sort
from bot.domain.unkept import kept
from bot.services.import_errors import ErrorFile
from bot.services.import_files import Sheet
from bot.services.link_rows import CampaignRows, OpportunityRows
from bot.services.series_rows import SeriesRows, SettingRows
from bot.services.setup_files import lists_in, sheet_of
from bot.services.setup_rows import Outcome, Rows
from bot.services.template_rows import GroupRows, LanguageRows, RecordingRows, TemplateRows
from storage.store import Store
from storage.work import Work

AT_ONCE = 100
"""Rows of one transaction: nobody waits longer for it than for a form."""

MOSTROWS = 100_000
SHOWN_FAULTS = 5
ROWS: Mapping[SetupList, Callable[[Work], Rows]] = {
    SetupList.GROUPS: GroupRows,
    SetupList.TEMPLATES: TemplateRows,
    SetupList.LANGUAGES: LanguageRows,
    SetupList.RECORDING: RecordingRows,
    SetupList.CAMPAIGNS: CampaignRows,
    SetupList.OPPORTUNITIES: OpportunityRows,
    SetupList.SERIES: SeriesRows,
    SetupList.SETTINGS: SettingRows,
}
_Numbered = tuple[int, list[str]]


@dataclass(slots=True)
class Report:
    """What became of the rows of one list."""

    about: SetupList
    unknown_columns: tuple[str, ...]
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    faulty: int = 0
    faults: list[tuple[int, Message]] = field(default_factory=list)
    """The first faulty rows, by their place among the rows, and why."""

    errors: Path | None = None
    """Where the faulty rows stand, each with its reason."""


class SetupImport:
    """Imports groups, templates, campaigns, opportunities, number series and settings."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def run(self, workspace: WorkspaceId, sort: Sort, source: Path, errors_beside: Path) -> list[Report]:
        """Import a file; the same file once more changes nothing. What is done when it breaks off stays.

        Raises:
            Refusal: the file can't be read, or its titles are unknown.
        """
        found = lists_in(source, sort)
        return [self._list(workspace, one, source, name, _errors(errors_beside, name)) for one, name in found]

    def _list(
        self, workspace: WorkspaceId, wanted: SetupList, source: Path, name: str | None, errors: Path
    ) -> Report:
        with sheet_of(source, name) as sheet, ErrorFile(errors, sheet) as faulty:
            reader = RowReader(wanted, sheet.header)
            report = Report(wanted, reader.unknown)
            rows = _numbered(sheet)
            while chunk := list(islice(rows, AT_ONCE)):
                with self._store.begin(workspace) as work:
                    taken = self._taken(ROWS[wanted](work), reader, chunk)
                _count(report, faulty, taken)
        report.errors = errors if report.faulty else None
        return report

    def _taken(
        self, rows: Rows, reader: RowReader, chunk: list[_Numbered]
    ) -> list[tuple[_Numbered, Outcome | Message]]:
        found: list[tuple[_Numbered, Outcome | Message]] = []
        for row in chunk:
            try:
                found.append((row, rows.take(reader.read(row[1]))))
            except Fault as fault:
                found.append((row, fault.message))
        return found


def _numbered(sheet: Sheet) -> Iterator[_Numbered]:
    for place, cells in enumerate(sheet.rows, 1):
        if place > MOSTROWS:
            raise Refusal("The file has more than {n} rows: split it.", n=MOSTROWS)
        yield place, [kept(cell) for cell in cells]


def _count(report: Report, errors: ErrorFile, taken: list[tuple[_Numbered, Outcome | Message]]) -> None:
    for (place, cells), became in taken:
        if isinstance(became, Outcome):
            report.outcomes[became] += 1
            continue
        report.faulty += 1
        errors.add(cells, became.text.format(**became.values))
        if len(report.faults) < SHOWN_FAULTS:
            report.faults.append((place, became))


def _errors(beside: Path, name: str | None) -> Path:
    """Return where the faulty rows of a sheet go."""
    middle = "" if name is None else f".{name.lower().replace(' ', '-')}"
    return beside.with_name(f"{beside.stem.removesuffix('.errors')}{middle}.errors.csv")
