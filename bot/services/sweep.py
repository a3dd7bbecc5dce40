"""Deleting what a card announced, batch by batch, so that people who write wait for one batch at most."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.messages import Busy
from bot.domain.purge import PurgeCard
from storage.canceled import Batch, Mark
from storage.store import Store

HELD = 0.004
"""Seconds that a batch may hold the database's one turn to write."""
REST = 0.5
"""How long the others have their turns after a batch, for each second that it took."""
SHORTEST_REST = 0.001
FIRST, SMALLEST, LARGEST = 200, 100, 2_000
BUSY_REST = 0.1


@dataclass(slots=True)
class Pace:
    """How large the next batch is, learned from how long the last one took."""

    size: int = FIRST
    smallest: int = SMALLEST
    largest: int = LARGEST

    def learn(self, seconds: float) -> float:
        """Fit the size to what a batch took; return how long to rest now."""
        fitting = int(self.size * HELD / max(seconds, 1e-6))
        self.size = max(self.smallest, min(self.largest, fitting, self.size * 2))
        return max(SHORTEST_REST, seconds * REST)


class Sweep:
    """Deletes the selections of cards; each batch is a transaction of its own, and counts itself."""

    def __init__(self, store: Store, pace: Callable[[], Pace] = Pace) -> None:
        self._store = store
        self._pace = pace
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
