"""Hears Slack over Socket Mode, and stops without losing an answer."""

import threading
import time

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

WORKERS = 60
PING_SECONDS = 10.0
CONNECT_SECONDS = 10.0
FINISH_SECONDS = 5.0
_LOOK_SECONDS = 0.05


class SocketMode:
    """One connection to Slack; when Slack closes it, another one takes its place."""

    def __init__(self, bolt: App, app_token: str) -> None:
        self._handler = SocketModeHandler(bolt, app_token, ping_interval=PING_SECONDS, concurrency=WORKERS)
        self._client = self._handler.client
        self._client.socket_mode_request_listeners[:] = [self._hear]
        self._turn = threading.Condition()
        self._heard = 0
        self._closing = False

    @property
    def alive(self) -> bool:
        """Whether Slack can reach us now."""
        return bool(self._client.is_connected())

    def open(self) -> None:
        """Connect; returns when Slack can reach us, or after ten seconds of trying.

        Raises:
            SlackApiError: Slack refuses the app-level token.
        """
        answer = self._client.web_client.apps_connections_open(app_token=self._client.app_token)
        self._client.wss_uri = str(answer["url"])
        self._client.connect()
        until = time.monotonic() + CONNECT_SECONDS
        while not self.alive and time.monotonic() < until:
            time.sleep(_LOOK_SECONDS)

    def close(self) -> None:
        """Take nothing more, let what was taken be answered (five seconds at most), then disconnect."""
        with self._turn:
            self._closing = True
            self._turn.wait_for(lambda: self._heard == 0, FINISH_SECONDS)
        self._client.close()

    def _hear(self, _client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        with self._turn:
            if self._closing:
                return
            self._heard += 1
        try:
            self._handler.handle(self._client, request)
        finally:
            with self._turn:
                self._heard -= 1
                self._turn.notify_all()
