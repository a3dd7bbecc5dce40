"""What stands in a sheet, and a file of it that is whole or not there."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from pathlib import Path

Cell = str | int | Decimal | date | time | None
"""A `datetime` is a date too; it is one of the reader's zone, without saying so."""

Pages = Iterable[Sequence[Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sheet is called, what stands above its columns, and how many letters each is wide."""

    title: str
    heading: Sequence[str]
    widths: Sequence[int]


@contextmanager
def whole(path: Path, mark: int) -> Iterator[Path]:
    """Give a file to write that takes the place of `path` once all is written, and else goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{mark}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
