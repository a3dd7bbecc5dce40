import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest
from websocket import WebSocket, WebSocketException, create_connection

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
                *("im:history", "im:read", "channels:read", "dnd:read", "usergroups:read", "team:read"),
                *("files:read", "files:write"),
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
    server = Server(MANIFEST, demo_workspace()).start()
    yield server
    threading.Thread(target=server.stop).start()


@pytest.fixture
def client(slack: Server) -> WebClient:
    return WebClient(token=slack.workspace.app.bot_token, base_url=f"{slack.url}/api/", retry_handlers=[])


@pytest.fixture
def listeners() -> Iterator[Executor]:
    with ThreadPoolExecutor(20) as executor:
        yield executor


@pytest.fixture
def app(client: WebClient, listeners: Executor) -> App:
    return App(client=client, signing_secret="secret", listener_executor=listeners)


Connect = Callable[[], None]


@pytest.fixture
def connect(slack: Server, app: App, listeners: Executor) -> Iterator[Connect]:
    """Connects the app by one more socket; the adapters of Bolt take seconds to come and go."""
    sockets: list[WebSocket] = []

    def connected() -> None:
        token = slack.workspace.app.app_token
        socket = create_connection(app.client.apps_connections_open(app_token=token)["url"])
        sockets.append(socket)
        socket.recv()
        threading.Thread(target=_listen, args=(socket, app, listeners)).start()

    yield connected
    for socket in sockets:
        socket.close()
        socket.shutdown()


def _listen(socket: WebSocket, app: App, listeners: Executor) -> None:
    try:
        while text := socket.recv():
            listeners.submit(_answer, socket, app, text)
    except (WebSocketException, OSError):
        return


def _answer(socket: WebSocket, app: App, text: str | bytes) -> None:
    request = SocketModeRequest.from_dict(json.loads(text))
    if request is None:
        return
    answer = run_bolt_app(app, request)
    if answer.status != 200:
        return
    body = answer.body if isinstance(answer.body, str) else ""
    payload = json.loads(body) if body.startswith("{") else {"text": body}
    socket.send(json.dumps({"envelope_id": request.envelope_id, "payload": payload if body else None}))
