"""How one claimed delivery reaches its person, and what became of it (`reliability.md` 6)."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.clock import Clock
from bot.domain.deliveries import (
    ATTEMPTS,
    Answer,
    Claim,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Place,
    Settlement,
    Way,
)
from bot.domain.ids import PersonId, WorkspaceId
from bot.outcomes import Passing, Permanent, code_of, judged, retry_after
from bot.uploading import upload
from bot.wrapping import CHANNEL, excused, plainer, taken, words

CHANNEL_PAUSE = timedelta(seconds=1)
TIMEOUT_SECONDS = 4
LONGEST_WAIT_SECONDS = 300
NOBODY_KNOWS = "nobody knows whether it arrived"
GONE_MESSAGE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
_log = logging.getLogger(__name__)


class Sender:
    """Says things to people, each person one message in a `pause`: a direct message is a channel."""

    def __init__(self, client_for: Callable[[WorkspaceId], WebClient], clock: Clock) -> None:
        self._client_for = client_for
        self._clock = clock
        self.pause = CHANNEL_PAUSE
        self._free_at: dict[PersonId | None, datetime] = {}
        self._free_lock = threading.Lock()

    def send(self, claim: Claim) -> Settlement:
        """Send, and return what became of it; Slack's errors are told in the settlement."""
        delivery = claim.delivery
        try:
            return self._sent(claim)
        except Passing as passing:
            return self._put_off(delivery, passing)
        except Permanent as permanent:
            _log.warning("delivery %s failed: %s", delivery.id, permanent)
            return _ended(delivery, DeliveryState.FAILED, str(permanent))

    def _sent(self, claim: Claim) -> Settlement:
        way = claim.way(self._clock.now())
        if claim.answer is not None and way is Way.UPDATE:
            return self._updated(claim.delivery, claim.answer)
        if claim.answer is not None and way is Way.RESPOND:
            return self._responded(claim.delivery, claim.answer)
        if claim.delivery.kind is DeliveryKind.FILE:
            return self._uploaded(claim)
        if claim.delivery.kind is DeliveryKind.REPLACEMENT:
            return _ended(claim.delivery, DeliveryState.SENT, "nothing to replace")
        return self._posted(claim)

    def _responded(self, delivery: Delivery, answer: Answer) -> Settlement:
        """Answer to the response URL, whose use was counted when the delivery was claimed."""
        url = answer.response_url or ""
        hook = WebhookClient(url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
        how = {"response_type": "ephemeral", "replace_original": answer.response_replaces}
        other = plainer(delivery.payload)
        with judged():
            response = hook.send_dict({**words(delivery.payload), **how})
            if response.status_code == 400 and other is not None:  # noqa: PLR2004 - HTTP
                response = hook.send_dict({**other, **how})
        if response.status_code == 200:  # noqa: PLR2004 - HTTP
            return _ended(delivery, DeliveryState.SENT)
        if response.status_code == 429:  # noqa: PLR2004 - HTTP
            raise Passing("ratelimited", retry_after(response.headers), known=True)
        if response.status_code >= 500:  # noqa: PLR2004 - HTTP
            raise Passing(f"http_{response.status_code}", timedelta(), known=True)
        return self._again(delivery, refused_url=url)

    def _updated(self, delivery: Delivery, answer: Answer) -> Settlement:
        """Replace the message that stands; where it is gone, the words go another way at once."""
        self._pace(delivery)
        client = self._client_for(delivery.workspace)
        payload = {name: value for name, value in delivery.payload.items() if name != "mrkdwn"}

        def update(said: dict[str, Any]) -> None:
            with judged():
                client.chat_update(channel=answer.channel or "", ts=answer.ts or "", **said)

        try:
            taken(update, payload)
        except Permanent as permanent:
            if str(permanent) not in GONE_MESSAGE:
                raise
            self._unpace(delivery)
            return self._again(delivery, place=Place())
        return _ended(delivery, DeliveryState.SENT)

    def _uploaded(self, claim: Claim) -> Settlement:
        """Put a file into the direct message; after an uncertain try once more, since a file bears no mark."""
        client, channel = self._opened(claim)
        upload(client, channel, claim.delivery.payload)
        return _ended(claim.delivery, DeliveryState.SENT)

    def _opened(self, claim: Claim) -> tuple[WebClient, str]:
        """Open the person's direct message when it is his turn."""
        if claim.slack_id is None:
            raise Permanent("nobody to send it to")
        self._pace(claim.delivery)
        client = self._client_for(claim.delivery.workspace)
        with judged():
            opened = client.conversations_open(users=claim.slack_id)
        return client, str(opened["channel"]["id"])

    def _posted(self, claim: Claim) -> Settlement:
        delivery = claim.delivery
        client, channel, payload = self._placed(claim)
        if delivery.state is DeliveryState.UNKNOWN:
            with judged():
                ts = _already_there(client, channel, delivery)
            if ts:
                return _ended(delivery, DeliveryState.SENT, "was there already", Place(channel, ts))

        def post(said: dict[str, Any]) -> str:
            with judged():
                posted = client.chat_postMessage(
                    channel=channel,
                    unfurl_links=False,
                    unfurl_media=False,
                    metadata=_mark(delivery),
                    **said,
                )
            return str(posted["ts"])

        return _ended(delivery, DeliveryState.SENT, place=Place(channel, taken(post, payload)))

    def _placed(self, claim: Claim) -> tuple[WebClient, str, dict[str, Any]]:
        """Return where a message goes, and what it says there: into its channel, if that can have it."""
        payload = claim.delivery.payload
        if CHANNEL in payload and claim.slack_id is not None:
            client = self._client_for(claim.delivery.workspace)
            payload = excused(client, payload)
            if CHANNEL in payload:
                self._pace(claim.delivery)
                return client, str(payload[CHANNEL]), payload
        return *self._opened(claim), payload

    def _put_off(self, delivery: Delivery, passing: Passing) -> Settlement:
        """Try again later: being asked to wait, by Slack or by our own pace, is no failed attempt."""
        now, attempts = self._clock.now(), delivery.attempts + (not passing.after)
        if attempts >= ATTEMPTS:
            _log.error("delivery %s given up: %s", delivery.id, passing)
            return _ended(delivery, DeliveryState.FAILED, f"given up: {passing}")
        waits = passing.after or timedelta(seconds=min(2**delivery.attempts, LONGEST_WAIT_SECONDS))
        certain = passing.known or bool(passing.after)
        return Settlement(
            delivery=delivery,
            state=delivery.state if certain else DeliveryState.UNKNOWN,
            attempts=attempts,
            reason=str(passing),
            next_at=now + waits,
        )

    def _again(
        self, delivery: Delivery, *, place: Place | None = None, refused_url: str | None = None
    ) -> Settlement:
        """Let the words go another way, at once."""
        return Settlement(
            delivery=delivery,
            state=delivery.state,
            attempts=delivery.attempts,
            reason="the way it went is closed",
            next_at=self._clock.now(),
            place=place,
            refused_url=refused_url,
        )

    def _pace(self, delivery: Delivery) -> None:
        """Keep to one message a second and person.

        Raises:
            Passing: this one has to wait a moment.
        """
        now = self._clock.now()
        with self._free_lock:
            wait = self._free_at.get(delivery.person, now) - now
            if timedelta() < wait <= self.pause:  # longer: the clock was set back
                raise Passing("pace", wait, known=True)
            self._free_at = {one: at for one, at in self._free_at.items() if at > now}
            self._free_at[delivery.person] = now + self.pause

    def _unpace(self, delivery: Delivery) -> None:
        """Give back the turn of a message that reached nobody."""
        with self._free_lock:
            self._free_at.pop(delivery.person, None)


def _ended(
    delivery: Delivery, state: DeliveryState, reason: str | None = None, place: Place | None = None
) -> Settlement:
    return Settlement(
        delivery=delivery, state=state, attempts=delivery.attempts + 1, reason=reason, place=place
    )


def _already_there(client: WebClient, channel: str, delivery: Delivery) -> str | None:
    """Return the ts of the message if an earlier, uncertain try got through (needs im:history)."""
    try:
        found = client.conversations_history(channel=channel, include_all_metadata=True, limit=20)
    except SlackApiError as error:
        if code_of(error) != "missing_scope":
            raise
        if delivery.kind is DeliveryKind.DIGEST:
            raise Permanent(NOBODY_KNOWS) from error
        return None
    messages: list[dict[str, Any]] = found["messages"]
    mark = _mark(delivery)
    return next((str(one["ts"]) for one in messages if one.get("metadata") == mark), None)


def _mark(delivery: Delivery) -> dict[str, Any]:
    return {"event_type": "saleslog_delivery", "event_payload": {"delivery": str(delivery.id)}}
