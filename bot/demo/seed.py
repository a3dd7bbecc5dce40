"""What the demo begins with: two teams, 2,000 contacts, eight weeks of entries, three segments."""

import csv
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from pathlib import Path
from random import Random

from bot.clock import FixedClock, SystemClock
from bot.demo.entries import seed_drafts, seed_entries
from bot.demo.links import seed_campaigns, seed_opportunities
from bot.demo.people import HEADER, contacts
from bot.demo.segments import TALKED_TO, seed_active, seed_logged
from bot.demo.teams import has_teams, seed_teams
from bot.domain.contacts import Contact
from bot.domain.ids import SlackTeam, WorkspaceId
from bot.domain.people import Person, Profile, Role
from bot.services.contact_import import ContactImport
from bot.services.people import People
from storage import schema
from storage.people import is_demo, mark_as_demo
from storage.store import Store, open_store

CONTACTS = 2000
OWN_SHARE = 0.3
FOUNDED = timedelta(weeks=10)
"""So long ago the contacts that are talked to were there already."""


def seed(url: str, team: SlackTeam, profiles: Iterable[Profile], folder: Path) -> bool:
    """Fill an empty database; one that was filled before stays as it is. Return whether its teams are in it."""
    schema.upgrade(url)
    store = open_store(url, SystemClock())
    people = People(store, frozenset(), guests_allowed=False)
    workspace = people.workspace(team)
    with store.reading() as connection:
        filled = is_demo(connection)
    if not filled:
        admitted = [people.admit(workspace, profile) for profile in profiles]
        everybody = seed_teams(store, workspace, admitted)
        _contacts(store, workspace, folder, everybody)
        owner = next(person for person in everybody if person.id == _first(admitted).id)
        seed_logged(store, people, owner, folder / "exports")
        _entries(store, people, owner, everybody)
    with store.read(workspace) as work:
        whole = has_teams(work)
    store.close()
    return whole


def _first(admitted: list[Person]) -> Person:
    """Return whose segments they are: the first salesperson's."""
    return next(person for person in admitted if person.role is Role.SALESPERSON)


def _contacts(store: Store, workspace: WorkspaceId, folder: Path, people: list[Person]) -> None:
    """Import the contacts; those who are talked to, weeks before the others."""
    whole = _file(folder / "contacts.csv", people, CONTACTS)
    today = store.clock
    store.clock = FixedClock(today.now() - FOUNDED)
    ContactImport(store).run(workspace, None, _file(folder / "first contacts.csv", people, TALKED_TO))
    store.clock = today
    ContactImport(store).run(workspace, None, whole)


def _file(path: Path, people: list[Person], count: int) -> Path:
    """Write contacts as the CSV file that one could import oneself."""
    random = Random(3)  # noqa: S311 - believable, not secret
    path.parent.mkdir(parents=True, exist_ok=True)
    sellers = [person.email or "" for person in people if person.role is Role.SALESPERSON]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*HEADER, "Salesperson Code"])
        writer.writeheader()
        for row in islice(contacts(CONTACTS), count):
            owner = random.choice(sellers) if random.random() < OWN_SHARE else ""
            writer.writerow({**row, "Salesperson Code": owner})
    return path


def _entries(store: Store, people: People, owner: Person, everybody: list[Person]) -> None:
    workspace = owner.workspace
    with store.read(workspace) as work:
        allowed = [one for one in work.contacts.first(TALKED_TO) if not one.privacy_blocked]
    salespeople = [person for person in everybody if person.role is not Role.ADMIN]
    fair = seed_campaigns(store, workspace)
    seed_entries(store, workspace, salespeople, allowed, fair)
    seed_opportunities(store, workspace, salespeople, fair)
    seed_drafts(store, workspace, salespeople, _persons(allowed))
    seed_active(store, people, owner)
    with store.begin(workspace) as work:
        mark_as_demo(work.access.connection, workspace)


def _persons(known: list[Contact]) -> list[Contact]:
    return [contact for contact in known if contact.is_person]
