"""The real bot in Socket Mode against the playground: what tests of handlers act with."""

from collections.abc import Iterator

import pytest
from seat import MANIFEST, PlaygroundClock, Seat, connected, settings_for

from bot.app import Saleslog, build
from bot.playground.seeds import demo_workspace
from bot.playground.server import Server
from storage.store import open_store


@pytest.fixture
def slack() -> Iterator[Server]:
    """A Slack workspace of our own, recording everything."""
    with Server(MANIFEST, demo_workspace()) as server:
        yield server


@pytest.fixture
def saleslog(slack: Server, sqlite_url: str) -> Iterator[Saleslog]:
    """The composition root, connected."""
    clock = PlaygroundClock(slack.workspace)
    built = build(settings_for(slack, sqlite_url), clock, open_store(sqlite_url, clock))
    with connected(built, slack):
        yield built


@pytest.fixture
def eva(slack: Server, saleslog: Saleslog) -> Seat:
    return Seat(slack, saleslog)
