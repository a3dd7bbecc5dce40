"""The real bot alone in its workspace, whose clock is moved by months."""

from collections.abc import Iterator

import pytest
from seat import MANIFEST, PlaygroundClock, Seat, connected, settings_for

from bot.app import build
from bot.playground.seeds import ADA, demo_workspace
from bot.playground.server import Server
from storage.store import open_store


@pytest.fixture
def eva(sqlite_url: str) -> Iterator[Seat]:
    with Server(MANIFEST, demo_workspace()) as slack:
        clock = PlaygroundClock(slack.workspace)
        built = build(settings_for(slack, sqlite_url), clock, open_store(sqlite_url, clock))
        with connected(built, slack) as bot:
            yield Seat(slack, bot)


@pytest.fixture
def ada(eva: Seat) -> Seat:
    """An admin who has used Saleslog before."""
    seat = eva.at(ADA)
    seat.types("/log help")
    seat.hears("/log")
    return seat
