"""Reading all that a filter holds, however much that is, in transactions that hold nobody up."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from bot.domain.entries import Filter
from bot.domain.entry_exports import LIMITS
from bot.domain.ids import WorkspaceId
from bot.domain.messages import Busy
from bot.domain.people import Scope
from storage.entry_sheet import Values, rows
from storage.entry_stretches import EntryStretches, Place
from storage.store import Store
from storage.work import Work

SHORTEST, SPAN, LONGEST = 500, 5_000, 200_000
BUSY_REST, BUSY_AT_MOST = 0.1, 50
_T = TypeVar("_T")


class Stopped(Exception):  # noqa: N818 - an end with a reason
    """The reading was stopped before its end."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many entries were counted, and whether these are all."""

    number: int
    whole: bool


@dataclass(slots=True)
class LogReading:
    """Reads the log from the newest entry to the oldest; `scope` says in each transaction what the reader may see.

    The log is passed through in stretches of `span` entries, whoever's they are: so many more where the filter
    holds few of them, so many fewer where the database is busy.
    """

    store: Store
    workspace: WorkspaceId
    wanted: Filter
    scope: Callable[[Work], Scope]
    stopped: threading.Event = field(default_factory=threading.Event)
    at_once: int = LIMITS.at_once
    span: int = SPAN

    def count(self, most: int, goes_on: Callable[[], bool] = lambda: True) -> Counted:
        """Return how many entries there are; beyond `most`, or once `goes_on` says no, it counts no further.

        Raises:
            Stopped, Busy: it came to no end.
        """
        found, after = self._patiently(self._counted, None)
        while after is not None and found <= most and goes_on():
            self.span = min(LONGEST, self.span * 2)
            number, after = self._patiently(self._counted, after)
            found += number
        return Counted(found, after is None)

    def pages(self) -> Iterator[list[Values]]:
        """Yield all of them, some at a time.

        Raises:
            Stopped, Busy: it came to no end.
        """
        after: Place | None = None
        self.span = SPAN
        while True:
            found, after = self._patiently(self._read, after)
            if found:
                yield found
            if after is None:
                return
            self._learn(len(found))

    def _counted(self, work: Work, after: Place | None) -> tuple[int, Place | None]:
        stretches = EntryStretches(work.access)
        stretch = stretches.ahead(self.wanted, after, self.span)
        return stretches.count(self.wanted, self.scope(work), stretch), stretch.until

    def _read(self, work: Work, after: Place | None) -> tuple[list[Values], Place | None]:
        """Return some rows, and beyond which place to go on; None at the end."""
        stretches = EntryStretches(work.access)
        stretch = stretches.ahead(self.wanted, after, self.span)
        places = stretches.places(self.wanted, self.scope(work), stretch, self.at_once)
        found = rows(work.access, [entry for _, entry in places])
        return found, places[-1] if len(places) == self.at_once else stretch.until

    def _learn(self, found: int) -> None:
        if found < self.at_once // 2:
            self.span = min(LONGEST, self.span * 2)
        elif found == self.at_once:
            self.span = max(SPAN, self.span // 2)

    def _patiently(self, read: Callable[[Work, Place | None], _T], after: Place | None) -> _T:
        for _ in range(BUSY_AT_MOST):
            if self.stopped.is_set():
                raise Stopped
            try:
                with self.store.read(self.workspace) as work:
                    return read(work, after)
            except Busy:
                self.span = max(SHORTEST, self.span // 4)
                self.stopped.wait(BUSY_REST)
        raise Busy
