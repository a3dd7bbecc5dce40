"""kill -9 in the middle of a purge, by one process or two: nothing but announced, canceled rows is ever gone."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from desks import a_moment
from office import Office, profile
from sqlalchemy import select, update

from bot.clock import FixedClock
from bot.domain.deliveries import DeliveryState
from bot.domain.ids import EntryId
from bot.domain.purge import CardState
from storage.store import open_store
from storage.tables.deliveries import deliveries
from storage.tables.interactions import entries, entry_comments, history, operation_items
from storage.tables.jobs import purge_cards

BEGAN = datetime(2026, 11, 20, 13, 2, 33, tzinfo=UTC)
DAY = timedelta(days=1)
AFTER_A_LEASE = timedelta(minutes=2)
AT_MOST = 0.03
PATIENCE = 20
PURGING = Path(__file__).with_name("purging.py")


@dataclass
class Ledger:
    """What must go and what must stay, and the moments at which purges run."""

    url: str
    folder: Path
    must_go: set[EntryId] = field(default_factory=set)
    must_stay: set[EntryId] = field(default_factory=set)
    now: datetime = BEGAN + 91 * DAY

    def __post_init__(self) -> None:
        clock = FixedClock(BEGAN)
        self.store = open_store(self.url, clock)
        self.office = Office(self.store, clock)
        self.eva = self.office.joins("Eva")
        self.office.people.admit(self.office.workspace, profile("Ada", admin=True))
        self.anna = self.office.knows(self.eva, "Anna Berg")

    def fill(self, count: int) -> None:
        """Log entries, cancel two of three, announce these; then cancel a few more."""
        random = Random(7)
        made = [self.office.logs(self.eva, self.anna, comment="Agreed") for _ in range(count)]
        random.shuffle(made)
        self.must_go = set(made[: count * 2 // 3])
        self.must_stay = set(made) - self.must_go
        for entry in self.must_go:
            self.office.entries.cancel(self.eva, entry, None)
        self._announce()
        for entry in sorted(self.must_stay)[: count // 10]:
            self.office.entries.cancel(self.eva, entry, None)
        reinstated = sorted(self.must_go)[:5]
        with self.store.writing() as connection:
            connection.execute(
                update(entries)
                .where(entries.c.id.in_(reinstated))
                .values(canceled_at=None, canceled_by=None, cancel_reason=None)
            )
        self.must_go -= set(reinstated)
        self.must_stay |= set(reinstated)

    def _announce(self) -> None:
        """Let the card be announced and have stood for a day."""
        clock = self.office.clock
        assert isinstance(clock, FixedClock)
        clock.move(89 * DAY + timedelta(hours=1))
        assert Purger(self, clock.now()).ends().startswith("Announced")
        with self.store.writing() as connection:
            connection.execute(
                update(deliveries)
                .where(deliveries.c.key.like("card:%"))
                .values(state=DeliveryState.SENT, settled_at=clock.now())
            )

    def holds(self) -> None:
        """Nothing is gone but what was announced and still canceled."""
        with self.store.reading() as connection:
            there = set(connection.scalars(select(entries.c.id)))
            commented = set(connection.scalars(select(entry_comments.c.entry_id)))
            items = set(
                connection.scalars(select(operation_items.c.item_id).where(operation_items.c.kind == "entry"))
            )
            count = connection.scalar(
                select(purge_cards.c.deleted).where(purge_cards.c.state != CardState.KEPT).limit(1)
            )
        gone = self.gone()
        assert there >= self.must_stay
        assert gone == (self.must_go | self.must_stay) - there
        assert commented == items == there
        assert count == len(gone)

    def gone(self) -> set[EntryId]:
        """The entries of which one line without content is left."""
        deleted = (history.c.kind == "entry") & (history.c.field == "deleted")
        with self.store.reading() as connection:
            lines = connection.execute(
                select(history.c.item_id, history.c.old, history.c.new).where(deleted)
            ).all()
        assert all(line.old is line.new is None for line in lines)
        assert len(lines) == len({line.item_id for line in lines})
        return {EntryId(line.item_id) for line in lines}

    def passes(self) -> datetime:
        """Let so much time pass that what a killed process had in hand is free again."""
        self.now += AFTER_A_LEASE
        return self.now

    def loses_some(self) -> None:
        """Wait until a purge has deleted some more, or all."""
        before, until = self.gone(), time.monotonic() + PATIENCE
        while self.gone() == before and not self.ended() and time.monotonic() < until:
            time.sleep(0.002)

    def ended(self) -> bool:
        with self.store.reading() as connection:
            state = connection.scalar(select(purge_cards.c.state).limit(1))
        return bool(state == CardState.DONE)


class Purger:
    """A process that purges when it is told to; what the clock shows is told it."""

    def __init__(self, ledger: Ledger, at: datetime) -> None:
        command = [sys.executable, str(PURGING), ledger.url, str(ledger.folder), at.isoformat()]
        self._process = subprocess.Popen(
            command,
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
        self._close()

    def ends(self) -> str:
        """Purge to the end; return what it says."""
        said, _ = self._process.communicate("\n", timeout=60)
        return said

    def _close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdout.close()
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait(10)


@pytest.fixture
def ledger(database_url: str, tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(database_url, tmp_path / "exports")
    yield made
    made.store.close()


@pytest.mark.parametrize("kills", [2, pytest.param(100, marks=pytest.mark.soak)])
@pytest.mark.timeout(900)
def test_nothing_but_announced_canceled_entries_is_ever_gone(ledger: Ledger, kills: int) -> None:
    ledger.fill(40 * kills if kills > 10 else 120)
    for _ in range(kills):
        purger = Purger(ledger, ledger.passes())
        purger.begins()
        ledger.loses_some()
        a_moment(AT_MOST)
        purger.dies()
        ledger.holds()
    Purger(ledger, ledger.passes()).ends()
    assert ledger.ended()
    ledger.holds()
    assert ledger.gone() == ledger.must_go


@pytest.mark.timeout(300)
def test_of_two_purges_at_once_one_deletes_and_the_other_takes_over(ledger: Ledger) -> None:
    ledger.fill(120)
    at = ledger.passes()
    one, two = Purger(ledger, at), Purger(ledger, at)
    one.begins()
    two.begins()
    ledger.loses_some()
    a_moment(AT_MOST)
    one.dies()
    two.ends()
    ledger.holds()
    Purger(ledger, ledger.passes()).ends()
    ledger.holds()
    assert ledger.gone() == ledger.must_go
