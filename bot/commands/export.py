"""`saleslog export FILE [FILTERS]`: the interaction log, or a part of it, as an Excel workbook or a CSV file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.commands.bars import Bar, bar_of
from bot.commands.endings import WRONG_SETTINGS, Ending, plainly
from bot.commands.opening import opened, say, workspace_of
from bot.domain.entries import Filter
from bot.domain.entry_exports import SheetFormat
from bot.domain.find import Part, understand
from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.people import EVERYTHING, Person, Role
from bot.places import is_zone
from bot.services import exports
from bot.services.finding import read_line
from bot.services.log_reading import LogReading
from bot.sheets.cells import Cell
from bot.text import Text
from bot.views.entry_sheet import EntryRows
from storage.store import Store

UNLIMITED = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for at the command line."""

    file: Path
    filters: Sequence[str]
    team: str | None
    zone: str
    language: str


def export(wish: Wish) -> None:
    """Write the file, and say what stands in it."""
    kind = _kind(wish.file)
    if not is_zone(wish.zone):
        raise Ending(f"“{wish.zone}” is no time zone. Write it as in Europe/Oslo.", code=WRONG_SETTINGS)
    with plainly(), opened() as (settings, store), bar_of(wish.file) as bar:
        workspace = workspace_of(store, settings, wish.team)
        text = Text(wish.language, wish.zone, store.clock.now())
        wanted = _understood(store, workspace, wish.filters, text)
        count, sheets = _written(
            LogReading(store, workspace, wanted, lambda _: EVERYTHING), wish.file, kind, text, bar
        )
    entries = f"{count:,} entry" if count == 1 else f"{count:,} entries"
    say(f"{entries} → {wish.file.name}{f', on {sheets} sheets' if sheets > 1 else ''}")


def _kind(file: Path) -> SheetFormat:
    try:
        return SheetFormat(file.suffix.casefold().removeprefix("."))
    except ValueError:
        raise Ending("Name the file with its ending: .xlsx or .csv.", code=WRONG_SETTINGS) from None


def _written(reading: LogReading, file: Path, kind: SheetFormat, text: Text, bar: Bar) -> tuple[int, int]:
    """Write the file; return how many entries stand on how many sheets."""
    total = reading.count(UNLIMITED).number
    if not total:
        raise Ending("There is no such entry. No file was written.")
    rows = EntryRows(text)
    pages = _pages(reading, rows, total, bar)
    if kind is SheetFormat.EXCEL:
        return exports.write_workbook(reading.store, file, rows.layout, pages)
    return exports.write_rows(reading.store, file, rows.layout.heading, pages, rows.dialect), 1


def _pages(reading: LogReading, rows: EntryRows, total: int, bar: Bar) -> Iterator[list[list[Cell]]]:
    done = 0
    for found in reading.pages():
        yield rows.written(found)
        done += len(found)
        bar.at(done, done / total)


def _understood(store: Store, workspace: WorkspaceId, filters: Sequence[str], text: Text) -> Filter:
    """Return what the filters ask for, among everyone's entries.

    Raises:
        Ending: something in them says nothing, or may mean several things.
    """
    admin = Person(
        id=PersonId(0),
        workspace=workspace,
        slack_id=None,
        code="",
        name="",
        role=Role.ADMIN,
        locale=text.locale,
    )
    line = " ".join(_quoted(one) for one in filters)
    with store.read(workspace) as work:
        read = understand(*read_line(work, admin, line, Filter(), text))
    if read.unread:
        unknown = ", ".join(f"“{one.part.typed}”" for one in read.unread)
        raise Ending(f"Not understood: {unknown}. No file was written.", code=WRONG_SETTINGS)
    if read.doubt is not None:
        raise Ending(_which(read.doubt, [one.name for one in read.senses]), code=WRONG_SETTINGS)
    return read.filter


def _which(doubt: Part, names: Sequence[str]) -> str:
    return f"“{doubt.typed}” may be: {', '.join(names)}. Say which. No file was written."


def _quoted(word: str) -> str:
    """Return a word of the command line with the quotes that the shell took."""
    if not any(sign.isspace() for sign in word):
        return word
    key, colon, value = word.partition(":")
    return f'{key}:"{value}"' if colon and key.isalpha() else f'"{word}"'
