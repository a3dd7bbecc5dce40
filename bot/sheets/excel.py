"""Excel workbooks of any length, written as a stream: nothing is held in memory or set aside on disk."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from bot.sheets import parts
from bot.sheets.cells import Cell, Layout, Pages

SHEET_ROWS = 1_048_575
"""So many rows below its heading does Excel take in a sheet."""

CELL_LENGTH = 32_767
_LEVEL = 4
_DAY_SECONDS = 86_400
_EPOCH = date(1899, 12, 30)
_READABLE = date(1900, 3, 1)
"""Days before are others in Excel than on the calendar."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_TITLE_LENGTH = 27
_UNFIT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")


def write_rows(path: Path, layout: Layout, pages: Pages, most: int = SHEET_ROWS) -> tuple[int, int]:
    """Write rows page by page, on as many sheets as they need; return how many rows and how many sheets."""
    count = sheets = 0
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for sheet, dealt in groupby(_dealt(pages, most), key=itemgetter(0)):
            with archive.open(parts.sheet_path(sheet), "w", force_zip64=True) as stream:
                count += _write_sheet(stream, layout, (rows for _, rows in dealt))
            sheets = sheet
        for name, content in parts.around(_titles(layout.title, sheets)):
            archive.writestr(name, content)
    return count, sheets


def write_sheets(path: Path, sheets: Sequence[tuple[Layout, Sequence[Sequence[Cell]]]]) -> None:
    """Write a workbook of several sheets, each with its own columns; none has more rows than Excel takes."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for number, (layout, rows) in enumerate(sheets, 1):
            with archive.open(parts.sheet_path(number), "w", force_zip64=True) as stream:
                _write_sheet(stream, layout, [rows])
        titles = [title for layout, _ in sheets for title in _titles(layout.title, 1)]
        for name, content in parts.around(titles):
            archive.writestr(name, content)


def _dealt(pages: Pages, most: int) -> Iterator[tuple[int, Sequence[Sequence[Cell]]]]:
    """Yield all rows with the number of their sheet; there is one, even where there are no rows."""
    yield 1, ()
    done = 0
    for page in pages:
        rest = page
        while rest:
            sheet, used = divmod(done, most)
            rows, rest = rest[: most - used], rest[most - used :]
            done += len(rows)
            yield sheet + 1, rows


def _write_sheet(stream: IO[bytes], layout: Layout, pages: Iterable[Sequence[Sequence[Cell]]]) -> int:
    columns = [parts.letters(column) for column in range(len(layout.heading))]
    number = 1
    stream.write(parts.sheet_head(layout.widths).encode())
    stream.write(_row(number, columns, layout.heading, parts.HEADING).encode())
    for rows in pages:
        stream.write("".join(_row(number + at, columns, row) for at, row in enumerate(rows, 1)).encode())
        number += len(rows)
    stream.write(parts.sheet_tail(f"{columns[-1]}{number}").encode())
    return number - 1


def _row(number: int, columns: Sequence[str], row: Sequence[Cell], style: int = parts.PLAIN) -> str:
    cells = [
        _cell(f"{column}{number}", value, style)
        for column, value in zip(columns, row, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Cell, style: int) -> str:
    """Return a text as a text, whatever it begins with, and everything else as a number with its style."""
    if isinstance(value, date) and _day(value) < _READABLE:
        value = value.isoformat()
    if isinstance(value, str):
        kept = f'<is><t xml:space="preserve">{_fit(value)}</t></is>'
        return f'<c r="{place}" s="{style}" t="inlineStr">{kept}</c>'
    look, number = _number(value)
    return f'<c r="{place}" s="{look}"><v>{number}</v></c>'


def _number(value: Cell) -> tuple[int, object]:
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return parts.MOMENT, (value.date() - _EPOCH).days + seconds / _DAY_SECONDS
    if isinstance(value, date):
        return parts.DAY, (value - _EPOCH).days
    if isinstance(value, time):
        return parts.TIME, (value.hour * 3600 + value.minute * 60) / _DAY_SECONDS
    return (parts.PLAIN if isinstance(value, int) else parts.MONEY), value


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _fit(value: str) -> str:
    """Return a text as Excel reads it back: without what XML can't hold, and no longer than a cell."""
    whole = _UNFIT.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(whole) > CELL_LENGTH // 2:
        whole = _shortened(whole)
    return escape(_ESCAPE_LIKE.sub("_x005F_", whole))


def _shortened(value: str) -> str:
    """Return a text of so many UTF-16 units at most, with an ellipsis where it was cut."""
    units = value.encode("utf-16-le")
    if len(units) <= CELL_LENGTH * 2:
        return value
    return units[: (CELL_LENGTH - 1) * 2].decode("utf-16-le", "ignore") + "…"


def _titles(title: str, sheets: int) -> list[str]:
    name = _UNFIT_IN_TITLES.sub(" ", title)[:_TITLE_LENGTH].strip() or "1"
    return [name, *(f"{name} {number}" for number in range(2, sheets + 1))]
