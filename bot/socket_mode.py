"""Hears Slack over Socket Mode, and stops without losing an answer."""

import logging
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from websocket import WebSocket, WebSocketApp, WebSocketException

from handlers.payloads import Malformed, check

WORKERS = 60
PING_SECONDS = 10.0
CONNECT_SECONDS = 10.0
FINISH_SECONDS = 5.0
FAREWELL_SECONDS = 1.0
AT_ONCE_SECONDS = 1.0
"""Where nobody listens Bolt says "not found" at once; where a listener was too slow, after three seconds."""
_LOOK_SECONDS = 0.02
_log = logging.getLogger(__name__)

Answered = Callable[[int, float], None]
"""Is told of each request the status of its answer, and the seconds until it was sent."""


class SocketMode:
    """One connection to Slack; when Slack closes it, another one takes its place."""

    def __init__(self, bolt: App, app_token: str, answered: Answered) -> None:
        self._handler = SocketModeHandler(bolt, app_token, ping_interval=PING_SECONDS, concurrency=WORKERS)
        self._client = self._handler.client
        self._client.socket_mode_request_listeners[:] = [self._hear]
        self._client.on_open_listeners.append(self._opened)
        self._line: WebSocket | None = None
        self._turn = threading.Condition()
        self._heard = 0
        self._closing = False
        self._answered = answered

    @property
    def alive(self) -> bool:
        """Whether Slack can reach us now."""
        session = self._client.current_session
        return (
            self._line is not None
            and self._line.connected
            and session is not None
            and session.sock is self._line
        )

    def open(self) -> None:
        """Connect; returns when Slack can reach us, or after ten seconds of trying.

        Raises:
            SlackApiError: Slack refuses the app-level token.
        """
        answer = self._client.web_client.apps_connections_open(app_token=self._client.app_token)
        self._client.wss_uri = str(answer["url"])
        self._connect_unwatched()
        _wait_until(lambda: self.alive, CONNECT_SECONDS)
        self._client.current_app_monitor.start()

    def close(self) -> None:
        """Take nothing more, let what was taken be answered (five seconds at most), then disconnect."""
        with self._turn:
            if self._closing:
                return
            self._closing = True
            self._turn.wait_for(lambda: self._heard == 0, FINISH_SECONDS)
        hanging_up = threading.Thread(target=self._hang_up, name="hang up", daemon=True)
        hanging_up.start()
        hanging_up.join(FINISH_SECONDS)

    def _hang_up(self) -> None:
        """Say farewell and let the reading thread end the session; it would sleep on through a bare close."""
        self._client.auto_reconnect_enabled = False
        self._client.logger = _silent()
        for farewell in (self._say_goodbye, self._cut):
            if self._client.is_connected():
                with suppress(OSError, WebSocketException):
                    farewell()
                _wait_until(lambda: not self._client.is_connected(), FAREWELL_SECONDS)
        self._let_go()
        self._client.close()

    def _say_goodbye(self) -> None:
        """Ask Slack to end the session; its answer wakes the reading thread."""
        if self._line is not None:
            self._line.send_close()

    def _cut(self) -> None:
        """End the session without Slack; this wakes the reading thread too."""
        if self._line is not None and self._line.sock is not None:
            self._line.sock.shutdown(socket.SHUT_RDWR)

    def _opened(self, session: WebSocketApp) -> None:
        self._let_go()
        self._line = session.sock

    def _let_go(self) -> None:
        """Close the line that is no more; the library leaves that to the garbage collector."""
        if self._line is not None and self._line.sock is not None:
            self._line.sock.close()

    def _connect_unwatched(self) -> None:
        """Connect without the client's monitor, which would take the new session for a dead one and replace it."""
        self._client.current_app_monitor_started = True
        self._client.connect()

    def _hear(self, _client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        with self._turn:
            if self._closing:
                return
            self._heard += 1
        try:
            self._bring(request)
        finally:
            with self._turn:
                self._heard -= 1
                self._turn.notify_all()

    def _bring(self, request: SocketModeRequest) -> None:
        """Bring a request to Bolt, unless Slack can't have sent it; whatever nobody listens to is acknowledged too."""
        began, came = time.time(), time.perf_counter()
        try:
            check(request.payload)
        except Malformed as malformed:
            _log.warning("malformed: %s", malformed)
            self._acknowledge(request)
            return self._answered(HTTPStatus.OK, time.perf_counter() - came)
        answer = run_bolt_app(self._handler.app, request)
        if answer.status == HTTPStatus.NOT_FOUND and time.time() - began < AT_ONCE_SECONDS:
            self._acknowledge(request)
        else:
            send_response(self._client, request, answer, began)
        return self._answered(answer.status, time.perf_counter() - came)

    def _acknowledge(self, request: SocketModeRequest) -> None:
        self._client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))


def _wait_until(true: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(_LOOK_SECONDS)


def _silent() -> logging.Logger:
    """Return a logger for the client's last moments: it calls a farewell an error."""
    logger = logging.getLogger(f"{__name__}.farewell")
    logger.setLevel(logging.CRITICAL)
    return logger
