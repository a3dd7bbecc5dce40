"""HTTP beside the Web API: response URLs, uploads, downloads."""

import json

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from bot.playground.answers import post_answer
from bot.playground.arguments import bearer_token
from bot.playground.journal import Call
from bot.playground.methods.call import Desk
from bot.playground.methods.files import sees
from bot.playground.shapes import Json, SlackError
from bot.playground.weather import Weather

LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>"
_GONE = ("expired_url", "used_url")


class Transfers:
    def __init__(self, desk: Desk, weather: Weather) -> None:
        self._desk = desk
        self._weather = weather

    async def response_url(self, request: Request) -> Response:
        return await self._weather.around("response_url", request, lambda: self._answer(request))

    async def upload(self, request: Request) -> Response:
        return await self._weather.around("upload", request, lambda: self._receive(request))

    async def download(self, request: Request) -> Response:
        return await self._weather.around("download", request, lambda: self._hand_out(request))

    async def _answer(self, request: Request) -> Response:
        body = await _json_body(request)
        try:
            with self._desk.workspace.lock:
                url = self._desk.workspace.response_urls.use(request.path_params["secret"])
                post_answer(self._desk.workspace, url, body)
        except SlackError as refusal:
            self._record("response_url", body, refusal.answer())
            return JSONResponse(refusal.answer(), 404 if refusal.error in _GONE else 400)
        self._record("response_url", body, {"ok": True})
        return PlainTextResponse("ok")

    async def _receive(self, request: Request) -> Response:
        content = await _uploaded(request)
        file_id = request.path_params["file"]
        try:
            self._desk.workspace.files.receive(file_id, content)
        except SlackError as refusal:
            return PlainTextResponse(refusal.error, 404)
        self._record("upload", {"file": file_id, "length": len(content)}, {"ok": True})
        return PlainTextResponse(f"OK - {len(content)}")

    async def _hand_out(self, request: Request) -> Response:
        """Whoever may not see the file gets a login page, and status 200."""
        file_id = request.path_params["key"].rpartition("-")[2]
        is_bot = bearer_token(request, {}) == self._desk.workspace.app.bot_token
        try:
            file = self._desk.workspace.files.file(file_id)
        except SlackError:
            return HTMLResponse(LOGIN_PAGE)
        if not is_bot or "files:read" not in self._desk.scopes or not sees(self._desk, file):
            return HTMLResponse(LOGIN_PAGE)
        self._record("download", {"file": file_id}, {"ok": True})
        return Response(file.content, media_type=file.mimetype)

    def _record(self, method: str, args: Json, answer: Json) -> None:
        self._desk.workspace.journal.called(Call(method, args, self._desk.workspace.clock.now(), answer))


async def _json_body(request: Request) -> Json:
    try:
        body = json.loads(await request.body())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


async def _uploaded(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        parts = [value for value in form.values() if not isinstance(value, str)]
        return await parts[0].read() if parts else b""
