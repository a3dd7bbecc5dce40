"""Bots that are killed, starved and lied to, against a Slack that is there all the time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hatchery import Hatchery
from seat import MANIFEST, PlaygroundClock, Seat, connected, settings_for

from bot.app import build
from bot.playground.seeds import demo_workspace
from bot.playground.server import Server
from storage.store import open_store


@pytest.fixture
def slack() -> Iterator[Server]:
    with Server(MANIFEST, demo_workspace()) as server:
        yield server


@pytest.fixture
def hatchery(tmp_path: Path) -> Iterator[Hatchery]:
    with Hatchery(tmp_path / "bots.log") as hatchery:
        yield hatchery


@pytest.fixture
def eva(slack: Server, sqlite_url: str) -> Iterator[Seat]:
    """Eva, with a bot in this process."""
    clock = PlaygroundClock(slack.workspace)
    built = build(settings_for(slack, sqlite_url), clock, open_store(sqlite_url, clock))
    with connected(built, slack):
        yield Seat(slack, built)
