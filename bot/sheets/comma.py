"""CSV files that a spreadsheet opens right, and that do no harm in it (`reliability.md` 7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from defusedcsv import csv

_INDENTED = ("\t", "\r")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What stands between cells and before decimals where the reader lives."""

    delimiter: str = ","
    decimal: str = "."


ENGLISH = Dialect()
CONTINENTAL = Dialect(";", ",")


def write_rows(
    path: Path,
    heading: Sequence[str],
    pages: Iterable[Sequence[Sequence[object]]],
    dialect: Dialect = ENGLISH,
) -> int:
    """Write rows page by page; return how many there were."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer: Any = csv.writer(file, delimiter=dialect.delimiter)
        writer.writerow(heading)
        for rows in pages:
            writer.writerows([_cell(value, dialect) for value in row] for row in rows)
            count += len(rows)
    return count


def _cell(value: object, dialect: Dialect) -> object:
    """Return a value as a spreadsheet takes it; it reads nothing as a formula."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_INDENTED) else value
    if isinstance(value, datetime):
        return value.isoformat(" ", timespec="seconds")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, Decimal):
        return str(value).replace(".", dialect.decimal)
    return value
