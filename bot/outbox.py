"""Works through the deliveries: claim, send, settle (`architecture.md`, how a job flows; `reliability.md` 6)."""

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.domain.deliveries import LEASE, Claim, DeliveryKind, DeliveryState, Settlement
from bot.domain.ids import DeliveryId, PersonId, WorkspaceId
from bot.domain.messages import Refusal
from bot.outcomes import code_of
from bot.sending import Sender
from bot.uploading import clear
from storage.outbox import OutboxRows

POLL_SECONDS = 2.0
MARGIN_SECONDS = 0.005
"""By so much later than it is due something is looked for: clocks differ."""
WORKERS = 8
_log = logging.getLogger(__name__)


class Outbox:
    """Sends deliveries with threads of its own; rung by the bell, else when one has its turn, or every two seconds.

    One thread settles and claims, everything that is ready in one transaction; eight send.
    """

    def __init__(
        self,
        rows: OutboxRows,
        client_for: Callable[[WorkspaceId], WebClient],
        clock: Clock,
        publish_home: Callable[[WorkspaceId, PersonId], None],
    ) -> None:
        self._rows = rows
        self.sender = Sender(client_for, clock)
        self._publish_home = publish_home
        self.watch: Callable[[Settlement], None] = _unwatched
        self._bell = threading.Event()
        self._stopped = threading.Event()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="outbox")
        self._places = threading.Semaphore(WORKERS)
        self._settled: deque[Settlement] = deque()
        self._clock = clock
        self._soonest = math.inf
        self._uploading: set[DeliveryId] = set()
        self._renewed_at = clock.now()
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)

    def ring(self) -> None:
        """Look for due deliveries now."""
        self._bell.set()

    def home_changed(self, workspace: WorkspaceId, person: PersonId) -> None:
        """Publish somebody's App Home anew."""
        if not self._stopped.is_set():
            self._pool.submit(self._home, workspace, person)

    def start(self) -> None:
        """Start sending."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being sent, then stop; what is due stays in the database."""
        self._stopped.set()
        self._bell.set()
        if self._thread.is_alive():
            self._thread.join()
        self._pool.shutdown(wait=True)
        self._turn(0)

    def drain(self) -> int:
        """Send everything that is due now, in this thread; return how many were tried."""
        tried = 0
        settled: list[Settlement] = []
        while claims := self._settled_and_taken(settled, 1):
            settled = [self.sender.send(claim) for claim in claims]
            tried += len(claims)
        return tried

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._bell.wait(min(POLL_SECONDS, max(0.0, self._soonest - time.monotonic())))
            self._bell.clear()
            if self._soonest <= time.monotonic():
                self._soonest = math.inf
            while not self._stopped.is_set() and self._hand_out():
                pass

    def _hand_out(self) -> bool:
        """Settle what ended, and hand to each free worker one delivery; False when nothing is due."""
        free = 0
        while free < WORKERS and self._places.acquire(blocking=False):
            free += 1
        claims = self._turn(free)
        for _ in range(free - len(claims)):
            self._places.release()
        for claim in claims:
            self._pool.submit(self._send, claim)
        return bool(claims)

    def _turn(self, limit: int) -> list[Claim]:
        settled = [self._settled.popleft() for _ in range(len(self._settled))]
        try:
            self._renew()
            return self._settled_and_taken(settled, limit)
        except Refusal as refusal:
            _log.warning("outbox: %s", type(refusal).__name__)
            self._settled.extendleft(reversed(settled))
            return []

    def _settled_and_taken(self, settled: list[Settlement], limit: int) -> list[Claim]:
        """Settle and claim; files that have arrived, and are known to have, are removed."""
        claims = self._rows.turn(settled, limit)
        for settlement in settled:
            self.watch(settlement)
            if settlement.delivery.kind is DeliveryKind.FILE and settlement.state is DeliveryState.SENT:
                clear(settlement.delivery.payload)
        return claims

    def _renew(self) -> None:
        """Keep large files, which take longer than a lease, from being sent by somebody else too."""
        uploading, now = tuple(self._uploading), self._clock.now()
        if uploading and abs(now - self._renewed_at) >= LEASE / 3:
            self._rows.renew(uploading)
            self._renewed_at = now

    def _send(self, claim: Claim) -> None:
        if claim.delivery.kind is DeliveryKind.FILE:
            self._uploading.add(claim.delivery.id)
        try:
            settlement = self.sender.send(claim)
            self._settled.append(settlement)
            self._look_at(settlement)
        except Exception:  # noqa: BLE001 - logged; the lease brings it back, the others go on
            _log.exception("delivery %s broke", claim.delivery.id)
        finally:
            self._uploading.discard(claim.delivery.id)
            self._places.release()
            self._bell.set()

    def _look_at(self, settlement: Settlement) -> None:
        """Look again as soon as it is this one's turn: a person's next message waits a second, not two."""
        if settlement.next_at is not None:
            wait = (settlement.next_at - self._clock.now()).total_seconds() + MARGIN_SECONDS
            self._soonest = min(self._soonest, time.monotonic() + wait)

    def _home(self, workspace: WorkspaceId, person: PersonId) -> None:
        try:
            self._publish_home(workspace, person)
        except (SlackApiError, OSError, HTTPException) as error:
            _log.warning("App Home of %s was not published: %s", person, _reason(error))
        except Refusal as refusal:
            _log.warning("App Home of %s waits: %s", person, type(refusal).__name__)


def _unwatched(_settlement: Settlement) -> None:
    """Keep no figures: nobody asks a single command for them."""


def _reason(error: Exception) -> str:
    return code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
