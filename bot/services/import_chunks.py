"""Cutting the rows of an import into chunks that are each decided and written in one short transaction."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Self

from bot.domain.contact_import import Incoming, Key, KeyKind, RowReader
from bot.domain.folding import fold
from bot.domain.import_cells import Fault
from bot.domain.import_fields import Columns
from bot.domain.messages import Message

_FIRST = 200
_LEAST = 400  # fewer, and the commit costs more than the rows
_MOST = 5000
_GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file, with its place among the rows."""

    place: int
    cells: list[str]
    incoming: Incoming


@dataclass(frozen=True, slots=True)
class Faulty:
    """A row that can't be taken over, and why."""

    place: int
    cells: list[str]
    reason: Message


@dataclass(slots=True)
class Chunk:
    """Rows none of which depends on what another of them writes."""

    rows: list[Row] = field(default_factory=list)
    faulty: list[Faulty] = field(default_factory=list)
    _keys: set[Key] = field(default_factory=set)
    _employers: set[str] = field(default_factory=set)
    _named: int = 0  # rows whose names are among the keys: few files need that

    def depends(self, row: Row | Faulty) -> bool:
        """Whether the row may mean a contact, or be a company, that a row of this chunk makes."""
        if isinstance(row, Faulty):
            return False
        incoming = row.incoming
        if incoming.key.kind is KeyKind.NAME:
            self._keys.update(one.incoming.name_key for one in self.rows[self._named :])
            self._named = len(self.rows)
        if incoming.key in self._keys:
            return True
        return incoming.is_company and fold(str(incoming.fields.get("name", ""))) in self._employers

    @property
    def last(self) -> int:
        """The place of its last row, 0 when it has none."""
        return max(*(rows[-1].place if rows else 0 for rows in (self.rows, self.faulty)))

    def add(self, row: Row | Faulty) -> None:
        """Add a row that does not depend on the others."""
        if isinstance(row, Faulty):
            self.faulty.append(row)
            return
        self.rows.append(row)
        self._keys.update(row.incoming.keys)
        if row.incoming.company_name:
            self._employers.add(row.incoming.employer)


class Pace:
    """How many rows fit into a transaction of about `seconds`."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.rows = _FIRST

    def took(self, rows: int, seconds: float) -> None:
        """Learn from a chunk how long rows take."""
        fitting = rows * self._seconds / max(seconds, 1e-6)
        self.rows = int(max(_LEAST, min(_MOST, fitting, self.rows * _GROWTH)))


def chunks(rows: Iterable[list[str]], columns: Columns, pace: Pace, done: int = 0) -> Iterator[Chunk]:
    """Yield the rows in chunks of today's pace; `done` are the rows of the file before these."""
    reader, chunk = RowReader(columns), Chunk()
    for place, cells in enumerate(rows, done + 1):
        row = _read(place, cells, reader)
        if len(chunk.rows) + len(chunk.faulty) >= pace.rows or chunk.depends(row):
            yield chunk
            chunk = Chunk()
        chunk.add(row)
    yield chunk


def _read(place: int, cells: list[str], reader: RowReader) -> Row | Faulty:
    try:
        return Row(place, cells, reader.read(cells))
    except Fault as fault:
        return Faulty(place, cells, fault.message)


class Ahead:
    """The chunks of a file, the next of which is read while the one before is being committed.

    Only then: while rows are bound and sent, a second thread would be in the way of the first.
    """

    def __init__(self, coming: Iterator[Chunk]) -> None:
        self._coming = coming
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="import")
        self._next: Future[Chunk | None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown()

    def __iter__(self) -> Iterator[Chunk]:
        while True:
            self.read_on()
            reading, self._next = self._next, None
            chunk = reading.result() if reading else None
            if chunk is None:
                return
            yield chunk

    def read_on(self) -> None:
        """Begin to read the next chunk, unless that has begun."""
        if self._next is None:
            self._next = self._thread.submit(next, self._coming, None)
