"""The error file of an import: the faulty rows as they were, each with its reason, to be corrected and sent again."""

import csv
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from defusedcsv import csv as defused

from bot.domain.folding import compact
from bot.domain.import_fields import REASON
from bot.services.import_files import Sheet, opened


class ErrorFile:
    """Is written beside its place and moved there at the end, so that even the file just read may be replaced."""

    def __init__(self, path: Path | None, sheet: Sheet) -> None:
        self._path = path
        self._sheet = sheet
        self._keep = [place for place, title in enumerate(sheet.header) if compact(title) != compact(REASON)]
        self._open = ExitStack()
        self._writer: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        self._open.close()
        if self._path is None or self._writer is None:
            return
        if kind is None:
            self._part(self._path).replace(self._path)
        else:
            self._part(self._path).unlink()

    def add(self, cells: Sequence[str], reason: str) -> None:
        """Append a faulty row; cells that a spreadsheet would take for formulas are made harmless."""
        if self._path is None:
            return
        if self._writer is None:
            self._writer = self._begin(self._path)
        self._writer.writerow([*(_harmless(cell) for cell in self._kept(cells)), reason])

    def _begin(self, path: Path) -> Any:
        file = self._open.enter_context(self._part(path).open("w", encoding="utf-8-sig", newline=""))
        writer = defused.writer(file, delimiter=self._sheet.delimiter, quoting=csv.QUOTE_MINIMAL)
        writer.writerow([*self._kept(self._sheet.header), REASON])
        return writer

    def _kept(self, cells: Sequence[str]) -> list[str]:
        return [cells[place] if place < len(cells) else "" for place in self._keep]

    def _part(self, path: Path) -> Path:
        return path.with_name(path.name + ".part")


def write_errors(source: Path, faults: Iterable[tuple[int, str]], path: Path) -> None:
    """Write the error file of a file whose faulty rows are known by their places, in their order."""
    with opened(source) as sheet, ErrorFile(path, sheet) as errors:
        rows = enumerate(sheet.rows, 1)
        for wanted, reason in faults:
            cells = next((cells for place, cells in rows if place == wanted), None)
            if cells is None:
                return
            errors.add(cells, reason)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"\t", "\r"} else cell
