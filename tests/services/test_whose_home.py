"""Whose App Home is published anew: his who acts, and theirs on whose it shows."""

from typing import Any

import pytest
from office import Office

from bot.domain.ids import FormId, PersonId, WorkspaceId
from bot.domain.messages import Message
from bot.domain.people import Person
from bot.domain.teams import Typed
from bot.services.entries import Entries
from bot.services.entry_acts import EntryActs
from bot.services.interactions import Interactions
from bot.services.teams import Teams
from bot.services.undo import Undo


class Chime:
    """A bell that remembers for whom it rang."""

    def __init__(self) -> None:
        self.rung: list[PersonId] = []

    def ring(self) -> None: ...

    def home_changed(self, _workspace: WorkspaceId, person: PersonId) -> None:
        self.rung.append(person)

    def for_whom(self) -> list[PersonId]:
        rung, self.rung = self.rung, []
        return sorted(rung)


@pytest.fixture
def chime() -> Chime:
    return Chime()


@pytest.fixture
def pair(office: Office) -> tuple[Person, Person]:
    """Max, who manages Eva."""
    max_, eva = office.team_of("North", office.joins("Max"), office.joins("Eva"))
    return max_, eva


def test_what_a_manager_does_for_a_salesperson_shows_on_both(office: Office, chime: Chime, pair: Any) -> None:
    max_, eva = pair
    both = sorted((max_.id, eva.id))
    typed = office.typed(office.knows(eva, "Anna Berg"), salesperson=eva.id)
    log = Interactions(office.store, office.people, chime).log
    entry = log(max_, FormId("one"), typed, twin_accepted=True).entry
    assert entry is not None
    assert chime.for_whom() == both
    with office.store.read(office.workspace) as work:
        operation = work.operations.of_entry(entry)
    assert operation is not None
    Undo(office.store, office.people, chime, office.runs).operation(max_, operation.id, None)
    assert chime.for_whom() == both
    again = log(max_, FormId("two"), typed, twin_accepted=True).entry
    assert again is not None
    chime.for_whom()
    Entries(office.store, office.people, chime).cancel(max_, again, None)
    assert chime.for_whom() == both
    EntryActs(office.store, office.people, chime).reinstate(max_, [again], None)
    assert chime.for_whom() == both


def test_a_team_shows_with_managers_and_admins(office: Office, chime: Chime, pair: Any) -> None:
    max_, eva = pair
    ada, wim = office.joins("Ada", admin=True), office.joins("Wim")
    teams = Teams(office.store, chime)
    south = teams.make(ada, "key", Typed("South", (wim.id,)))
    assert not isinstance(south, Message)
    assert set(chime.for_whom()) == {ada.id, max_.id, wim.id}
    teams.add(ada, south, [eva.id])
    assert set(chime.for_whom()) == {ada.id, max_.id, wim.id, eva.id}
