"""The playground over HTTP: an app for Starlette, and a server that runs it in a thread."""

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.playground.acts import Acts
from bot.playground.delivery import Delivery
from bot.playground.events import Happenings
from bot.playground.faults import Faults
from bot.playground.guard import LoopbackOnly
from bot.playground.journal import Call, Sent
from bot.playground.manifest import Manifest
from bot.playground.methods.call import Desk
from bot.playground.payloads import Payloads
from bot.playground.shapes import Json
from bot.playground.sockets import Sockets
from bot.playground.state import Workspace
from bot.playground.transfers import Transfers
from bot.playground.weather import Weather
from bot.playground.webapi import WebApi

_BOTH = ["GET", "POST"]
_START_PATIENCE = 10.0


def create_app(
    desk: Desk, sockets: Sockets, faults: Faults, page_routes: Sequence[BaseRoute] = ()
) -> Starlette:
    """Slack's side of the wire, and the page when its routes are given."""
    weather = Weather(faults, desk.workspace.journal)
    transfers = Transfers(desk, weather)
    routes = [
        Route("/api/{method}", WebApi(desk, weather).endpoint, methods=_BOTH),
        Route("/actions/{team}/{number}/{secret}", transfers.response_url, methods=["POST"]),
        Route("/upload/v1/{file}", transfers.upload, methods=["POST"]),
        Route("/files-pri/{key}/{name:path}", transfers.download),
        WebSocketRoute("/link/", sockets.serve),
        *page_routes,
    ]
    return Starlette(routes=routes, middleware=[Middleware(LoopbackOnly)])


class Server:
    """A workspace on a loopback port.

    `manifest` is the parsed app manifest; `scopes` the granted ones, by default all that it asks for.
    Payloads go out over Socket Mode unless another `delivery` is given. `page` makes the page's routes.
    """

    def __init__(
        self,
        manifest: Json,
        workspace: Workspace,
        scopes: frozenset[str] | None = None,
        delivery: Delivery | None = None,
        page: "Callable[[Server], Sequence[BaseRoute]] | None" = None,
    ) -> None:
        self.manifest = Manifest.read(manifest)
        self.workspace = workspace
        self.faults = Faults()
        self.sockets = Sockets(workspace)
        self.acts = Acts(workspace, self.manifest, delivery or self.sockets)
        self._scopes = self.manifest.scopes if scopes is None else scopes
        self._page = page
        self._socket: socket.socket | None = None
        self._uvicorn: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Without a slash at its end; the Web API lies under `/api/`."""
        return self.workspace.address

    @property
    def calls(self) -> list[Call]:
        """Every call of the bot: Web API, response URLs, uploads, downloads."""
        return self.workspace.journal.calls

    @property
    def sent(self) -> list[Sent]:
        """Every payload that went to the bot, with its acknowledgement."""
        return self.workspace.journal.sent

    def start(self, port: int = 0) -> Self:
        """Listens on the loopback `port`, any free one for 0."""
        self._socket = socket.create_server(("127.0.0.1", port))
        self.workspace.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._uvicorn = uvicorn.Server(self._config())
        self._thread = threading.Thread(target=self._run, name="playground", daemon=True)
        self._thread.start()
        deadline = time.monotonic() + _START_PATIENCE
        while not self._uvicorn.started and time.monotonic() < deadline:
            time.sleep(0.005)
        return self

    def stop(self) -> None:
        if self._uvicorn and self._thread and self._socket:
            self.sockets.drop()
            self._uvicorn.should_exit = True
            self._thread.join(_START_PATIENCE)
            self._socket.close()

    def __enter__(self) -> Self:
        return self if self._thread else self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def desk(self) -> Desk:
        payloads = Payloads(self.workspace, self.manifest)
        happenings = Happenings(self.workspace, self.manifest, payloads, self.acts.post)
        return Desk(self.workspace, self.manifest, self._scopes, payloads, happenings, self.sockets.issue_url)

    def app(self) -> Starlette:
        routes = self._page(self) if self._page else ()
        return create_app(self.desk(), self.sockets, self.faults, routes)

    def _config(self) -> uvicorn.Config:
        return uvicorn.Config(
            self.app(),
            log_level=logging.CRITICAL,
            lifespan="off",
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )

    def _run(self) -> None:
        if self._uvicorn and self._socket:
            with contextlib.suppress(SystemExit):
                self._uvicorn.run(sockets=[self._socket])
