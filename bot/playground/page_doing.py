"""What a browser may do: acts of people, uploads, suggestions, and the levers of the top bar."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.playground.acts import NoSuchElementError, Outcome
from bot.playground.page_acts import ACTS
from bot.playground.page_choices import groups_of
from bot.playground.page_gestures import Gesture, gesture_of
from bot.playground.page_levers import HOUR, WEEK, Levers, Weather, change_weather, until_morning
from bot.playground.page_reader import reader_of
from bot.playground.page_templates import Templates
from bot.playground.shapes import Json, SlackError

if TYPE_CHECKING:
    from bot.playground.server import Server

_GONE = 409


class Doing:
    def __init__(self, server: "Server", levers: Levers, templates: Templates) -> None:
        self._server = server
        self._levers = levers
        self._templates = templates

    async def act(self, request: Request) -> Response:
        act = ACTS.get(request.path_params["act"])
        if act is None:
            return _refusal("unknown_act", 404)

        def done(gesture: Gesture) -> Response:
            return _told(act(self._server.acts, gesture))

        return await self._performed(request, done)

    async def suggest(self, request: Request) -> Response:
        """Options for an external select, as list items."""
        return await self._performed(request, self._suggestions)

    async def upload(self, request: Request) -> Response:
        """Multipart: `as` and one `file`; answers the file's id."""
        async with request.form() as form:
            user, file = str(form.get("as", "")), form.get("file")
            if file is None or isinstance(file, str):
                return _refusal("no_file", 400)
            content, name, kind = await file.read(), file.filename or "file", file.content_type or ""
        file_id = await run_in_threadpool(
            self._server.acts.upload, user, name, content, kind or "application/octet-stream"
        )
        return JSONResponse({"id": file_id, "name": name})

    async def pull(self, request: Request) -> Response:
        """A lever of the top bar."""

        def pulled(gesture: Gesture) -> Response:
            return self._pulled(request.path_params["lever"], gesture)

        return await self._performed(request, pulled)

    async def _performed(self, request: Request, deed: Callable[[Gesture], Response]) -> Response:
        """Acts block until the app answered, so they run in a thread."""
        try:
            gesture = gesture_of(await request.json(), self._server.workspace)
        except (ValueError, KeyError, TypeError, AttributeError, SlackError):
            return _refusal("invalid_gesture", 400)
        try:
            return await run_in_threadpool(deed, gesture)
        except (NoSuchElementError, SlackError):
            return _refusal("gone", _GONE)

    def _suggestions(self, gesture: Gesture) -> Response:
        outcome = self._server.acts.suggest(
            gesture.user, gesture.place, gesture.block_id, gesture.action_id, gesture.text
        )
        if outcome.error:
            return _refusal(outcome.error, 502)
        held = list(gesture.chosen.get("held") or ())
        return HTMLResponse(self._templates.options(groups_of(outcome.response or {}), gesture.name, held))

    def _pulled(self, lever: str, gesture: Gesture) -> Response:
        if lever == "lose":
            self._server.acts.lose(gesture.user)
        elif lever == "weather" and gesture.name in list(Weather):
            change_weather(self._server.faults, Weather(gesture.name))
        elif lever == "restart" and self._levers.restart_bot:
            self._levers.restart_bot()
        elif lever in _SHIFTS and self._levers.shift_clock:
            self._levers.shift_clock(self._shift(lever, gesture.user))
        else:
            return _refusal("unknown_lever", 404)
        return JSONResponse({"error": None})

    def _shift(self, lever: str, user: str) -> float:
        fixed = _SHIFTS[lever]
        return until_morning(reader_of(self._server.workspace, user)) if fixed is None else fixed


_SHIFTS: dict[str, float | None] = {"hour": HOUR, "week": WEEK, "morning": None}


def _told(outcome: Outcome | None) -> Response:
    if outcome is None:
        return JSONResponse({"error": None, "errors": {}})
    return JSONResponse({"error": outcome.error, "errors": outcome.errors})


def _refusal(error: str, status: int) -> Response:
    body: Json = {"error": error}
    return JSONResponse(body, status)
