"""Who reads and changes whose entries (`product.md` 1)."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from office import Office

from bot.clock import FixedClock
from bot.domain.contacts import match_key, search_text
from bot.domain.ids import ContactId, EntryId, FormId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.forms import Start


@dataclass(frozen=True)
class Cast:
    """Eva and Wim sell for Max's team North, Pia for nobody's, Ada is admin; each logged one entry with Anna."""

    people: dict[str, Person]
    entries: dict[str, EntryId]
    anna: ContactId

    def names(self, found: list[EntryId]) -> set[str]:
        return {name for name, entry in self.entries.items() if entry in found}


@pytest.fixture
def cast(office: Office) -> Cast:
    eva, wim, pia = (office.joins(name) for name in ("Eva", "Wim", "Pia"))
    ada = office.joins("Ada", admin=True)
    max_, eva, wim = office.team_of("North", office.joins("Max"), eva, wim)
    people = {"eva": eva, "wim": wim, "pia": pia, "max": max_, "ada": ada}
    anna = office.knows(ada, "Anna Berg", "Fjordbygg AS")
    entries = {name: office.logs(person, anna) for name, person in people.items()}
    return Cast(people, entries, anna)


READS = [
    ("everyone", "eva", {"eva", "wim", "pia", "max", "ada"}),
    ("team", "eva", {"eva", "wim"}),
    ("team", "pia", {"pia"}),
    ("team", "max", {"eva", "wim", "max"}),
    ("team", "ada", {"eva", "wim", "pia", "max", "ada"}),
    ("own", "eva", {"eva"}),
    ("own", "max", {"eva", "wim", "max"}),
    ("own", "ada", {"eva", "wim", "pia", "max", "ada"}),
]


def test_every_list_and_figure_holds_what_the_reader_may_see(office: Office, cast: Cast) -> None:
    for visibility, reader, seen in READS:
        office.sees(visibility)
        actor = cast.people[reader]
        card = office.contacts.card(actor, cast.anna)
        of_each = {name: office.cards.of(actor, one).entries for name, one in cast.people.items()}
        met = {name for name, one in cast.people.items() if office.cards.of(actor, one).now.interactions}
        listed = {name for name, found in of_each.items() if found}
        found = cast.names([one.entry.id for one in card.entries])
        assert (found, listed, met) == (seen, seen, seen), (visibility, reader)


def test_an_entry_out_of_sight_is_as_good_as_gone(office: Office, cast: Cast) -> None:
    acts = (office.entries.page, office.entries.get, office.forms.open_from_entry, _cancel(office))
    for visibility, reader, seen in READS:
        office.sees(visibility)
        actor = cast.people[reader]
        for name, entry in cast.entries.items():
            if name in seen:
                assert office.entries.page(actor, entry).listed.entry.id == entry
                continue
            for act in acts:
                with pytest.raises(Refusal, match="gone, or not yours"):
                    act(actor, entry)


def test_own_includes_the_entries_of_my_contacts_and_of_their_company(office: Office, cast: Cast) -> None:
    office.sees("own")
    eva, wim = cast.people["eva"], cast.people["wim"]
    mine = office.knows(eva, "Bo Dahl")
    company = office.logs(wim, mine)
    assert office.entries.get(eva, company).entry.logged_by == wim.id
    colleague = office.knows(wim, "Carl Eng", "Vestbygg AS")
    about_colleague = office.logs(wim, colleague)
    with pytest.raises(Refusal):
        office.entries.get(eva, about_colleague)
    with office.store.begin(office.workspace) as work:
        person = work.contacts.get(colleague)
        assert person is not None
        assert person.company is not None
        found = work.contacts.get(person.company)
        assert found is not None
        theirs = replace(found, salesperson=eva.id)
        work.contacts.change(theirs, search_text(theirs), match_key(theirs))
    assert office.entries.get(eva, about_colleague).entry.contact == colleague


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        ("eva", {"eva"}),
        ("wim", {"wim"}),
        ("max", {"eva", "wim", "max"}),
        ("ada", {"eva", "wim", "pia", "max", "ada"}),
    ],
)
def test_who_may_cancel(office: Office, cast: Cast, actor: str, may: set[str]) -> None:
    for name, entry in cast.entries.items():
        refused = nullcontext() if name in may else pytest.raises(Refusal, match="can cancel")
        with refused:
            office.entries.cancel(cast.people[actor], entry, None)


def test_a_refusal_tells_who_can(office: Office, cast: Cast) -> None:
    eva, pia, left = cast.people["eva"], cast.people["pia"], cast.people["wim"]
    sentences = {
        "Only Max or an admin can cancel Wim's entries.": lambda: office.entries.cancel(
            eva, cast.entries["wim"], None
        ),
        "Only an admin can cancel Pia's entries.": lambda: office.entries.cancel(
            eva, cast.entries["pia"], None
        ),
        "Only an admin can cancel Max's entries.": lambda: office.entries.cancel(
            eva, cast.entries["max"], None
        ),
        "Only Max or an admin can log for Wim.": lambda: office.forms.open(pia, Start(salesperson=left.id)),
    }
    for sentence, act in sentences.items():
        with pytest.raises(Refusal) as refused:
            act()
        assert office.people.text(eva).say(refused.value.message) == sentence
    outcome = office.submits(pia, "for him", office.typed(cast.anna, salesperson=left.id))
    said = {office.people.text(pia).say(message) for message in outcome.problems.values()}
    assert said == {"Only Max or an admin can log for Wim."}


def test_managers_who_left_are_not_named(office: Office, cast: Cast) -> None:
    office.people.leaves(cast.people["max"])
    with pytest.raises(Refusal) as refused:
        office.entries.cancel(cast.people["eva"], cast.entries["wim"], None)
    said = office.people.text(cast.people["eva"]).say(refused.value.message)
    assert said == "Only an admin can cancel Wim's entries."


def test_who_may_log_for_whom(office: Office, cast: Cast) -> None:
    eva, wim, max_, ada = (cast.people[name] for name in ("eva", "wim", "max", "ada"))
    for actor, other, may in ((eva, wim, False), (max_, wim, True), (ada, eva, True), (max_, ada, False)):
        typed = office.typed(cast.anna, salesperson=other.id, description=f"{actor.code} for {other.code}")
        outcome = office.interactions.log(actor, _form(office), typed, twin_accepted=True)
        assert (outcome.entry is not None) is may, (actor.name, other.name, outcome.problems)


def test_the_same_within_fifteen_minutes_is_asked_about_once(office: Office, cast: Cast) -> None:
    eva, wim = cast.people["eva"], cast.people["wim"]
    assert office.submits(eva, "again", office.typed(cast.anna)).twin == cast.entries["eva"]
    assert office.submits(eva, "other", office.typed(cast.anna, template=office.template("INCOME"))).entry
    bo = office.knows(eva, "Bo Dahl")
    assert office.submits(wim, "bo", office.typed(bo)).entry
    assert office.submits(eva, "bo2", office.typed(bo)).entry


@pytest.mark.parametrize(("minutes", "asked"), [(14, 1), (16, 0)])
def test_the_window_for_twins(
    office: Office, clock: FixedClock, cast: Cast, minutes: int, asked: int
) -> None:
    clock.move(timedelta(minutes=minutes))
    outcome = office.submits(cast.people["eva"], "again", office.typed(cast.anna))
    assert (outcome.twin is not None) == asked


def test_a_canceled_entry_is_no_twin(office: Office, cast: Cast) -> None:
    eva = cast.people["eva"]
    office.entries.cancel(eva, cast.entries["eva"], None)
    assert office.submits(eva, "again", office.typed(cast.anna)).entry is not None


def _cancel(office: Office) -> Callable[[Person, EntryId], object]:
    return lambda actor, entry: office.entries.cancel(actor, entry, None)


def _form(office: Office) -> FormId:
    return FormId(f"form{office.store.ids()}")
