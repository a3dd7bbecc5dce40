"""Lets the faults of the day fall on a call."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot.playground.faults import FaultKind, Faults
from bot.playground.journal import Journal


class BrokenOff(Response):
    """A connection that ends in the middle of the answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


class Weather:
    def __init__(self, faults: Faults, journal: Journal) -> None:
        self._faults = faults
        self._journal = journal

    async def around(
        self, name: str, request: Request, answered: Callable[[], Awaitable[Response]]
    ) -> Response:
        """The answer to the call `name`, or what the faults make of it."""
        met = self._faults.meet(name)
        if FaultKind.SLOW in met:
            await asyncio.sleep(met[FaultKind.SLOW].seconds)
        if FaultKind.RATE_LIMITED in met:
            return self._refused(name, 429, int(met[FaultKind.RATE_LIMITED].seconds))
        if FaultKind.BROKEN in met:
            return self._refused(name, 500)
        if FaultKind.SILENT in met:
            return await _silence(request)
        answer = await answered()
        return BrokenOff() if FaultKind.LOST_REPLY in met else answer

    def _refused(self, name: str, status: int, retry_after: int = 0) -> Response:
        error = {"ok": False, "error": "ratelimited" if retry_after else "internal_error"}
        self._journal.refused(name, error, status)
        if retry_after:
            return JSONResponse(error, 429, {"Retry-After": str(retry_after)})
        return PlainTextResponse("upstream connect error", status)


async def _silence(request: Request) -> Response:
    message = await request.receive()
    while message["type"] != "http.disconnect":
        message = await request.receive()
    return Response(status_code=504)
