"""Serves an ASGI application with uvicorn in a thread of its own."""

import logging
import socket
import threading

import uvicorn
from starlette.types import ASGIApp

FINISH_SECONDS = 5
_BACKLOG = 1024
_log = logging.getLogger(__name__)


class Serving:
    """An application on a port."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=FINISH_SECONDS,
        )
        self._server = uvicorn.Server(config)
        self._address = (host, port)
        self._thread: threading.Thread | None = None
        self.port = port

    @property
    def alive(self) -> bool:
        """Whether requests are taken."""
        return self._thread is not None and self._thread.is_alive()

    def open(self) -> None:
        """Take the port, and requests from now on.

        Raises:
            OSError: somebody else has the port.
        """
        family = socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
        door = socket.create_server(self._address, family=family, backlog=_BACKLOG)
        self.port = door.getsockname()[1]
        self._thread = threading.Thread(target=self._server.run, args=([door],), name="http", daemon=True)
        self._thread.start()
        _log.info("listening on %s:%s", self._address[0], self.port)

    def close(self) -> None:
        """Take no more requests, let those that run be answered (five seconds at most)."""
        self._server.should_exit = True
        if self._thread is not None:
            self._thread.join()
