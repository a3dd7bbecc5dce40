"""Deleting what a card announced, batch by batch, so that people who write wait for one batch at most."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.messages import Busy
from bot.domain.purge import PurgeCard
from storage.canceled import Batch, Mark
from storage.store import Store

SHORTEST_REST = 0.001
BUSY_REST = 0.1


@dataclass(slots=True)
class Pace:
    """How large the next batch is, learned from how long the last one took.

    A batch may hold others up for `held` seconds; they have their turns for `rest` times as long after it.
    """

    size: int
    smallest: int
    largest: int
    held: float
    rest: float

    def learn(self, seconds: float) -> float:
        """Fit the size to what a batch took; return how long to rest now."""
        fitting = int(self.size * self.held / max(seconds, 1e-6))
        self.size = max(self.smallest, min(self.largest, fitting, self.size * 2))
        return max(SHORTEST_REST, seconds * self.rest)

    def shrink(self) -> None:
        """Take half as much next time: this much took longer than a statement may."""
        self.size = max(self.smallest, self.size // 2)


def one_writer() -> Pace:
    """Return the pace where everybody waits for a batch to end (SQLite)."""
    return Pace(size=50, smallest=20, largest=2_000, held=0.003, rest=0.5)


def many_writers() -> Pace:
    """Return the pace where nobody waits for a batch, but shares the machine with it (PostgreSQL)."""
    return Pace(size=500, smallest=200, largest=2_000, held=0.1, rest=0.1)


class Sweep:
    """Deletes the selections of cards; each batch is a transaction of its own, and counts itself."""

    def __init__(self, store: Store, pace: Callable[[], Pace] | None = None) -> None:
        self._store = store
        self._pace = pace or (one_writer if store.dialect == "sqlite" else many_writers)
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Leave what is not yet deleted to the next start."""
        self._stopped.set()

    def run(self, card: PurgeCard) -> bool:
        """Delete what a claimed card selects; False when it was stopped before the end.

        Rows that somebody is writing at the moment are passed over: it goes on until a whole pass finds nothing.
        """
        pace = self._pace()
        while (count := self._pass(card, pace)) != 0:
            if count is None:
                with self._store.begin(card.workspace) as work:
                    work.purge_cards.pause(card.id)
                return False
        return True

    def _pass(self, card: PurgeCard, pace: Pace) -> int | None:
        """Go through the selection once; return how many it deleted, None when it was stopped."""
        mark: Mark | None = Mark(card.selection.after)
        deleted = 0
        while mark is not None:
            batch, seconds = self._batch(card, mark, pace.size)
            deleted, mark = deleted + batch.count, batch.mark
            if self._stopped.wait(pace.learn(seconds) if batch.count else SHORTEST_REST):
                return None
        return deleted

    def _batch(self, card: PurgeCard, mark: Mark, limit: int) -> tuple[Batch, float]:
        """Delete one batch; return how long it kept the others waiting."""
        while True:
            try:
                with self._store.begin(card.workspace) as work:
                    began = time.perf_counter()
                    batch = work.canceled.delete(card.selection, mark, limit)
                    work.purge_cards.progress(card.id, batch.count)
                return batch, time.perf_counter() - began
            except Busy:
                if self._stopped.wait(BUSY_REST):
                    return Batch(0, None), 0.0
