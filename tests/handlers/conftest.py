"""The real bot in Socket Mode against the playground; each test has a Slack team of its own in it."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from rest import Rest
from seat import MANIFEST, PlaygroundClock, Seat, connected, settings_for
from sqlalchemy import update

from bot.app import Saleslog, build
from bot.domain.deliveries import DeliveryState
from bot.playground.people import Team
from bot.playground.seeds import ADA, EVA, MAX, WIM, demo_workspace
from bot.playground.server import Server
from storage import schema
from storage.store import open_store
from storage.tables.deliveries import deliveries


@pytest.fixture(scope="session")
def playground() -> Iterator[Server]:
    """A Slack workspace of our own, recording everything."""
    with Server(MANIFEST, demo_workspace()) as server:
        yield server


@pytest.fixture(scope="session")
def program(playground: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Saleslog]:
    """The composition root, connected."""
    url = f"sqlite:///{tmp_path_factory.mktemp('bot') / 'saleslog.db'}"
    schema.upgrade(url)
    clock = PlaygroundClock(playground.workspace)
    built = build(settings_for(playground, url), clock, open_store(url, clock))
    with connected(built, playground):
        yield built


@pytest.fixture(scope="session")
def rest(program: Saleslog) -> Rest:
    return Rest(program)


@pytest.fixture
def slack(playground: Server, program: Saleslog, rest: Rest) -> Iterator[Server]:
    """The workspace as a Slack team that the bot has never heard of, nothing open, nothing faulty."""
    playground.workspace.team = Team(id=f"T{uuid4().hex[:10].upper()}")
    for user in (EVA, WIM, MAX, ADA):
        playground.workspace.views.clear(user)
    playground.workspace.views._homes.clear()
    yield playground
    playground.faults.clear()
    rest.runs_end()
    _say_no_more(program)
    rest.wait()


@pytest.fixture
def saleslog(slack: Server, program: Saleslog) -> Saleslog:
    return program


@pytest.fixture
def eva(slack: Server, saleslog: Saleslog) -> Seat:
    return Seat(slack, saleslog, since=slack.workspace.clock.stamp())


@pytest.fixture
def anna(eva: Seat) -> int:
    """A contact whom Eva calls."""
    return eva.knows("Anna Berg", company_name="Fjordbygg AS", city="Bergen")


def _say_no_more(program: Saleslog) -> None:
    """Forget what a test left to be said later, so that the next one may move the clock."""
    waiting = deliveries.c.state == DeliveryState.DUE
    with program.store.writing() as connection:
        connection.execute(update(deliveries).where(waiting).values(state=DeliveryState.SUPERSEDED))
