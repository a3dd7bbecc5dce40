import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient

from bot.playground.seeds import demo_workspace
from bot.playground.server import Server

MANIFEST = {
    "display_information": {"name": "Sample"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [
            {"command": "/form", "description": "A form", "should_escape": True},
            {"command": "/raw", "description": "Text as typed"},
        ],
        "shortcuts": [
            {"name": "From anywhere", "type": "global", "callback_id": "anywhere", "description": "x"},
            {"name": "From a message", "type": "message", "callback_id": "this_message", "description": "x"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": ["commands", "chat:write", "im:write", "users:read", "users:read.email"],
            "bot_optional": [
                "im:history",
                "channels:read",
                "files:read",
                "files:write",
                "dnd:read",
                "usergroups:read",
                "team:read",
                "im:read",
            ],
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["app_home_opened", "user_change", "message.im"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


@pytest.fixture
def slack() -> Iterator[Server]:
    with Server(MANIFEST, demo_workspace()) as server:
        yield server


@pytest.fixture
def client(slack: Server) -> WebClient:
    return WebClient(token=slack.workspace.app.bot_token, base_url=f"{slack.url}/api/", retry_handlers=[])


@pytest.fixture
def app(client: WebClient) -> Iterator[App]:
    with ThreadPoolExecutor(20) as executor:
        yield App(client=client, signing_secret="secret", listener_executor=executor)


Connect = Callable[[], SocketModeHandler]


@pytest.fixture
def connect(slack: Server, app: App) -> Iterator[Connect]:
    handlers: list[SocketModeHandler] = []

    def connected() -> SocketModeHandler:
        before = slack.sockets.connected
        handler = SocketModeHandler(app, slack.workspace.app.app_token, ping_interval=0.2)
        handlers.append(handler)
        handler.connect()
        assert slack.workspace.wait_for(lambda: slack.sockets.connected > before)
        return handler

    yield connected
    _end(slack, handlers)


def _end(slack: Server, handlers: list[SocketModeHandler]) -> None:
    """Closed from the bot's side, websocket-client may linger in select() for ten seconds.

    Closed by the server, it forgets its sockets without closing them.
    """
    clients = [handler.client for handler in handlers]
    for client in clients:
        client.auto_reconnect_enabled = False
    raw = [client.current_session.sock.sock for client in clients if client.is_connected()]
    slack.sockets.drop()
    slack.workspace.wait_for(lambda: not any(client.is_connected() for client in clients))
    for one in raw:
        one.close()
    for handler in handlers:
        threading.Thread(target=handler.close).start()
