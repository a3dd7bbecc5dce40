"""Changes of many lines of a segment: piece by piece, so that others write in between, but not to this segment.

A kill between two pieces leaves a shorter change, and after `HELD_FOR` the segment is free again.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TypeVar

from bot.domain.ids import SegmentId
from bot.domain.messages import Busy
from bot.domain.people import Person
from bot.domain.segments import Segment
from bot.services.segment_gates import Occupied, changeable
from bot.services.sweep import Pace
from storage.segment_holds import SegmentHolds as Rows
from storage.store import Store
from storage.work import Work

PATIENCE = 2.0
LOOKS_EVERY = 0.02
BUSY_REST = 0.1
TRIES = 20
GIVEN_WAY = 0.1
"""Seconds for which others who wait go first, after each piece."""

Number = TypeVar("Number", bound=int)
Answer = TypeVar("Answer")


def pieces() -> Pace:
    """Return the pace of changes: others wait for at most 50 ms, mostly less."""
    return Pace(size=1_000, smallest=200, largest=5_000, held=0.03, rest=0.2)


class SegmentHolds:
    """Gives segments to one person's change at a time."""

    def __init__(self, store: Store, pace: Callable[[], Pace] = pieces) -> None:
        self._store = store
        self._pace = pace

    @contextmanager
    def held(self, actor: Person, segment: SegmentId) -> Iterator["Hold"]:
        """Hold a segment that the actor may change; who holds it already is waited for.

        Raises:
            Refusal: it is gone, logged, being logged, being changed for long, or somebody else's.
        """
        hold = self._taken(actor, segment, time.monotonic() + PATIENCE)
        try:
            yield hold
        finally:
            hold.let_go()

    def _taken(self, actor: Person, segment: SegmentId, until: float) -> "Hold":
        while True:
            try:
                return self._take(actor, segment)
            except Occupied:
                if time.monotonic() > until:
                    raise
            time.sleep(LOOKS_EVERY)

    def _take(self, actor: Person, segment: SegmentId) -> "Hold":
        with self._store.begin(actor.workspace) as work:
            found = changeable(work, actor, segment)
            end = Rows(work.access).take(segment)
            if end is None:
                raise Occupied(found)
        return Hold(self._store, actor, found, end, self._pace())


class Hold:
    """A segment that nobody else changes or logs meanwhile."""

    def __init__(self, store: Store, actor: Person, segment: Segment, end: datetime, pace: Pace) -> None:
        self.segment = segment
        self._store = store
        self._workspace = actor.workspace
        self._end = end
        self._pace = pace

    def read(self, ask: Callable[[Work], Answer]) -> Answer:
        """Look something up that concerns many lines."""
        with self._store.read(self._workspace) as work:
            work.membership.expect_many()
            return ask(work)

    def once(self, write: Callable[[Work], Answer]) -> Answer:
        """Write something in one transaction.

        Raises:
            Refusal: somebody else holds the segment by now, or the database stays busy.
        """
        for _ in range(TRIES):
            try:
                return self._write(write)
            except Busy:
                time.sleep(BUSY_REST)
        return self._write(write)

    def each(self, numbers: Sequence[Number], write: Callable[[Work, Sequence[Number]], None]) -> None:
        """Write something of each number, some in each transaction.

        Raises:
            Refusal: somebody else holds the segment by now, or the database stays busy.
        """
        done = 0
        while done < len(numbers):
            some = numbers[done : done + self._pace.size]
            seconds = self.once(partial(_timed, write, some))
            done += len(some)
            rest = self._pace.learn(seconds)
            if done < len(numbers):
                self._store.give_way(GIVEN_WAY)
                time.sleep(rest)

    def let_go(self) -> None:
        """Let others change the segment again."""
        with self._store.begin(self._workspace) as work:
            Rows(work.access).let_go(self.segment.id, self._end)

    def _write(self, write: Callable[[Work], Answer]) -> Answer:
        with self._store.begin(self._workspace) as work:
            end = Rows(work.access).renew(self.segment.id, self._end)
            if end is None:
                raise Occupied(self.segment)
            answer = write(work)
        self._end = end
        return answer


def _timed(write: Callable[[Work, Sequence[Number]], None], numbers: Sequence[Number], work: Work) -> float:
    began = time.perf_counter()
    write(work, numbers)
    return time.perf_counter() - began
