"""What every HTTP door takes: so much at once, within so many seconds, so often (`reliability.md` 7)."""

import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

import anyio
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.clock import Clock

BODY_SECONDS = 5
MOST_KEYS = 10_000
TOO_OFTEN = "too many requests"

Headers = Mapping[bytes, bytes]


class Refused(Exception):  # noqa: N818 - the request is at fault, not we
    """Not let in: the status to answer, the reason for the log, and the seconds to wait where that helps."""

    def __init__(self, status: int, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests at once, and so many a second in the long run."""

    at_once: int
    per_second: float


class _Bucket(NamedTuple):
    tokens: float
    at: datetime


class Buckets:
    """A bucket of tokens for each key, in memory; each request takes one, time fills them again."""

    def __init__(self, clock: Clock, rate: Rate, most: int = MOST_KEYS) -> None:
        self._clock = clock
        self._rate = rate
        self._most = most
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> float:
        """Take a token; return 0 where there was one, else the seconds until there is."""
        with self._lock:
            now = self._clock.now()
            tokens = self._filled(key, now)
            wait = 0.0 if tokens >= 1 else (1 - tokens) / self._rate.per_second
            self._buckets[key] = _Bucket(tokens if wait else tokens - 1, now)
            self._buckets.move_to_end(key)
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            return wait

    def admit(self, key: str) -> None:
        """Take a token.

        Raises:
            Refused: there is none (429), with the seconds to wait.
        """
        wait = self.take(key)
        if wait:
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, TOO_OFTEN, wait)

    def _filled(self, key: str, now: datetime) -> float:
        bucket = self._buckets.get(key)
        if bucket is None:
            return float(self._rate.at_once)
        passed = max(0.0, (now - bucket.at).total_seconds())
        return min(float(self._rate.at_once), bucket.tokens + passed * self._rate.per_second)


class Turnstile:
    """An ASGI application that lets each address through to another one so often."""

    def __init__(self, inner: ASGIApp, buckets: Buckets, refused: Callable[[str], None]) -> None:
        self._inner = inner
        self._buckets = buckets
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or say when to come again."""
        wait = self._buckets.take(address(scope))
        if not wait:
            return await self._inner(scope, receive, send)
        self._refused(TOO_OFTEN)
        answer = PlainTextResponse(TOO_OFTEN, HTTPStatus.TOO_MANY_REQUESTS, retry_after(wait))
        return await answer(scope, receive, send)


def address(scope: Scope) -> str:
    """Return where a request comes from; behind a proxy on this machine, what that says of it."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def retry_after(wait: float) -> dict[str, str]:
    """Return the header that says when to come again, in whole seconds."""
    return {"retry-after": str(max(1, math.ceil(wait)))}


def check_length(headers: Headers, most: int) -> None:
    """Let pass what says that it has at most so many bytes, or says nothing.

    Raises:
        Refused: it says more (413).
    """
    length = headers.get(b"content-length", b"0")
    if length.isdigit() and (len(length) > len(str(most)) or int(length) > most):
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")


async def read_body(receive: Receive, most: int) -> bytes:
    """Return the body, as far as it is not too large and does not dawdle.

    Raises:
        Refused: it has more than `most` bytes (413), takes over five seconds (408), or breaks off (400).
    """
    raw = bytearray()
    try:
        with anyio.fail_after(BODY_SECONDS):
            while await _more(receive, raw, most):
                pass
    except TimeoutError:
        raise Refused(HTTPStatus.REQUEST_TIMEOUT, "too slow") from None
    return bytes(raw)


async def _more(receive: Receive, raw: bytearray, most: int) -> bool:
    message = await receive()
    if message["type"] != "http.request":
        raise Refused(HTTPStatus.BAD_REQUEST, "broken off")
    raw += message.get("body", b"")
    if len(raw) > most:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
    return bool(message.get("more_body", False))
