"""Says things to people: claim, send, settle (`architecture.md`, how a job flows; `reliability.md` 6)."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.clock import Clock
from bot.domain.deliveries import ATTEMPTS, Answer, Delivery, DeliveryKind, DeliveryState
from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.messages import Refusal
from bot.outcomes import Passing, Permanent, code_of, judged, retry_after
from storage.outbox import OutboxRows

POLL_SECONDS = 2.0
WORKERS = 8
CHANNEL_PAUSE = timedelta(seconds=1)
TIMEOUT_SECONDS = 4
LONGEST_WAIT_SECONDS = 300
GONE_MESSAGE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
_log = logging.getLogger(__name__)


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
        self._free_at: dict[PersonId | None, datetime] = {}
        self._free_lock = threading.Lock()

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
            while not self._stopped.is_set() and self._claim_some():
                pass

    def _claim_some(self) -> bool:
        """Hand to each free worker one delivery, as far as there are any; False when nothing is due."""
        self._places.acquire()
        free = 1
        while free < WORKERS and self._places.acquire(blocking=False):
            free += 1
        claimed = self._claimed(free)
        for _ in range(free - len(claimed)):
            self._places.release()
        for delivery in claimed:
            self._pool.submit(self._deliver_and_free, delivery)
        return bool(claimed)

    def _claimed(self, most: int) -> list[Delivery]:
        try:
            return self._rows.claim(most)
        except Refusal as refusal:
            _log.warning("outbox: %s", type(refusal).__name__)
            return []

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
        now = self._clock.now()
        if passing.after:  # asked to wait, by Slack or by our own pace: that is no failed attempt
            self._rows.ask_later(delivery, now + passing.after, str(passing))
        elif delivery.attempts + 1 < ATTEMPTS:
            wait = timedelta(seconds=min(2**delivery.attempts, LONGEST_WAIT_SECONDS))
            self._rows.put_off(delivery, now + wait, str(passing), known=passing.known)
        else:
            _log.error("delivery %s given up: %s", delivery.id, passing)
            self._rows.settle(delivery, DeliveryState.FAILED, f"given up: {passing}")

    def _send(self, delivery: Delivery) -> str | None:
        """Send; return a remark for the record.

        Raises:
            Passing: try again later.
            Permanent: never again.
        """
        answer = self._rows.answer(delivery)
        if answer is not None and (self._updated(delivery, answer) or self._responded(delivery, answer)):
            return None
        if delivery.kind is DeliveryKind.REPLACEMENT:
            return "nothing to replace"
        return self._post(delivery)

    def _responded(self, delivery: Delivery, answer: Answer) -> bool:
        """Answer to the response URL; False when Slack no longer takes it.

        A command's URL only ever posts anew; that of a pressed button replaces the button's message.
        """
        if not answer.responds_at(self._clock.now()):
            return False
        if delivery.kind is DeliveryKind.REPLACEMENT and not answer.response_replaces:
            return False
        self._rows.use_response_url(delivery)
        hook = WebhookClient(answer.response_url or "", timeout=TIMEOUT_SECONDS, retry_handlers=[])
        body = {
            **delivery.payload,
            "response_type": "ephemeral",
            "replace_original": answer.response_replaces,
        }
        with judged():
            response = hook.send_dict(body)
        if response.status_code == 200:  # noqa: PLR2004 - HTTP
            return True
        if response.status_code == 429:  # noqa: PLR2004 - HTTP
            raise Passing("ratelimited", retry_after(response.headers), known=True)
        if response.status_code >= 500:  # noqa: PLR2004 - HTTP
            raise Passing(f"http_{response.status_code}", timedelta(), known=True)
        self._rows.drop_response_url(delivery)
        return False

    def _updated(self, delivery: Delivery, answer: Answer) -> bool:
        """Replace the message that stands; False when there is none."""
        if not answer.channel or not answer.ts:
            return False
        self._pace(delivery)
        client = self._client_for(delivery.workspace)
        words = {name: value for name, value in delivery.payload.items() if name != "mrkdwn"}
        try:
            with judged():
                client.chat_update(channel=answer.channel, ts=answer.ts, **words)
        except Permanent as permanent:
            if str(permanent) not in GONE_MESSAGE:
                raise
            self._rows.gone(delivery)
            return False
        return True

    def _post(self, delivery: Delivery) -> str | None:
        person = delivery.person and self._rows.slack_id(delivery.workspace, delivery.person)
        if not person:
            raise Permanent("nobody to send it to")
        self._pace(delivery)
        client = self._client_for(delivery.workspace)
        with judged():
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
            if code_of(error) == "missing_scope":
                return None
            raise
        messages: list[dict[str, Any]] = found["messages"]
        mark = _mark(delivery)
        return next((str(one["ts"]) for one in messages if one.get("metadata") == mark), None)

    def _pace(self, delivery: Delivery) -> None:
        """Keep to one message a second and person: a direct message is a channel.

        Raises:
            Passing: this one has to wait a moment.
        """
        now = self._clock.now()
        with self._free_lock:
            wait = self._free_at.get(delivery.person, now) - now
            if timedelta() < wait <= CHANNEL_PAUSE:  # longer: the clock was set back
                raise Passing("pace", wait, known=True)
            self._free_at = {one: at for one, at in self._free_at.items() if at > now}
            self._free_at[delivery.person] = now + CHANNEL_PAUSE


def _mark(delivery: Delivery) -> dict[str, Any]:
    return {"event_type": "saleslog_delivery", "event_payload": {"delivery": str(delivery.id)}}


def _reason(error: Exception) -> str:
    return code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
