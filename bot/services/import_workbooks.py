"""Reading the first sheet of an XLSX file, after a look at what is packed into it."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from io import BufferedReader
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from bot.domain.messages import Refusal
from bot.services.import_files import Sheet

MOST_PARTS = 1000
MOST_BYTES = 50 * 1024 * 1024
MOST_RATIO = 100
_UNREADABLE = "The file can't be read as XLSX: save it again, or as CSV."
_BROKEN = (zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, KeyError, ValueError, EOFError)
_RATIO_FROM = 1024 * 1024  # a small part may well be blank space that packs to nothing


@contextmanager
def workbook(file: BufferedReader, name: str | None = None) -> Iterator[Sheet]:
    """Open the sheet of a name, else the first one.

    Raises:
        Refusal: it is no XLSX file, too large once unpacked, holds macros or refers to other files.
    """
    with _book(file) as book:
        wanted = [one for one in book.worksheets if name in (None, one.title)]
        rows = _Rows(wanted[0]) if wanted else iter(())
        header = next(rows, None)
        if header is None or not isinstance(rows, _Rows):
            raise Refusal("The file is empty.")
        yield Sheet(header, rows, ",", rows.share)


def sheet_names(file: BufferedReader) -> list[str]:
    """Return what the sheets of a workbook are called, those that hold nothing aside.

    Raises:
        Refusal: it is no XLSX file, too large once unpacked, holds macros or refers to other files.
    """
    with _book(file) as book:
        return [one.title for one in book.worksheets if next(_Rows(one), None) is not None]


@contextmanager
def _book(file: BufferedReader) -> Iterator[Any]:
    try:
        _refuse_unsafe(file)
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except _BROKEN as error:
        raise Refusal(_UNREADABLE) from error
    try:
        yield book
    finally:
        book.close()


def _refuse_unsafe(file: BufferedReader) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if any("vbaproject" in part.filename.lower() for part in parts):
            raise Refusal("The file holds macros: save it as an ordinary XLSX file, or as CSV.")
        if any("externallinks/" in part.filename.lower() for part in parts):
            raise Refusal("The file refers to other files: save it as CSV.")
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES or _is_bomb(parts):
            raise Refusal("The file is too large once unpacked: save it as CSV.")
    file.seek(0)


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    return any(
        part.file_size > _RATIO_FROM and part.file_size > MOST_RATIO * max(1, part.compress_size)
        for part in parts
    )


class _Rows:
    """The rows of a sheet that are not blank, as texts."""

    def __init__(self, sheet: Any) -> None:
        self._rows = sheet.iter_rows(values_only=True)
        self._count = sheet.max_row or 0
        self._read = 0

    def __iter__(self) -> "_Rows":
        return self

    def __next__(self) -> list[str]:
        try:
            for row in self._rows:
                self._read += 1
                cells = [_text(cell) for cell in row]
                if any(cells):
                    return cells
        except _BROKEN as error:
            raise Refusal(_UNREADABLE) from error
        raise StopIteration

    def share(self) -> float:
        """Return how much has been read, from 0 to 1."""
        return min(1.0, self._read / self._count) if self._count else 1.0


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).replace("\0", "")
