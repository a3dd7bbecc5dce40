"""A first look through the whole file: numbers that the number series must leave out, keys that come twice."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bot.domain.contact_import import Key, RowReader
from bot.domain.import_cells import Fault
from bot.domain.import_fields import Columns, Field, columns_of
from bot.services.import_files import Sheet, opened

_DIGITS = 8  # of the highest number that a series is led past


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
    reader = RowReader(columns)
    for cells in sheet.rows:
        try:
            incoming = reader.read(cells)
            yield from {*incoming.keys, incoming.name_key}
        except Fault:
            continue


def _in_series(cell: str, prefix: str) -> int:
    number = cell.strip().upper()
    digits = number[len(prefix) :]
    if not number.startswith(prefix) or not digits.isdecimal() or len(digits) > _DIGITS:
        return 0
    return int(digits)
