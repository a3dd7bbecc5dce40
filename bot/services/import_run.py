"""Importing a file in short transactions."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Protocol

from bot.domain.ids import ImportId, WorkspaceId
from bot.domain.import_fields import Field, columns_of
from bot.domain.import_results import Report
from bot.domain.messages import Busy
from bot.domain.number_series import SeriesCode
from bot.domain.people import Person
from bot.domain.templates import CONTACT_SERIES
from bot.services.import_chunks import Ahead, Chunk, Pace, chunks
from bot.services.import_directory import Directory
from bot.services.import_errors import ErrorFile
from bot.services.import_files import opened
from bot.services.import_report import Progress, Tally, silence
from bot.services.import_rows import Decided, Deciding, Outcome, known
from bot.services.import_scan import highest_number
from storage.import_writes import ImportWrites, Written
from storage.store import Store
from storage.work import Work

_SQLITE_SECONDS = 0.04  # others wait for the writer: at most 50 ms a chunk
_POSTGRESQL_SECONDS = 0.25
_ATTEMPTS = 5


class _Real:
    """Makes what rows need."""

    def person(self, work: Work, person: Person) -> None:
        work.people.add(person)

    def group(self, writes: ImportWrites, kind: Field, code: str) -> int:
        return writes.add_group(kind, code)


class Course(Protocol):
    """How far an import has come, written down with each chunk."""

    @property
    def subject(self) -> ImportId:
        """The import."""

    @property
    def place(self) -> int:
        """The last row that is done."""

    def note(self, work: Work, chunk: Chunk, decided: Decided) -> None:
        """Write down what is done with a chunk, in its own transaction."""


@dataclass(frozen=True, slots=True)
class _Alone:
    """The course of an import that nobody goes on with when it breaks off."""

    subject: ImportId
    place: int = 0

    def note(self, work: Work, chunk: Chunk, decided: Decided) -> None:
        """Leave it at that."""


class Importing:
    """Imports a file."""

    def __init__(self, store: Store, workspace: WorkspaceId, source: Path, progress: Progress | None) -> None:
        self._store = store
        self._workspace = workspace
        self._source = source
        self._progress = progress or silence
        self._directory = Directory(_Real())
        self._learnt: set[str] = set()
        self._rows = 0
        self._pace = Pace(_SQLITE_SECONDS if store.dialect == "sqlite" else _POSTGRESQL_SECONDS)

    def report(self, actor: Person | None, errors_to: Path | None) -> Report:
        """Import chunk by chunk; what is committed stays whatever happens then."""
        began = time.monotonic()
        with opened(self._source) as sheet, ErrorFile(errors_to, sheet) as errors:
            columns = columns_of(sheet.header)
            course = _Alone(self._start(actor))
            tally = Tally()
            with _few_collections(), Ahead(chunks(sheet.rows, columns, self._pace)) as coming:
                for chunk in coming:
                    tally.add(self._written(course, chunk, coming), errors)
                    self._progress(tally.rows, sheet.share())
            report = tally.report(sheet, course.subject, time.monotonic() - began)
            self._end(report)
        return report

    def go_on(self, course: Course) -> None:
        """Import the rows that are not done yet; what becomes of them stands with the course."""
        highest = highest_number(self._source, self._prefix())
        with self._store.begin(self._workspace) as work:
            work.imports.leave_out(CONTACT_SERIES, highest)
            self._directory.orphans.update(work.imports.orphans(course.subject))
        with opened(self._source) as sheet:
            rows, columns = islice(sheet.rows, course.place, None), columns_of(sheet.header)
            coming = chunks(rows, columns, self._pace, course.place)
            with _few_collections(), Ahead(coming) as ahead:
                for chunk in ahead:
                    self._written(course, chunk, ahead)
                    self._progress(chunk.last, sheet.share())

    def _start(self, actor: Person | None) -> ImportId:
        highest = highest_number(self._source, self._prefix())
        with self._store.begin(self._workspace) as work:
            work.imports.leave_out(CONTACT_SERIES, highest)
            return work.imports.start(self._source.name, actor.id if actor else None)

    def _prefix(self) -> str:
        """Return what the numbers of contacts begin with; admins may change that."""
        with self._store.read(self._workspace) as work:
            series = work.numbers.series(SeriesCode.CONTACT)
        return series.prefix if series else ""

    def _end(self, report: Report) -> None:
        counts = {outcome.value: getattr(report, outcome.value) for outcome in Outcome}
        with self._store.begin(self._workspace) as work:
            work.imports.end(report.import_id or ImportId(0), counts)

    def _written(self, course: Course, chunk: Chunk, coming: Ahead) -> Decided:
        """Decide and write a chunk; while others are in the way, again from what is there then."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._attempt(course, chunk, coming)
            except Busy:
                self._directory.forget()
                self._learnt.clear()
                if attempt == _ATTEMPTS:
                    raise
        raise Busy

    def _attempt(self, course: Course, chunk: Chunk, coming: Ahead) -> Decided:
        with self._store.begin(self._workspace) as work:
            began = time.monotonic()
            writes = ImportWrites(work.access, self._learnt)
            writes.expect_many()
            decided = Deciding(
                work, writes, self._directory, known(work, writes, self._directory, chunk)
            ).all(chunk)
            added = _numbered(work, decided.added)
            writes.add(added)
            writes.change(decided.changed)
            writes.note(course.subject, [*added, *decided.changed])
            work.contacts.rename_companies([one.contact for one in decided.changed if _renamed(one)])
            self._rows += len(chunk.rows)
            writes.tell_planner(self._rows)
            course.note(work, chunk, decided)
            coming.read_on()
        self._pace.took(len(chunk.rows), time.monotonic() - began)
        return decided


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for cycles seldom: rows make many objects and no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _numbered(work: Work, added: Sequence[Written]) -> list[Written]:
    """Give the next numbers of the series to contacts whose rows have none."""
    wanting = sum(not one.contact.number for one in added)
    if not wanting:
        return list(added)
    numbers = iter(work.numbers.take_many(CONTACT_SERIES, wanting))
    return [
        one if one.contact.number else replace(one, contact=replace(one.contact, number=next(numbers)))
        for one in added
    ]


def _renamed(written: Written) -> bool:
    contact, before = written.contact, written.before
    return not contact.is_person and before is not None and before.name != contact.name
