"""Socket Mode and HTTP: who gets what, when, how often, signed by whom."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from slack_bolt import Ack, App
from slack_bolt.request import BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websocket import WebSocketBadStatusException, create_connection

from bot.playground.delivery import EnvelopeKind
from bot.playground.request_url import RequestUrl, SignedRequest
from bot.playground.seeds import EVA, SALES, demo_workspace
from bot.playground.server import Server
from tests.playground.conftest import MANIFEST, Connect
from tests.playground.driving import opened, payload_of, refused
from tests.playground.forms import TEXT, field, modal


def test_two_sockets_one_deliverer(slack: Server, app: App, connect: Connect) -> None:
    heard: list[str] = []

    @app.command("/form")
    def command(ack: Ack, body: dict[str, str]) -> None:
        heard.append(body["text"])
        ack()

    connect()
    connect()
    for n in range(6):
        assert slack.acts.command(EVA, SALES, f"/form {n}").acked
    assert heard == list("012345")
    assert len({sent.connection for sent in slack.sent}) == 2


def test_bot_that_does_not_acknowledge(slack: Server, app: App, connect: Connect) -> None:
    released = threading.Event()
    app.command("/form")(lambda ack: released.wait(5) and ack())
    connect()
    outcome = slack.acts.command(EVA, SALES, "/form")
    released.set()
    assert outcome.error == "operation_timeout"
    assert 2.9 < outcome.seconds < 3.5
    assert slack.workspace.seen_by(EVA, SALES)[-1].text == "/form failed with the error operation_timeout"


def test_what_a_socket_says(slack: Server, client: WebClient) -> None:
    answer = client.apps_connections_open(app_token=slack.workspace.app.app_token)
    socket = create_connection(answer["url"])
    with closing(socket.sock):
        hello = json.loads(socket.recv())
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        asking = threading.Thread(target=slack.acts.command, args=(EVA, SALES, "/form"))
        asking.start()
        envelope = json.loads(socket.recv())
        assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
        socket.send(json.dumps({"envelope_id": envelope["envelope_id"], "payload": {"text": "Hi"}}))
        asking.join()
        assert slack.sent[-1].response == {"text": "Hi"}
        slack.sockets.disconnect("warning")
        assert json.loads(socket.recv())["reason"] == "warning"
        assert slack.sockets.connected == 1
        slack.sockets.disconnect("refresh_requested")
        assert json.loads(socket.recv())["reason"] == "refresh_requested"
        assert not socket.recv()
    with pytest.raises(WebSocketBadStatusException):
        create_connection(answer["url"])


def test_missed_events_are_retried_thrice(slack: Server) -> None:
    assert slack.acts.open_home(EVA)
    attempts = [slack.acts.post.retry_missed_events() for _ in range(4)]
    assert [len(outcomes) for outcomes in attempts] == [1, 1, 1, 0]
    assert len({sent.payload["event_id"] for sent in slack.sent}) == 1


def test_sockets_need_the_app_token(slack: Server, client: WebClient) -> None:
    with pytest.raises(SlackApiError) as bot_token:
        client.apps_connections_open(app_token=slack.workspace.app.bot_token)
    assert refused(bot_token) == "not_allowed_token_type"
    assert client.apps_connections_open(app_token=slack.workspace.app.app_token)["url"].startswith("ws://127")


class _BoltOverHttp(BaseHTTPRequestHandler):
    app: App
    seen_headers: list[dict[str, str]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.seen_headers.append(dict(self.headers))
        answer = self.app.dispatch(BoltRequest(body=body, headers=dict(self.headers)))
        self.send_response(answer.status)
        self.end_headers()
        self.wfile.write((answer.body or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def by_http() -> Iterator[tuple[Server, RequestUrl, type[_BoltOverHttp]]]:
    delivery = RequestUrl("secret")
    with Server(MANIFEST, demo_workspace(), delivery=delivery) as server:
        client = WebClient(token=server.workspace.app.bot_token, base_url=f"{server.url}/api/")
        members = {"app": App(client=client, signing_secret="secret"), "seen_headers": []}
        door = type("Door", (_BoltOverHttp,), members)
        with ThreadingHTTPServer(("127.0.0.1", 0), door) as http:
            threading.Thread(target=http.serve_forever, args=(0.01,)).start()
            delivery.url = f"http://127.0.0.1:{http.server_port}/slack/events"
            yield server, delivery, door
            http.shutdown()


def test_http_delivers_signed_requests(by_http: tuple[Server, RequestUrl, type[_BoltOverHttp]]) -> None:
    server, delivery, door = by_http
    door.app.command("/form")(lambda ack: ack("Heard"))
    door.app.view("form")(lambda ack: ack(response_action="errors", errors={"who": "Nobody"}))
    door.app.event("app_home_opened")(lambda: None)
    assert server.acts.command(EVA, SALES, "/form").acked
    assert server.workspace.seen_by(EVA, SALES)[-1].text == "Heard"
    view = opened(server, door.app.client, modal(field("who", TEXT, optional=True)))
    assert server.acts.submit(EVA, view.id).errors == {"who": "Nobody"}
    home = server.acts.open_home(EVA)
    assert payload_of(home)["event"]["tab"] == "home"
    assert home
    assert home.sent
    server.acts.post.retry(home.sent, 1)
    assert door.seen_headers[-1]["X-Slack-Retry-Num"] == "1"
    genuine = delivery.requests[0]
    forged = SignedRequest(genuine.body + b"x", genuine.headers)
    assert delivery.post(forged).response == {"status": 401}
    stale = SignedRequest(
        genuine.body, genuine.headers | delivery.signature(genuine.body, str(int(time.time()) - 301))
    )
    assert delivery.post(stale).response == {"status": 401}


def test_http_without_a_listener(by_http: tuple[Server, RequestUrl, type[_BoltOverHttp]]) -> None:
    server, delivery, _ = by_http
    assert server.acts.command(EVA, SALES, "/form").error == "http_error"
    delivery.url = "http://127.0.0.1:9/"
    assert server.acts.command(EVA, SALES, "/form").error == "dispatch_failed"
    assert [sent.kind for sent in server.sent] == [EnvelopeKind.COMMAND] * 2
