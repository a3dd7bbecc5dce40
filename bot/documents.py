"""`POST /documents`: documents that other programs report, signed; and their description at `/openapi.json`."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.clock import Clock
from bot.domain.ids import SlackTeam
from bot.domain.inbox import ArrivalState
from bot.domain.messages import Refusal
from bot.guard import Complaints, Seal, check_signature
from bot.limits import Buckets, Headers, Rate, Refused, address, check_length, read_body, retry_after
from bot.openapi import DOCUMENTS, IDEMPOTENCY, SIGNATURE, TIMESTAMP, description
from bot.posted import Bundle, Problem, Unreadable, arrival_of, opened
from bot.services.documents import Documents, NoWorkspace
from bot.services.inbox import OtherContent, Result

LARGEST_BYTES = 256 * 1024
RATE = Rate(at_once=300, per_second=50)
"""How often one address may post; a list of a hundred is one time."""
WORKERS = 4
"""So many requests are recorded at once: Slack's listeners come first."""
SEAL = Seal(TIMESTAMP.lower().encode(), SIGNATURE.lower().encode())
_HEADER = IDEMPOTENCY.lower().encode()
_KEY = re.compile(rb"[!-~]([ -~]{0,198}[!-~])?")
_STATUS = {
    ArrivalState.RECORDED: "recorded",
    ArrivalState.OPEN: "waiting",
    ArrivalState.IGNORED: "ignored",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsDoor:
    """What is needed to take documents in."""

    documents: Documents
    secret: str
    clock: Clock
    refused: Callable[[str], None]
    rate: Rate = field(default=RATE)


def routes(door: DocumentsDoor) -> list[Route]:
    """Return where documents are taken, and where that is described."""

    async def described(_request: Request) -> Response:
        return JSONResponse(description())

    return [Route(DOCUMENTS, Intake(door)), Route("/openapi.json", described, methods=["GET"])]


class Intake:
    """An ASGI application that records what is posted to it."""

    def __init__(self, door: DocumentsDoor) -> None:
        self._door = door
        self._secret = door.secret.encode()
        self._buckets = Buckets(door.clock, door.rate)
        self._complaints = Complaints(door.clock)
        self._workers = CapacityLimiter(WORKERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        answer = await self._answered(scope, receive)
        await answer(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive) -> Response:
        try:
            raw, key = await self._let_in(scope, receive)
            return await run_sync(self._taken, raw, key, limiter=self._workers)
        except Refused as refusal:
            self._door.refused(refusal.reason)
            self._complaints.note(refusal)
            return _refused(refusal.status, refusal.reason, (), _hint(refusal))

    async def _let_in(self, scope: Scope, receive: Receive) -> tuple[bytes, str]:
        """Return a body that was signed with our secret, and the key in its header; nothing of it is read before."""
        headers = dict(scope["headers"])
        _check_kind(str(scope["method"]), headers)
        self._buckets.admit(address(scope))
        raw = await read_body(receive, LARGEST_BYTES)
        check_signature(raw, headers, self._secret, self._door.clock.now(), SEAL)
        key = headers.get(_HEADER, b"")
        if key and not _KEY.fullmatch(key):
            raise Refused(400, "an unreadable key")
        return raw, key.decode("ascii")

    def _taken(self, raw: bytes, key: str) -> Response:
        """Record a body's documents, in a thread of its own."""
        documents = self._door.documents
        try:
            bundle = opened(raw, documents.today)
            return _told(bundle, self._recorded(bundle, key))
        except Unreadable as unreadable:
            return _refused(422, "not as described in /openapi.json", unreadable.problems)
        except OtherContent as other:
            problem = Problem("key", f"Something else came with the key {other.key!r} before")
            return _refused(409, "a key that was used for something else", (problem,))
        except NoWorkspace as unknown:
            return _refused(409, unknown.message.text, (Problem("workspace", unknown.message.text),))
        except Refusal as refusal:
            return _refused(503, refusal.message.text, (), {"retry-after": "1"})

    def _recorded(self, bundle: Bundle, key: str) -> Sequence[Result]:
        documents = self._door.documents
        if key and bundle.listed:
            raise Unreadable([Problem(IDEMPOTENCY, "A list gives each document a key of its own")])
        teams = {one.workspace for one in bundle.documents}
        if len(teams) > 1:
            raise Unreadable([Problem("workspace", "All documents of a list belong to one workspace")])
        team = next(iter(teams))
        came = [arrival_of(one, key, documents.today) for one in bundle.documents]
        return documents.take_in(SlackTeam(team) if team else None, came)


def _check_kind(method: str, headers: Headers) -> None:
    if method != "POST":
        raise Refused(405, "not a POST")
    kind = headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(415, "not JSON")
    check_length(headers, LARGEST_BYTES)


def _told(bundle: Bundle, results: Sequence[Result]) -> Response:
    told = [_answer(one) for one in results]
    return _json(200, told if bundle.listed else told[0])


def _answer(result: Result) -> Mapping[str, Any]:
    kept = result.kept
    reason = {"reason": kept.reason.value} if kept.reason else {}
    status = _STATUS[kept.state]
    unknown = {"unknown": list(result.unknown)} if result.unknown else {}
    return (
        {"id": str(kept.id), "key": kept.key, "status": status, "repeated": result.repeated}
        | reason
        | unknown
    )


def _refused(
    status: int, reason: str, problems: Sequence[Problem], headers: Mapping[str, str] | None = None
) -> Response:
    told = [{"field": one.field, "reason": one.reason} for one in problems]
    return _json(status, {"reason": reason, "problems": told}, headers)


def _hint(refusal: Refused) -> Mapping[str, str]:
    allowed = {"allow": "POST"} if refusal.status == 405 else {}  # noqa: PLR2004 - HTTP
    return allowed | (retry_after(refusal.wait) if refusal.wait else {})


def _json(status: int, told: object, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer; keys that came in may hold what only ASCII writes safely."""
    return Response(json.dumps(told), status, headers, media_type="application/json")
