"""The contact that a message is about, on both databases."""

import pytest
from office import Office

from bot.domain.contacts import ContactType
from bot.domain.ids import ContactId, SlackTeam
from bot.domain.people import Person
from bot.services.contacts import Typed
from bot.services.message import MOST_FOUND, Guess


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


def company(office: Office, actor: Person, name: str, **facts: str) -> ContactId:
    typed = Typed(type=ContactType.COMPANY, name=name, **facts)  # type: ignore[arg-type]
    return office.contacts.create(actor, f"test:{office.store.ids()}", typed).id


def test_companies_are_found_by_their_full_name(office: Office, eva: Person) -> None:
    brug = company(office, eva, "De Brug NV", phone="+32 3 123 45 67")
    company(office, eva, "De Brug NV Holding")
    company(office, eva, "Brug")
    nordlys = company(office, eva, "Nordlys Kraft")
    guess = Guess(office.store)
    assert guess.contact(eva, "Visited de brug nv in Antwerp") == brug
    assert guess.contact(eva, "NORDLYS KRÁFT pays late") == nordlys
    assert guess.contact(eva, "Nordlys pays late") is None
    assert guess.contact(eva, "Vi &amp; De") is None


def test_signs_that_slack_escapes_are_read_as_typed(office: Office, eva: Person) -> None:
    vin = company(office, eva, "Brus & Vin AS")
    assert Guess(office.store).contact(eva, "Brus &amp; Vin AS wants forty more") == vin


def test_two_of_one_name_are_told_apart_by_company_or_address_alone(office: Office, eva: Person) -> None:
    anna = office.knows(eva, "Anna Berg", "Fjordbygg AS")
    other = office.knows(eva, "Anna Berg", "De Brug NV")
    guess = Guess(office.store)
    assert guess.contact(eva, "Anna Berg rang") is None
    assert guess.contact(eva, "Anna Berg rang, of Fjordbygg AS") == anna
    assert guess.contact(eva, "Anna Berg (De Brug NV)") == other


def test_somebody_of_another_workspace_is_nobody(office: Office, eva: Person) -> None:
    south = Office(office.store, office.clock, SlackTeam("T0SOUTH"))
    company(south, south.joins("Eva"), "De Brug NV")
    assert Guess(office.store).contact(eva, "De Brug NV") is None


def test_too_many_of_a_name_are_nobody(office: Office, eva: Person) -> None:
    for _ in range(MOST_FOUND):
        office.knows(eva, "Anna Berg")
    office.knows(eva, "Anna Berg", "De Brug NV")
    assert Guess(office.store).contact(eva, "Anna Berg of De Brug NV") is None


@pytest.mark.parametrize("words", ["De Brug NV ", "a@b.no ", "'\";-- ", "%_ ", "Ø "])
def test_a_hostile_text_is_looked_up_once(office: Office, eva: Person, words: str) -> None:
    brug = company(office, eva, "De Brug NV")
    found = Guess(office.store).contact(eva, words * 1000)
    assert found == (brug if words.startswith("De") else None)
