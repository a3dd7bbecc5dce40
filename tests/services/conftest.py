"""The services on both databases; Slack only where something is said."""

from collections.abc import Iterator

import pytest
from office import Office
from postroom import Postroom, forgets_messages
from seat import MANIFEST

from bot.clock import FixedClock
from bot.domain.ids import SlackTeam, SlackUser, WorkspaceId
from bot.playground.seeds import EVA, demo_workspace
from bot.playground.server import Server
from bot.services.contact_import import ContactImport
from bot.services.people import People
from storage.store import Store


@pytest.fixture
def office(store: Store, clock: FixedClock) -> Office:
    return Office(store, clock)


@pytest.fixture(scope="session")
def playground() -> Iterator[Server]:
    with Server(MANIFEST, demo_workspace()) as server:
        yield server


@pytest.fixture
def slack(playground: Server) -> Iterator[Server]:
    yield playground
    playground.faults.clear()
    playground.workspace.journal.calls.clear()
    forgets_messages(playground)


@pytest.fixture
def post(office: Office, slack: Server) -> Iterator[Postroom]:
    room = Postroom(office, slack, office.joins("Eva", slack_id=SlackUser(EVA)))
    yield room
    room.outbox.stop()


@pytest.fixture
def furnished(store: Store) -> WorkspaceId:
    """A workspace as a new team finds it."""
    return People(store, frozenset(), guests_allowed=False).workspace(SlackTeam("T0EAST"))


@pytest.fixture
def imports(store: Store) -> ContactImport:
    return ContactImport(store)
