import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from seat import MANIFEST
from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.acts import Outcome
from bot.playground.seeds import EVA, SALES, demo_workspace
from bot.playground.server import Server
from bot.socket_mode import SocketMode


@pytest.fixture
def slack() -> Iterator[Server]:
    with Server(MANIFEST, demo_workspace()) as server:
        yield server


class Slow:
    """A bot that thinks before it acknowledges."""

    def __init__(self) -> None:
        self.thinking = threading.Event()

    def __call__(self, ack: Ack) -> None:
        self.thinking.set()
        time.sleep(0.6)
        ack()


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def app(slack: Server, slow: Slow) -> Iterator[App]:
    client = WebClient(token=slack.workspace.app.bot_token, base_url=f"{slack.url}/api/", retry_handlers=[])
    with ThreadPoolExecutor(4) as listeners:
        app = App(client=client, signing_secret="secret", listener_executor=listeners)
        app.command("/log")(slow)
        yield app


@pytest.fixture
def counted() -> list[tuple[int, float]]:
    """The status and the seconds of each request."""
    return []


@pytest.fixture
def line(app: App, slack: Server, counted: list[tuple[int, float]]) -> Iterator[SocketMode]:
    line = SocketMode(app, slack.workspace.app.app_token, lambda *one: counted.append(one))
    line.open()
    yield line
    line.close()


def command(slack: Server, said: list[Outcome]) -> threading.Thread:
    thread = threading.Thread(target=lambda: said.append(slack.acts.command(EVA, SALES, "/log")))
    thread.start()
    return thread


def test_what_is_being_heard_is_acknowledged_before_the_line_closes(
    line: SocketMode, slack: Server, slow: Slow, counted: list[tuple[int, float]]
) -> None:
    outcomes: list[Outcome] = []
    first = command(slack, outcomes)
    assert slow.thinking.wait(5)
    line.close()
    first.join()
    assert [outcome.error for outcome in outcomes] == [None]
    assert [(status, 0 < seconds < 5) for status, seconds in counted] == [(200, True)]


def test_while_the_line_closes_nothing_more_is_taken(line: SocketMode, slack: Server, slow: Slow) -> None:
    outcomes: list[Outcome] = []
    first = command(slack, outcomes)
    assert slow.thinking.wait(5)
    closing = threading.Thread(target=line.close)
    closing.start()
    slow.thinking.clear()
    late = command(slack, outcomes)
    for thread in (first, closing, late):
        thread.join()
    assert not slow.thinking.is_set()
    assert sorted(outcome.acked for outcome in outcomes) == [False, True]


def test_it_closes_at_once_and_one_connection_was_enough(line: SocketMode, slack: Server) -> None:
    assert line.alive
    began = time.monotonic()
    line.close()
    assert time.monotonic() - began < 4
    assert not line.alive
    opened = [call for call in slack.calls if call.method == "apps.connections.open"]
    assert len(opened) == 1


def test_when_slack_closes_the_connection_another_takes_its_place(line: SocketMode, slack: Server) -> None:
    slack.sockets.drop()
    assert slack.workspace.wait_for(lambda: slack.sockets.connected == 0, 5)
    assert slack.workspace.wait_for(lambda: slack.sockets.connected == 1, 20)
    until = time.monotonic() + 5
    while not line.alive and time.monotonic() < until:
        time.sleep(0.02)
    assert slack.acts.command(EVA, SALES, "/log").acked


def test_a_refused_app_token_is_told(app: App) -> None:
    with pytest.raises(SlackApiError):
        SocketMode(app, "xapp-another", lambda *_: None).open()
