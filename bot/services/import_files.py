"""Reading the rows of a CSV or XLSX file: encoding and delimiter are detected, hostile files refused."""

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader, TextIOWrapper
from itertools import islice
from pathlib import Path

from bot.domain.import_fields import field_of
from bot.domain.messages import Refusal

_SAMPLE = 65_536
_BLOCK = 1 << 20
_LONGEST_LINE = 1_000_000
_DELIMITERS = (",", ";", "\t")
_DANGEROUS = "@+-=|%\t\r"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An opened file: its first row, the others, and how far it has been read."""

    header: list[str]
    rows: Iterator[list[str]]
    delimiter: str
    share: Callable[[], float]
    """How much of the file has been read, from 0 to 1."""


@contextmanager
def opened(path: Path, name: str | None = None) -> Iterator[Sheet]:
    """Open a file of rows; of a workbook the sheet of this name, else the first one.

    Raises:
        Refusal: it is not there, no CSV or XLSX file, empty, or not safe to open.
    """
    if not path.is_file():
        raise Refusal("There is no file {file}.", file=str(path))
    with path.open("rb") as file:
        if file.peek(4)[:4] == b"PK\x03\x04":
            from bot.services.import_workbooks import workbook

            with workbook(file, name) as sheet:
                yield sheet
        else:
            with _csv(file, path.stat().st_size) as sheet:
                yield sheet


@contextmanager
def _csv(file: BufferedReader, size: int) -> Iterator[Sheet]:
    encoding = _encoding(file)
    file.seek(0)
    delimiter, skipped = _delimiter(_sample(file, encoding))
    file.seek(0)
    with TextIOWrapper(file, encoding, errors="replace", newline="") as text:
        lines = (line.replace("\0", "") for line in _lines(text))
        rows = _rows(csv.reader(islice(lines, skipped, None), delimiter=delimiter))
        header = next(rows, None)
        if header is None:
            raise Refusal("The file is empty.")
        yield Sheet(header, rows, delimiter, lambda: min(1.0, file.tell() / size))


def _lines(text: TextIOWrapper) -> Iterator[str]:
    """Yield the lines; one without an end, as no sheet has it, is not held in memory."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and line[-1] not in "\r\n":
            raise Refusal(
                "A line of the file has more than a million characters: save it again as CSV or XLSX."
            )
        yield line


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield rows without those that are blank, undoing what an error file did to make cells harmless."""
    try:
        for row in reader:
            if any(row):
                yield [_restored(cell) for cell in row] if "'" in "".join(row) else row
    except csv.Error as error:
        raise Refusal("The file can't be read as CSV after that: {reason}.", reason=str(error)) from error


def _restored(cell: str) -> str:
    if cell[:1] == "'" and cell[1:2] and cell[1] in _DANGEROUS:
        return cell[1:].replace("\\|", "|")
    return cell


def _encoding(file: BufferedReader) -> str:
    """Return the encoding: by byte order mark, by zero bytes, UTF-8 when all of it is, else Windows-1252."""
    start = file.read(_SAMPLE)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    if start.count(b"\0") > len(start) // 4:
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    file.seek(0)
    return "utf-8" if _is_utf8(file) else "cp1252"


def _is_utf8(file: BufferedReader) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _sample(file: BufferedReader, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)(errors="replace").decode(file.read(_SAMPLE))


def _delimiter(sample: str) -> tuple[str, int]:
    """Return the delimiter with which most titles are known, and how many lines stand before the titles."""
    first, _, rest = sample.partition("\n")
    if first.strip().casefold() in {"sep=,", "sep=;"}:
        return first.strip()[-1], 1
    if first.strip("\r") == "sep=\t":
        return "\t", 1
    return max(_DELIMITERS, key=lambda delimiter: _fit(sample if rest else first, delimiter)), 0


def _fit(sample: str, delimiter: str) -> tuple[int, int]:
    header: Sequence[str] = next(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter), [])
    return sum(field_of(title) is not None for title in header), len(header)
