"""A first look through the whole file: numbers that the number series must leave out, keys that come twice."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bot.domain.contact_import import Key, read_row
from bot.domain.import_cells import Fault
from bot.domain.import_fields import Columns, Field, columns_of
from bot.services.import_files import Sheet, opened

_HIGHEST = 99_999_999


@dataclass(frozen=True, slots=True)
class Repeated:
    """Keys that more than one row of a file gives; by their hashes, so that a million rows fit."""

    hashes: frozenset[int]

    def __contains__(self, key: Key) -> bool:
        return hash(key) in self.hashes


def highest_number(path: Path, prefix: str) -> int:
    """Return the highest number of our own series that the file gives to a contact, 0 when it gives none."""
    with opened(path) as sheet:
        columns = columns_of(sheet.header)
        place = next((place for place, field in columns.fields if field is Field.NUMBER), None)
        if place is None:
            return 0
        return max(
            (_in_series(cells[place], prefix) for cells in sheet.rows if place < len(cells)), default=0
        )


def repeated_keys(path: Path) -> Repeated:
    """Return the keys that come more than once in a file."""
    with opened(path) as sheet:
        hashes = sorted(array("q", (hash(key) for key in _keys(sheet, columns_of(sheet.header)))))
    return Repeated(frozenset(one for one, next_one in pairwise(hashes) if one == next_one))


def _keys(sheet: Sheet, columns: Columns) -> Iterator[Key]:
    for cells in sheet.rows:
        try:
            yield from set(read_row(columns, cells).keys)
        except Fault:
            continue


def _in_series(cell: str, prefix: str) -> int:
    digits = cell.strip().upper().removeprefix(prefix)
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 12 else 0  # noqa: PLR2004
    return number if number <= _HIGHEST and cell.strip().upper().startswith(prefix) else 0
