"""The sheets of a file with lists of the setup: a CSV file is one, a workbook may have one for each list."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.domain.folding import compact
from bot.domain.messages import Refusal
from bot.domain.setup_lists import ALONE, LISTS_OF, SetupList, Sort, knows
from bot.services.import_files import Sheet, opened
from bot.services.import_workbooks import sheet_names

ZIP = b"PK\x03\x04"


def lists_in(path: Path, wanted: Sort) -> tuple[tuple[SetupList, str | None], ...]:
    """Return which lists a file holds, each with its sheet's name; None is the first sheet, or a CSV file.

    Raises:
        Refusal: there is no such file, or it holds none of them.
    """
    names = {compact(name): name for name in _sheet_names(path)}
    found = tuple((one, names[compact(one.value)]) for one in LISTS_OF[wanted] if compact(one.value) in names)
    if found:
        return found
    if wanted in ALONE:
        return ((ALONE[wanted], None),)
    return ((_only(path), None),)


@contextmanager
def sheet_of(path: Path, name: str | None) -> Iterator[Sheet]:
    """Open one sheet.

    Raises:
        Refusal: it is not there, no CSV or XLSX file, empty, or not safe to open.
    """
    with opened(path, name) as sheet:
        yield sheet


def _only(path: Path) -> SetupList:
    """Return which list a file of one sheet is, by its titles."""
    with opened(path) as sheet:
        best = max(SetupList, key=lambda one: knows(one, sheet.header))
        if knows(best, sheet.header) < 2:  # noqa: PLR2004 - a title alone may be anything's
            raise Refusal(
                "This is no list of the setup. Saleslog read: {titles}.", titles=", ".join(sheet.header)
            )
        return best


def _sheet_names(path: Path) -> list[str]:
    if not path.is_file():
        raise Refusal("There is no file {file}.", file=str(path))
    with path.open("rb") as file:
        return sheet_names(file) if file.peek(4)[:4] == ZIP else []
