"""kill -9 in the middle of a run: whatever happens, one entry for each line and one logged segment."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import mailing
import pytest
from desks import a_moment
from office import Office
from sqlalchemy import func, select

from bot.clock import FixedClock
from bot.domain.ids import LoggedId
from bot.domain.segments import RunState, SegmentState
from bot.services.segment_runs import Order
from storage.segment_runs import LEASE, SegmentRuns
from storage.store import open_store
from storage.tables.interactions import entries, entry_comments, history
from storage.tables.segments import logged_segments, segment_entries

WORKER = Path(__file__).with_name("logging_segments.py")
PATIENCE = 20
BEGAN = datetime(2026, 11, 20, 13, 2, 33, tzinfo=UTC)


class Worker:
    """A process that works on runs when it is told to."""

    def __init__(self, url: str, at: datetime) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(WORKER), url, at.isoformat()],
            env={**os.environ, "PYTHONPATH": "."},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def begins(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def dies(self) -> None:
        """Be killed, in the middle of whatever it does."""
        self._process.kill()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdout.close()
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait(10)

    def ends(self) -> str:
        """Work to the end; return what it says."""
        said, _ = self._process.communicate("\n", timeout=300)
        return said


@dataclass
class Ledger:
    """A long segment that is logged by one process after the other."""

    url: str
    lines: int
    now: datetime = BEGAN

    def __post_init__(self) -> None:
        self.clock = FixedClock(BEGAN)
        self.store = open_store(self.url, self.clock)
        self.office = Office(self.store, self.clock)
        self.eva = self.office.joins("Eva")
        mailing.people(self.store, self.eva, self.lines)
        self.segment = mailing.mailing(
            self.store, self.eva, self.office.template("MAILING"), "SEG0900", text="Dear {{ contact.name }}"
        )

    def starts(self) -> LoggedId:
        order = Order(key="order", follow_up=True)
        return self.office.runs.start(self.eva, self.segment.id, order).id

    def passes(self) -> datetime:
        """Let so much time pass that what a killed process had in hand is free again."""
        self.now += LEASE + timedelta(seconds=1)
        self.clock.move(self.now - self.clock.now())
        return self.now

    def state(self) -> tuple[RunState, int, int]:
        with self.store.reading() as connection:
            table = logged_segments.c
            row = connection.execute(select(table.state, table.cursor, table.done)).one()
        return RunState(row.state), row.cursor, row.done

    def moves_on(self) -> None:
        """Wait until a process has taken a step."""
        before, until = self.state(), time.monotonic() + PATIENCE
        while self.state() == before and before[0].running and time.monotonic() < until:
            time.sleep(0.002)

    def killed(self, kills: int, moment: float) -> None:
        """Let processes work on it, and kill each of them."""
        for _ in range(kills):
            worker = Worker(self.url, self.passes())
            worker.begins()
            self.moves_on()
            a_moment(moment)
            worker.dies()
            self.holds()

    def holds(self) -> None:
        """Each line became one entry at most, with all that belongs to it."""
        with self.store.reading() as connection:
            lines = list(connection.scalars(select(segment_entries.c.line)))
            linked = connection.scalar(
                select(func.count())
                .select_from(segment_entries)
                .join(entries, entries.c.id == segment_entries.c.entry_id)
            )
            there = connection.scalar(select(func.count()).select_from(entries))
            noted = connection.scalar(
                select(func.count()).select_from(history).where(history.c.field == "logged")
            )
            commented = connection.scalar(select(func.count()).select_from(entry_comments))
        done = self.state()[2]
        assert len(lines) == len(set(lines)) == linked == there == noted == commented == done

    def close(self) -> None:
        self.store.close()


@pytest.fixture
def ledger(database_url: str, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    made = Ledger(database_url, request.param)
    yield made
    made.close()


KILLS = [
    pytest.param(1_000, 2, 0.05),
    pytest.param(100_000, 20, 0.4, marks=pytest.mark.soak),
]


@pytest.mark.parametrize(("ledger", "kills", "moment"), KILLS, indirect=["ledger"])
@pytest.mark.timeout(900)
def test_whatever_is_killed_each_line_is_logged_once(ledger: Ledger, kills: int, moment: float) -> None:
    ledger.starts()
    ledger.killed(kills, moment)
    Worker(ledger.url, ledger.passes()).ends()
    ledger.holds()
    assert ledger.state() == (RunState.LOGGED, 0, ledger.lines)
    with ledger.store.read(ledger.eva.workspace) as work:
        assert sorted(work.access.connection.scalars(select(segment_entries.c.line))) == list(
            range(1, ledger.lines + 1)
        )
        numbers = work.access.connection.scalars(select(entries.c.number)).all()
        assert len(set(numbers)) == ledger.lines
        if ledger.store.dialect == "sqlite":
            assert max(numbers) == ledger.lines
        follow_up = work.segments.numbered("SEG0001")
        assert follow_up is not None
        assert work.segment_lines.count(follow_up.id) == ledger.lines
        assert work.segments.numbered("SEG0002") is None


@pytest.mark.parametrize(
    ("ledger", "kills", "moment"),
    [pytest.param(1_000, 2, 0.05), pytest.param(100_000, 10, 0.4, marks=pytest.mark.soak)],
    indirect=["ledger"],
)
@pytest.mark.timeout(900)
def test_whatever_is_killed_undo_restores_the_segment(ledger: Ledger, kills: int, moment: float) -> None:
    run = ledger.starts()
    Worker(ledger.url, ledger.passes()).ends()
    ledger.office.undo.latest(ledger.eva)
    ledger.killed(kills, moment)
    Worker(ledger.url, ledger.passes()).ends()
    with ledger.store.read(ledger.eva.workspace) as work:
        register = SegmentRuns(work.access).get(run)
        assert register is not None
        assert register.state is RunState.UNDONE
        query = select(entries.c.cancel_reason, func.count()).group_by(entries.c.cancel_reason)
        assert list(work.access.connection.execute(query)) == [("undone", ledger.lines)]
        canceled = select(func.count()).select_from(history).where(history.c.field == "canceled")
        assert work.access.connection.scalar(canceled) == ledger.lines
        assert work.segments.numbered("SEG0001") is None
        segment = work.segments.get(ledger.segment.id)
        assert segment is not None
        assert segment.state is SegmentState.ACTIVE
        assert work.segment_lines.count(segment.id) == ledger.lines
