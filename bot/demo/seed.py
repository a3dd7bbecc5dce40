"""What the demo begins with: people, 2,000 contacts, some weeks of entries, three segments."""

import csv
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

from bot.clock import SystemClock
from bot.demo.entries import seed_entries
from bot.demo.people import HEADER, contacts
from bot.demo.segments import TALKED_TO, seed_active, seed_logged
from bot.domain.ids import SlackTeam, TeamId, WorkspaceId
from bot.domain.people import Person, Profile, Role
from bot.services.contact_import import ContactImport
from bot.services.people import People
from storage import schema
from storage.people import is_demo, mark_as_demo
from storage.store import Store, open_store

CONTACTS = 2000
OWN_SHARE = 0.3


def seed(url: str, team: SlackTeam, profiles: Iterable[Profile], folder: Path) -> None:
    """Fill an empty database; one that was filled before stays as it is."""
    schema.upgrade(url)
    store = open_store(url, SystemClock())
    people = People(store, frozenset(), guests_allowed=False)
    workspace = people.workspace(team)
    with store.reading() as connection:
        filled = is_demo(connection)
    if not filled:
        admitted = [people.admit(workspace, profile) for profile in profiles]
        _team(store, workspace, admitted)
        ContactImport(store).run(workspace, None, _file(folder, admitted))
        owner = _owner(store, admitted)
        seed_logged(store, people, owner, folder / "exports")
        _entries(store, people, owner, admitted)
    store.close()


def _team(store: Store, workspace: WorkspaceId, admitted: list[Person]) -> None:
    """Put the salespeople into one team, which Max manages."""
    if any(person.team for person in admitted):
        return
    with store.begin(workspace) as work:
        team = TeamId(work.people.add_team("North Sea"))
        for person in admitted:
            if person.name.startswith("Max"):
                work.people.let_manage(person.id, team)
                work.people.change(replace(person, team=team, role=Role.MANAGER))
            elif person.role is Role.SALESPERSON:
                work.people.change(replace(person, team=team))


def _file(folder: Path, people: list[Person]) -> Path:
    """Write the contacts as the CSV file that one could import oneself."""
    random = Random(3)  # noqa: S311 - believable, not secret
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "contacts.csv"
    sellers = [person.email or "" for person in people if person.role is Role.SALESPERSON]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*HEADER, "Salesperson Code"])
        writer.writeheader()
        for row in contacts(CONTACTS):
            owner = random.choice(sellers) if random.random() < OWN_SHARE else ""
            writer.writerow({**row, "Salesperson Code": owner})
    return path


def _owner(store: Store, admitted: list[Person]) -> Person:
    """Return whose segments they are: the first salesperson's."""
    first = next(person for person in admitted if person.role is Role.SALESPERSON)
    with store.read(first.workspace) as work:
        return work.people.get(first.id) or first


def _entries(store: Store, people: People, owner: Person, admitted: list[Person]) -> None:
    with store.begin(owner.workspace) as work:
        known = work.contacts.first(TALKED_TO)
        allowed = [contact for contact in known if not contact.privacy_blocked]
        seed_entries(work, [person for person in admitted if person.role is not Role.ADMIN], allowed)
    seed_active(store, people, owner)
    with store.begin(owner.workspace) as work:
        mark_as_demo(work.access.connection, owner.workspace)
