"""Logging a segment of 100,000 lines beside the driver's bulk insert of the same rows, and while people log."""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import mailing
from addressbook import TEAM
from bench import Line, Sizes, middle, ms
from bench_purge import Writers
from databases import fresh_database, kinds, opened
from office import NothingToPack, Office, Silence
from sqlalchemy import text

from bot.clock import SystemClock
from bot.domain.segments import Logged
from bot.running import SWITCH_SECONDS
from bot.services.segment_runs import Order, SegmentRuns, many_writers, one_writer
from bot.services.sweep import Pace
from storage.bulk import insert_rows
from storage.segment_runs import SegmentRuns as Register
from storage.store import Store

LINES = 100_000
HELD = 0.05
LETTER = (
    "Dear {{ contact.first_name | default('friend') }},\nour autumn catalogue is out. {{ salesperson.name }}"
)
_TABLES = ("entries", "segment_entries", "history", "entry_words")
_OF_RUN = {
    "entries": "id IN (SELECT entry_id FROM segment_entries WHERE logged_id = :run)",
    "entry_comments": "entry_id IN (SELECT entry_id FROM segment_entries WHERE logged_id = :run)",
    "entry_words": "entry_id IN (SELECT entry_id FROM segment_entries WHERE logged_id = :run)",
    "history": "kind = 'entry' AND item_id IN (SELECT entry_id FROM segment_entries WHERE logged_id = :run)",
    "segment_entries": "logged_id = :run",
    "logged_segments": "id = :run",
}
_SHIFTED = {"id", "entry_id", "item_id", "logged_id"}


@dataclass
class Timed(Pace):
    """A pace that remembers how long each step took."""

    taken: list[float] = field(default_factory=list)

    def learn(self, seconds: float) -> float:
        self.taken.append(seconds)
        return super().learn(seconds)


@dataclass
class Bench:
    """One database with a long list, logged again and again."""

    store: Store
    lines: int
    number: int = 0

    def __post_init__(self) -> None:
        self.office = Office(self.store, SystemClock(), TEAM)
        self.eva = self.office.joins("Eva")
        mailing.people(self.store, self.eva, self.lines)
        self.template = self.office.template("MAILING")

    def logged(self, words: str) -> tuple[Logged, float, list[float]]:
        """Log all lines; return the run, its seconds, and those of each step."""
        self.number += 1
        segment = mailing.mailing(
            self.store,
            self.eva,
            self.template,
            f"BENCH{self.number}",
            text=words,
            day=self.store.clock.now().date(),
        )
        paces: list[Timed] = []

        def pace() -> Pace:
            plain = one_writer() if self.store.dialect == "sqlite" else many_writers()
            paces.append(Timed(plain.size, plain.smallest, plain.largest, plain.held, plain.rest))
            return paces[-1]

        runs = SegmentRuns(
            self.store, self.office.people, Silence(), self.office.segments, NothingToPack(), pace
        )
        run = runs.start(self.eva, segment.id, Order(key=f"bench:{self.number}"))
        began = time.perf_counter()
        runs.run()
        seconds = time.perf_counter() - began
        with self.store.read(self.eva.workspace) as work:
            after = Register(work.access).get(run.id)
        assert after is not None
        assert after.done == self.lines
        return after, seconds, [one for pace in paces for one in pace.taken]

    def floor(self, run: Logged, tables: Sequence[str]) -> float:
        """Return the seconds that the driver takes to insert the rows of a run once more, with other ids."""
        shift = (int(self.store.ids()) - int(run.id)) // 1024 * 1024 + self.number
        self.number += 1
        with self.store.reading() as connection:
            if self.store.dialect == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            rows = {
                table: self._shifted(connection, table, run, shift) for table in ("logged_segments", *tables)
            }
        with self.store.writing() as connection:
            insert_rows(connection, "logged_segments", *rows["logged_segments"])
        began = time.perf_counter()
        with self.store.writing() as connection:
            if self.store.dialect == "postgresql":
                connection.execute(text("SET LOCAL statement_timeout = 0"))
            for table in tables:
                insert_rows(connection, table, *rows[table])
            if self.store.dialect == "sqlite":
                found = [(entry, words) for entry, _, words in rows["entry_words"][1]]
                insert_rows(connection, "entry_search", ("rowid", "words"), found)
        return time.perf_counter() - began

    def _shifted(
        self, connection: Any, table: str, run: Logged, shift: int
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        found = connection.execute(
            text(f"SELECT * FROM {table} WHERE {_OF_RUN[table]} ORDER BY 1, 2, 3"), {"run": run.id}
        )
        columns = list(found.keys())
        changed = [self._change(table, name, shift) for name in columns]
        return columns, [
            tuple(change(value) for change, value in zip(changed, row, strict=True)) for row in found
        ]

    def _change(self, table: str, name: str, shift: int) -> Any:
        if name in _SHIFTED:
            return lambda value: value + shift
        if name == "number":
            return lambda value: value + self.number * 1_000_000
        if name == "segment_number":
            return lambda value: f"{value}/{self.number}"
        return lambda value: value


def lines(sizes: Sizes) -> Iterator[Line]:
    """Measure on each database."""
    sys.setswitchinterval(SWITCH_SECONDS)
    for kind in kinds():
        yield from _lines(kind, sizes)


def _lines(kind: str, sizes: Sizes) -> Iterator[Line]:
    count = min(LINES, sizes.contacts)
    with fresh_database(kind) as url, opened(url) as store:
        bench = Bench(store, count)
        bench.logged("")
        yield _line(bench, kind, sizes, "", 1.2)
        yield _line(bench, kind, sizes, LETTER, 3.0)
        yield _meanwhile(bench, kind)


def _line(bench: Bench, kind: str, sizes: Sizes, words: str, reach: float) -> Line:
    tables = (*_TABLES, "entry_comments") if words else _TABLES
    ours, floors, steps = [], [], []
    for _ in range(sizes.runs):
        run, seconds, taken = bench.logged(words)
        ours.append(seconds)
        steps += taken
        floors.append(bench.floor(run, tables))
    seconds, floor = median(ours), median(floors)
    what = "a text filled in for each" if words else "without text"
    return Line(
        work=f"segment of {bench.lines:,} lines, {what}, {kind}",
        figure=f"{bench.lines / seconds:,.0f} lines/s, step p50 {ms(median(steps))}, longest {ms(max(steps))}",
        floor=f"{bench.lines / floor:,.0f} lines/s",
        ratio=seconds / floor,
        reach=f"≤ {reach} × floor",
        reached=seconds / floor <= reach,
    )


def _meanwhile(bench: Bench, kind: str) -> Line:
    """Measure how long people wait who log at the same time."""
    calm, busy = (Writers(bench.store, bench.eva.workspace) for _ in range(2))
    with calm.writing():
        time.sleep(3)
    with busy.writing():
        _, seconds, steps = bench.logged("")
    p99, longest = middle([busy.taken], 0.99), max(busy.taken)
    return Line(
        work=f"people who log while a segment of {bench.lines:,} lines is logged, {kind}",
        figure=f"p50 {ms(median(busy.taken))}, p99 {ms(p99)}, longest {ms(longest)}; "
        f"{bench.lines / seconds:,.0f} lines/s, longest step {ms(max(steps))}",
        floor=f"without a segment p99 {ms(middle([calm.taken], 0.99))}",
        reach=f"p99 ≤ {ms(HELD)}",
        reached=p99 <= HELD,
    )
