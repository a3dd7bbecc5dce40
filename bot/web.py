"""The bot's HTTP side: Slack's requests in HTTP mode, health, metrics."""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

import anyio
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from prometheus_client import CONTENT_TYPE_LATEST
from slack_bolt import BoltRequest, BoltResponse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, request_response

from bot.clock import Clock
from bot.guard import Answer, Guard, Letter
from bot.limits import Buckets, Rate, Turnstile
from bot.metrics import Metrics
from handlers.payloads import Malformed, check

EVENTS = "/slack/events"
WORKERS = 60
SEARCHERS = 2
"""Searches asked at every letter typed are heard two at a time: more would only take each other's turns."""
INSPECTIONS = Rate(at_once=50, per_second=10)
"""How often one address may ask how the bot is."""
_HEALTH_SECONDS = 3
_OK = "ok"
_log = logging.getLogger(__name__)

Dispatch = Callable[[BoltRequest], BoltResponse]
Parts = Callable[[], Mapping[str, bool]]


@dataclass(frozen=True, slots=True)
class SlackDoor:
    """What is needed to hear Slack by HTTP."""

    dispatch: Dispatch
    secret: str
    clock: Clock


def with_slack(door: SlackDoor, parts: Parts, metrics: Metrics, others: Sequence[Route] = ()) -> Starlette:
    """Return the application of HTTP mode; `others` are doors that are open beside Slack's."""
    guard = Guard(_answering(door.dispatch, metrics), door.secret, door.clock, metrics.refused)
    return Starlette(routes=[Route(EVENTS, guard), *others, *_inspections(parts, metrics, door.clock)])


def without_slack(parts: Parts, metrics: Metrics, clock: Clock, others: Sequence[Route] = ()) -> Starlette:
    """Return health and metrics, for Socket Mode; `others` are doors that are open beside them."""
    return Starlette(routes=[*others, *_inspections(parts, metrics, clock)])


def _answering(dispatch: Dispatch, metrics: Metrics) -> Callable[[Letter], Awaitable[Answer]]:
    """Let Bolt answer in a thread: it blocks until the listener has acknowledged."""
    workers, searchers = CapacityLimiter(WORKERS), CapacityLimiter(SEARCHERS)

    async def answer(letter: Letter) -> Answer:
        began = time.perf_counter()
        lane = searchers if letter.body.get("type") == "block_suggestion" else workers
        answered = await run_sync(_answer_to, letter, dispatch, limiter=lane)
        metrics.answered(answered.status, time.perf_counter() - began)
        return answered

    return answer


def _answer_to(letter: Letter, dispatch: Dispatch) -> Answer:
    """Bring a letter to Bolt; what Slack can't have sent is acknowledged at once, as in Socket Mode."""
    try:
        check(letter.body)
    except Malformed as malformed:
        _log.warning("malformed: %s", malformed)
        return Answer(HTTPStatus.OK)
    return _answer(dispatch(_request(letter)))


def _request(letter: Letter) -> BoltRequest:
    """Return the letter as Bolt wants it.

    The guard has verified and read it. Bolt would read it again and lose a command whose text has the word
    "payload" in it; as in Socket Mode it takes the fields as they are.
    """
    return BoltRequest(body=letter.body, headers=dict(letter.headers), mode="socket_mode")


def _answer(response: BoltResponse) -> Answer:
    headers = response.first_headers_without_set_cookie()
    written = tuple((name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items())
    return Answer(response.status, response.body.encode(errors="replace"), written)


def _inspections(parts: Parts, metrics: Metrics, clock: Clock) -> list[Route]:
    """Return what those ask who look after the bot: is there anybody, is it well, what did it do."""
    buckets = Buckets(clock, INSPECTIONS)

    async def live(_request: Request) -> Response:
        return JSONResponse({"process": _OK})

    async def ready(_request: Request) -> Response:
        alive = await _alive(parts)
        status = HTTPStatus.OK if all(alive.values()) else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({name: _OK if ok else "down" for name, ok in alive.items()}, status)

    async def exposition(_request: Request) -> Response:
        for name, ok in (await _alive(parts)).items():
            metrics.alive(name, alive=ok)
        return Response(await run_sync(metrics.exposition), media_type=CONTENT_TYPE_LATEST)

    answers = {"/health": ready, "/health/live": live, "/health/ready": ready, "/metrics": exposition}
    return [
        Route(path, Turnstile(request_response(answer), buckets, metrics.refused), methods=["GET"])
        for path, answer in answers.items()
    ]


async def _alive(parts: Parts) -> Mapping[str, bool]:
    with anyio.move_on_after(_HEALTH_SECONDS):
        return await run_sync(parts, abandon_on_cancel=True)
    return {"answer": False}
