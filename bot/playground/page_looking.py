"""What a browser may look at: the page, its parts, what changed, payloads, files."""

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse

from bot.playground.page_drawer import drawer_of, payload, pretty
from bot.playground.page_levers import Levers
from bot.playground.page_scene import Scene
from bot.playground.page_stream import stream
from bot.playground.page_templates import Templates
from bot.playground.shapes import SlackError

if TYPE_CHECKING:
    from bot.playground.server import Server

_PARTS = frozenset({"bar", "side", "conversation", "home", "modal"})
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_STREAMED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Looking:
    def __init__(self, server: "Server", levers: Levers, templates: Templates) -> None:
        self._server = server
        self._levers = levers
        self._templates = templates

    def page(self, request: Request) -> Response:
        html = self._templates.render("page.html", {"scene": self._scene(request)})
        return HTMLResponse(html, headers=_HEADERS)

    def part(self, request: Request) -> Response:
        """One part of the page as it is now, to be put in the place of the old one."""
        part = request.path_params["part"]
        scene = self._scene(request)
        if part == "drawer":
            drawer = drawer_of(self._server.workspace.journal, scene.reader)
            return HTMLResponse(self._templates.render("drawer.html", {"drawer": drawer}), headers=_HEADERS)
        if part not in _PARTS:
            return PlainTextResponse("No such part.", 404)
        return HTMLResponse(self._templates.render(f"{part}.html", {"scene": scene}), headers=_HEADERS)

    async def changes(self, request: Request) -> Response:
        scene = await run_in_threadpool(self._scene, request)
        changes = stream(self._server.workspace, scene.me.id, scene.where)
        return StreamingResponse(changes, headers=_STREAMED, media_type="text/event-stream")

    def entry(self, request: Request) -> Response:
        record = payload(self._server.workspace.journal, request.path_params["key"])
        if record is None:
            return PlainTextResponse("No such payload.", 404)
        return PlainTextResponse(pretty(record), headers=_HEADERS)

    def file(self, request: Request) -> Response:
        """Always as a download, so that no file of the app runs as a page of ours."""
        try:
            file = self._server.workspace.files.file(request.path_params["id"])
        except SlackError:
            return PlainTextResponse("No such file.", 404)
        name = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return Response(
            file.content, headers={**_HEADERS, "Content-Disposition": name}, media_type=file.mimetype
        )

    def _scene(self, request: Request) -> Scene:
        query = request.query_params
        return Scene(self._server, self._levers, query.get("as", ""), query.get("in", ""))
