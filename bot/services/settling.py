"""What became of letters that were handed over: the entries say it (`domain.md` 2.7)."""

import threading

from bot.domain.deliveries import DeliveryState
from bot.domain.ids import LoggedId, WorkspaceId
from storage.letters import Letters, Outcome, undelivered
from storage.store import Store

LINES_AT_ONCE = 1_000
REST_SECONDS = 0.005
_ENDED = frozenset({DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SUPERSEDED})
_EVERY_LINE = Outcome(0, 2**31 - 1, DeliveryState.FAILED)


class Settling:
    """Looks at the files that were under way, and notes with their lines how they ended."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Leave the rest to the next start."""
        self._stopped.set()

    def run(self) -> str:
        """Note everything that has ended; return what was noted in one sentence."""
        with self._store.reading() as connection:
            waiting = undelivered(connection)
        noted = sum(self._settled(workspace, logged) for workspace, logged in waiting)
        return f"Noted the delivery of {noted} letters and mails." if noted else ""

    def _settled(self, workspace: WorkspaceId, logged: LoggedId) -> int:
        with self._store.read(workspace) as work:
            letters = Letters(work.access)
            outcomes = letters.outcomes(logged)
            if not outcomes and letters.was_left(logged):
                outcomes = [_EVERY_LINE]
        return sum(self._noted(workspace, logged, one) for one in outcomes if one.state in _ENDED)

    def _noted(self, workspace: WorkspaceId, logged: LoggedId, outcome: Outcome) -> int:
        noted = 0
        while not self._stopped.wait(REST_SECONDS):
            with self._store.begin(workspace) as work:
                count = Letters(work.access).settle(logged, outcome, LINES_AT_ONCE)
            noted += count
            if not count:
                break
        return noted
