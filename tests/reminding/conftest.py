"""The real bot alone in its workspace, whose clock is moved by days."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from seat import MANIFEST, PlaygroundClock, Seat, connected, settings_for

from bot.app import build
from bot.playground.seeds import demo_workspace
from bot.playground.server import Server
from storage.store import open_store


@pytest.fixture
def eva(sqlite_url: str) -> Iterator[Seat]:
    with Server(MANIFEST, demo_workspace()) as slack:
        clock = PlaygroundClock(slack.workspace)
        with connected(
            build(settings_for(slack, sqlite_url), clock, open_store(sqlite_url, clock)), slack
        ) as bot:
            yield Seat(slack, bot)


@pytest.fixture
def anna(eva: Seat) -> int:
    """A contact whom Eva calls."""
    return eva.knows("Anna Berg", company_name="Fjordbygg AS", city="Bergen")


@pytest.fixture
def at(eva: Seat) -> Callable[[int, time], None]:
    """Move the clock to the next such weekday (Monday = 0) and time in Oslo."""

    def moves(weekday: int, clock: time) -> None:
        text = eva.bot.people.text(eva.person)
        today = text.now.date()
        there = datetime.combine(today, clock, tzinfo=text.zone) + timedelta(
            days=(weekday - today.weekday()) % 7
        )
        ahead = (there.astimezone(UTC) - text.now).total_seconds()
        eva.slack.workspace.shift(ahead if ahead > 0 else ahead + 7 * 86_400)

    return moves
