"""Stands in front of Bolt in HTTP mode: lets in what Slack signed and Bolt can read (`reliability.md` 7)."""

import hashlib
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from starlette.types import Receive, Scope, Send

from bot.clock import Clock
from bot.envelopes import Unreadable, opened
from bot.limits import Headers, Refused, check_length, read_body
from bot.replays import Replays

LARGEST_BYTES = 256 * 1024
OLDEST = timedelta(seconds=300)
_NOT_ALLOWED = 405
_SERVER_ERROR = 500
_TIMESTAMP = re.compile(rb"[0-9]{1,12}")
_TYPES = frozenset({"application/json", "application/x-www-form-urlencoded"})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """A request of Slack's, opened: its fields, and the headers that tell of retries."""

    body: dict[str, Any]
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to Slack."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = field(default=())


class Guard:
    """An ASGI application that passes letters on to `answer`."""

    def __init__(
        self,
        answer: Callable[[Letter], Awaitable[Answer]],
        secret: str,
        clock: Clock,
        refused: Callable[[str], None],
    ) -> None:
        self._answer = answer
        self._secret = secret.encode()
        self._clock = clock
        self._refused = refused
        self._replays: Replays[Answer] = Replays(clock)
        self._complaints = Complaints(clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            answer = await self._heard(scope, receive)
        except Refused as refusal:
            self._refused(refusal.reason)
            self._complaints.note(refusal)
            answer = Answer(refusal.status, refusal.reason.encode(), _hint(refusal.status))
        await _send(send, answer)

    async def _heard(self, scope: Scope, receive: Receive) -> Answer:
        headers = dict(scope["headers"])
        content_type = _door(str(scope["method"]), headers)
        raw = await read_body(receive, LARGEST_BYTES)
        check_signature(raw, headers, self._secret, self._clock.now())
        letter = Letter(_opened(raw, content_type), _told(headers))
        key = hashlib.sha256(headers[b"x-slack-request-timestamp"] + b":" + raw).digest()
        answer = await self._replays.once(key, lambda: self._answer(letter))
        if answer.status >= _SERVER_ERROR:
            self._replays.forget(key)
        return answer


class Complaints:
    """One line a minute for each reason, however many requests are refused."""

    def __init__(self, clock: Clock, every: timedelta = timedelta(minutes=1)) -> None:
        self._clock = clock
        self._every = every
        self._last: dict[str, datetime] = {}
        self._unsaid: dict[str, int] = {}

    def note(self, refusal: Refused) -> None:
        """Count a refusal, and say it when this reason was not said lately."""
        now, reason = self._clock.now(), refusal.reason
        count = self._unsaid[reason] = self._unsaid.get(reason, 0) + 1
        if reason in self._last and now - self._last[reason] < self._every:
            return
        _log.warning("refused a request (%s): %s, %s times", refusal.status, reason, count)
        self._last[reason] = now
        self._unsaid[reason] = 0


@dataclass(frozen=True, slots=True)
class Seal:
    """In which headers the time and the signature of a request stand."""

    timestamp: bytes
    signature: bytes


SLACKS = Seal(b"x-slack-request-timestamp", b"x-slack-signature")


def check_signature(raw: bytes, headers: Headers, secret: bytes, now: datetime, seal: Seal = SLACKS) -> None:
    """Let pass what was signed with our secret within five minutes; takes the same time for every signature.

    Raises:
        Refused: everything else.
    """
    written = headers.get(seal.timestamp, b"")
    if not _TIMESTAMP.fullmatch(written):
        raise Refused(401, "no timestamp")
    if abs(now.timestamp() - int(written)) > OLDEST.total_seconds():
        raise Refused(401, "stale timestamp")
    right = "v0=" + hmac.new(secret, b"v0:" + written + b":" + raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(right.encode(), headers.get(seal.signature, b"")):
        raise Refused(401, "forged signature")


def _door(method: str, headers: Headers) -> str:
    """Return the type of what is posted; refuse what can be refused before anything is read."""
    if method != "POST":
        raise Refused(_NOT_ALLOWED, "not a POST")
    content_type = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
    if content_type not in _TYPES:
        raise Refused(415, "neither JSON nor a form")
    check_length(headers, LARGEST_BYTES)
    return content_type


def _opened(raw: bytes, content_type: str) -> dict[str, Any]:
    try:
        return opened(raw, content_type)
    except Unreadable as unreadable:
        raise Refused(400, str(unreadable)) from None


def _told(headers: Headers) -> dict[str, str]:
    told = ("x-slack-retry-num", "x-slack-retry-reason")
    return {name: headers[name.encode()].decode("latin-1") for name in told if name.encode() in headers}


def _hint(status: int) -> tuple[tuple[bytes, bytes], ...]:
    return ((b"allow", b"POST"),) if status == _NOT_ALLOWED else ()


async def _send(send: Send, answer: Answer) -> None:
    length = (b"content-length", str(len(answer.body)).encode())
    await send({"type": "http.response.start", "status": answer.status, "headers": [*answer.headers, length]})
    await send({"type": "http.response.body", "body": answer.body})
