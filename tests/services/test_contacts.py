"""Two people edit one contact: the second is told what the first changed, in the words of the form."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from office import Office

from bot.domain.contacts import Contact, ContactType, match_key, search_text
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.contacts import Typed
from bot.text import Text

NOW = datetime(2026, 11, 20, 13, 2, tzinfo=UTC)
DUTCH = {"City": "Plaats", "Exclude from segment": "Uitsluiten van segment", "Yes": "Ja", "No": "Nee"}


class Dutch(Text):
    """A reader whose catalogue has a few words."""

    def __call__(self, text: str, **values: object) -> str:
        return super().__call__(DUTCH.get(text, text), **values)


def anna(**facts: object) -> Typed:
    plain = Typed(type=ContactType.PERSON, name="Anna Berg", city="Bergen")
    return replace(plain, **facts)  # type: ignore[arg-type]


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def opened(office: Office, eva: Person) -> Contact:
    """The contact as it was when Eva opened the form."""
    return office.contacts.create(eva, "form", anna())


def refused(office: Office, eva: Person, opened: Contact) -> str:
    with pytest.raises(Refusal) as refusal:
        office.contacts.edit(eva, opened.id, opened.revision, anna(job_title="Buyer"))
    return Dutch("en-GB", "Europe/Oslo", NOW).say(refusal.value.message)


def test_the_changes_stand_under_the_labels_of_the_form_in_the_readers_language(
    office: Office, eva: Person, opened: Contact
) -> None:
    typed = anna(city="Oslo", exclude_from_segment=True)
    office.contacts.edit(office.joins("Wim"), opened.id, opened.revision, typed)
    assert refused(office, eva, opened) == (
        "Somebody changed this contact meanwhile: Plaats: Bergen → Oslo, Uitsluiten van segment: Nee → Ja."
        " Open it again."
    )


def test_a_long_change_is_cut(office: Office, eva: Person, opened: Contact) -> None:
    office.contacts.edit(office.joins("Wim"), opened.id, opened.revision, anna(city="x" * 3000))
    assert len(refused(office, eva, opened)) < 200


def test_what_an_import_overtook_is_not_told_as_somebodys_edit(
    office: Office, eva: Person, opened: Contact
) -> None:
    edited = office.contacts.edit(eva, opened.id, opened.revision, anna(city="Oslo"))
    stands = office.contacts.get(eva, edited.id)
    imported = replace(stands, city="Tromsø")
    with office.store.begin(office.workspace) as work:
        assert work.contacts.change(imported, search_text(imported), match_key(imported))
    assert refused(office, eva, stands) == "Somebody changed this contact meanwhile. Open it again."


def test_a_minor_is_blocked_until_parental_consent_was_received(office: Office) -> None:
    ada = office.joins("Ada", admin=True)
    made = office.contacts.create(ada, "minor", anna())
    office.contacts.edit(ada, made.id, 0, anna(minor=True, country="no", address="Torget 1"))
    blocked = office.contacts.get(ada, made.id)
    assert (blocked.privacy_blocked, blocked.country, blocked.address) == (True, "NO", "Torget 1")
    with pytest.raises(Refusal, match="parental consent"):
        office.contacts.edit(ada, made.id, blocked.revision, anna(minor=True))
    office.contacts.edit(ada, made.id, blocked.revision, anna(minor=True, parental_consent=True))
    assert not office.contacts.get(ada, made.id).privacy_blocked
    assert set(anna(country="Norway").problems()) == {"country"}
