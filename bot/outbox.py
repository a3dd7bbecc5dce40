"""Says things to people: claim, send, settle (`architecture.md`, how a job flows; `reliability.md` 6)."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.clock import Clock
from bot.domain.deliveries import ATTEMPTS, Answer, Delivery, DeliveryKind, DeliveryState
from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.messages import Refusal
from storage.outbox import OutboxRows

POLL_SECONDS = 2.0
WORKERS = 8
CHANNEL_PAUSE = timedelta(seconds=1)
TIMEOUT_SECONDS = 4
PASSING = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "message_limit_exceeded",
    }
)
GONE_URL = frozenset({404, 410})
_log = logging.getLogger(__name__)


class Passing(Exception):  # noqa: N818
    """Slack did not take the message now; `known` is false when it may have."""

    def __init__(self, reason: str, after: timedelta, *, known: bool) -> None:
        super().__init__(reason)
        self.after = after
        self.known = known


class Permanent(Exception):  # noqa: N818
    """Slack will never take the message."""


class Outbox:
    """Sends deliveries with threads of its own; rung by the bell, else looking every two seconds."""

    def __init__(
        self,
        rows: OutboxRows,
        client_for: Callable[[WorkspaceId], WebClient],
        clock: Clock,
        publish_home: Callable[[WorkspaceId, PersonId], None],
    ) -> None:
        self._rows = rows
        self._client_for = client_for
        self._clock = clock
        self._publish_home = publish_home
        self._bell = threading.Event()
        self._stopped = threading.Event()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="outbox")
        self._places = threading.Semaphore(WORKERS)
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
        self._channels: dict[str, float] = {}
        self._channels_lock = threading.Lock()

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

    def drain(self) -> int:
        """Send everything that is due now, in this thread; return how many were tried."""
        tried = 0
        while claimed := self._rows.claim(1):
            for delivery in claimed:
                self._deliver(delivery)
                tried += 1
        return tried

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._bell.wait(POLL_SECONDS)
            self._bell.clear()
            while not self._stopped.is_set() and self._claim_one():
                pass

    def _claim_one(self) -> bool:
        """Hand one delivery to a free worker; False when nothing is due."""
        self._places.acquire()
        try:
            claimed = self._rows.claim(1)
        except Refusal as refusal:
            _log.warning("outbox: %s", type(refusal).__name__)
            claimed = []
        if not claimed:
            self._places.release()
            return False
        self._pool.submit(self._deliver_and_free, claimed[0])
        return True

    def _deliver_and_free(self, delivery: Delivery) -> None:
        try:
            self._deliver(delivery)
        except Refusal as refusal:
            _log.warning("delivery %s waits: %s", delivery.id, type(refusal).__name__)
        except Exception:  # noqa: BLE001 - logged; the lease brings it back, the others go on
            _log.exception("delivery %s broke", delivery.id)
        finally:
            self._places.release()
            self._bell.set()

    def _home(self, workspace: WorkspaceId, person: PersonId) -> None:
        try:
            self._publish_home(workspace, person)
        except (SlackApiError, OSError, HTTPException) as error:
            _log.warning("App Home of %s was not published: %s", person, _reason(error))
        except Refusal as refusal:
            _log.warning("App Home of %s waits: %s", person, type(refusal).__name__)

    def _deliver(self, delivery: Delivery) -> None:
        try:
            reason = self._send(delivery)
        except Passing as passing:
            self._put_off(delivery, passing)
        except Permanent as permanent:
            _log.warning("delivery %s failed: %s", delivery.id, permanent)
            self._rows.settle(delivery, DeliveryState.FAILED, str(permanent))
        else:
            self._rows.settle(delivery, DeliveryState.SENT, reason)

    def _put_off(self, delivery: Delivery, passing: Passing) -> None:
        if delivery.attempts + 1 >= ATTEMPTS and str(passing) != "pace":
            _log.error("delivery %s given up: %s", delivery.id, passing)
            self._rows.settle(delivery, DeliveryState.FAILED, f"given up: {passing}")
            return
        wait = passing.after or timedelta(seconds=min(2**delivery.attempts, 300))
        self._rows.put_off(delivery, self._clock.now() + wait, str(passing), known=passing.known)

    def _send(self, delivery: Delivery) -> str | None:
        """Send; return a remark for the record.

        Raises:
            Passing: try again later.
            Permanent: never again.
        """
        answer = self._rows.answer(delivery)
        if answer is not None and answer.channel and answer.ts:
            return self._update(delivery, answer.channel, answer.ts)
        if answer is not None and answer.responds_at(self._clock.now()) and self._respond(delivery, answer):
            return None
        if delivery.kind is DeliveryKind.REPLACEMENT:
            return "nothing to replace"
        return self._post(delivery)

    def _respond(self, delivery: Delivery, answer: Answer) -> bool:
        """Answer to the response URL; False when Slack no longer takes it."""
        self._rows.use_response_url(delivery)
        replaces = answer.response_replaces or answer.response_uses > 0
        hook = WebhookClient(answer.response_url or "", timeout=TIMEOUT_SECONDS, retry_handlers=[])
        body = {**delivery.payload, "response_type": "ephemeral", "replace_original": replaces}
        with _outcome():
            response = hook.send_dict(body)
        if response.status_code == 200:  # noqa: PLR2004 - HTTP
            return True
        if response.status_code == 429:  # noqa: PLR2004 - HTTP
            raise Passing("ratelimited", _retry_after(response.headers), known=True)
        if response.status_code >= 500:  # noqa: PLR2004 - HTTP
            raise Passing(f"http_{response.status_code}", timedelta(), known=True)
        self._rows.drop_response_url(delivery)
        return False

    def _update(self, delivery: Delivery, channel: str, ts: str) -> str | None:
        self._pace(channel)
        client = self._client_for(delivery.workspace)
        words = {name: value for name, value in delivery.payload.items() if name != "mrkdwn"}
        with _outcome():
            client.chat_update(channel=channel, ts=ts, **words)
        return None

    def _post(self, delivery: Delivery) -> str | None:
        person = delivery.person and self._rows.slack_id(delivery.workspace, delivery.person)
        if not person:
            raise Permanent("nobody to send it to")
        self._pace(person)
        client = self._client_for(delivery.workspace)
        with _outcome():
            opened = client.conversations_open(users=person)
            channel = str(opened["channel"]["id"])
            if delivery.state is DeliveryState.UNKNOWN and (
                ts := self._already_there(client, channel, delivery)
            ):
                self._rows.stands(delivery, channel, ts)
                return "was there already"
            posted = client.chat_postMessage(
                channel=channel,
                unfurl_links=False,
                unfurl_media=False,
                metadata=_mark(delivery),
                **delivery.payload,
            )
        self._rows.stands(delivery, channel, str(posted["ts"]))
        return None

    def _already_there(self, client: WebClient, channel: str, delivery: Delivery) -> str | None:
        """Return the ts of the message if an earlier, uncertain try got through (needs im:history)."""
        try:
            found = client.conversations_history(channel=channel, include_all_metadata=True, limit=20)
        except SlackApiError as error:
            if _code(error) == "missing_scope":
                return None
            raise
        messages: list[dict[str, Any]] = found["messages"]
        mark = _mark(delivery)
        return next((str(one["ts"]) for one in messages if one.get("metadata") == mark), None)

    def _pace(self, channel: str) -> None:
        """Keep to one message a second and channel.

        Raises:
            Passing: this one has to wait a moment.
        """
        now = time.monotonic()
        with self._channels_lock:
            free_at = self._channels.get(channel, 0.0)
            if now < free_at:
                raise Passing("pace", timedelta(seconds=free_at - now), known=True)
            self._channels = {one: at for one, at in self._channels.items() if at > now}
            self._channels[channel] = now + CHANNEL_PAUSE.total_seconds()


class _outcome:  # noqa: N801 - reads as a verb: with _outcome()
    """Turns what a Slack call raises into passing or permanent."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, SlackApiError):
            raise _judged(error) from error
        if isinstance(error, (OSError, HTTPException)):
            raise Passing(
                type(error).__name__, timedelta(), known=isinstance(error, ConnectionRefusedError)
            ) from error


def _judged(error: SlackApiError) -> Exception:
    code = _code(error)
    status = getattr(error.response, "status_code", 200)
    if status == 429 or code in PASSING:  # noqa: PLR2004 - HTTP
        return Passing(code or "ratelimited", _retry_after(error.response.headers), known=True)
    if status >= 500:  # noqa: PLR2004 - HTTP
        return Passing(f"http_{status}", timedelta(), known=True)
    return Permanent(code)


def _code(error: SlackApiError) -> str:
    answer = error.response
    return str(answer.get("error", "")) if hasattr(answer, "get") else str(error)


def _retry_after(headers: Any) -> timedelta:
    named = {str(name).lower(): value for name, value in dict(headers or {}).items()}
    value = named.get("retry-after", 0)
    seconds = value[0] if isinstance(value, list) else value
    return timedelta(seconds=int(seconds)) if str(seconds).isdigit() else timedelta(seconds=1)


def _mark(delivery: Delivery) -> dict[str, Any]:
    return {"event_type": "saleslog_delivery", "event_payload": {"delivery": str(delivery.id)}}


def _reason(error: Exception) -> str:
    return _code(error) if isinstance(error, SlackApiError) else type(error).__name__
