"""Who wrote to whom decides which interactions come of an e-mail (`domain.md` 2.13; line 80)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contacts import Contact, ContactType
from bot.domain.documents import Act
from bot.domain.ids import ContactId, PersonId, WorkspaceId
from bot.domain.interactions import Flow, Initiator
from bot.domain.mails import MOST_CONTACTS, Address, Known, Mail, Skip, address, arrivals, matched
from bot.domain.people import Person

NOON = datetime(2026, 11, 20, 12, 0, 30, tzinfo=UTC)


def a_person(number: int, name: str) -> Person:
    return Person(id=PersonId(number), workspace=WorkspaceId(1), slack_id=None, code=name.upper(), name=name)


def a_contact(number: int) -> Contact:
    return Contact(
        id=ContactId(number), number=f"CT{number}", type=ContactType.PERSON, name=f"Contact {number}"
    )


EVA, WIM = a_person(1, "Eva"), a_person(2, "Wim")
ANNA, BO, TWIN = a_contact(11), a_contact(12), a_contact(13)
KNOWN = Known(
    people={"eva@n.example": EVA, "wim@n.example": WIM},
    contacts={"anna@f.example": [ANNA], "bo@g.example": [BO], "info@f.example": [ANNA, TWIN]},
)


def a_mail(sender: str, *recipients: str, draft: bool = False) -> Mail:
    to = tuple(Address("", f"{name}") for name in recipients)
    return Mail(
        sender=Address("", sender) if sender else None,
        recipients=to,
        subject="Prices",
        sent_at=NOON,
        message_id="1@x",
        draft=draft,
    )


def met(mail: Mail, giver: Person | None = None, known: Known = KNOWN) -> list[tuple[str, str]]:
    return [(one.salesperson.name, one.contact.name) for one in matched(mail, known, giver).pairs]


def test_a_salesperson_who_writes_to_contacts_logs_one_for_each() -> None:
    mail = a_mail("eva@n.example", "anna@f.example", "wim@n.example", "bo@g.example", "who@else.example")
    match = matched(mail, KNOWN)
    assert met(mail) == [("Eva", "Contact 11"), ("Eva", "Contact 12")]
    assert (match.act, [one.address.email for one in match.doubts]) == (Act.EMAIL, ["who@else.example"])
    first = next(iter(arrivals(mail, match, lambda _: NOON)))
    assert (first.flow, first.initiated_by) == (Flow.OUTBOUND, Initiator.US)
    assert (first.description, first.contact.number, first.salesperson) == ("Prices", "CT11", "EVA")


def test_a_contact_who_writes_to_salespeople_gives_one_for_each() -> None:
    mail = a_mail("anna@f.example", "eva@n.example", "wim@n.example", "bo@g.example")
    match = matched(mail, KNOWN)
    assert met(mail) == [("Eva", "Contact 11"), ("Wim", "Contact 11")]
    first = next(iter(arrivals(mail, match, lambda _: NOON)))
    assert (first.flow, first.initiated_by) == (Flow.INBOUND, Initiator.THEM)


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        (a_mail("eva@n.example", "anna@f.example", draft=True), Skip.DRAFT),
        (a_mail("", "anna@f.example"), Skip.NO_SENDER),
        (a_mail("eva@n.example"), Skip.NO_RECIPIENTS),
        (a_mail("eva@n.example", "wim@n.example"), Skip.COLLEAGUES),
        (a_mail("anna@f.example", "bo@g.example"), Skip.STRANGERS),
    ],
)
def test_what_is_no_interaction_is_skipped_with_its_reason(mail: Mail, why: Skip) -> None:
    assert matched(mail, KNOWN).skip is why


def test_what_a_program_answered_counts_only_where_somebody_hands_it_in() -> None:
    away = replace(a_mail("anna@f.example", "eva@n.example"), automatic=True)
    assert matched(away, KNOWN).skip is Skip.AUTOMATIC
    assert met(away, EVA) == [("Eva", "Contact 11")]


ADDRESSES = st.sampled_from([*KNOWN.people, *KNOWN.contacts, "new@x.example"])


@given(
    ADDRESSES,
    st.lists(ADDRESSES, max_size=5),
    st.sets(st.sampled_from([ANNA.id, BO.id, TWIN.id])),
    st.none() | st.just(EVA),
)
def test_law_only_people_of_ours_and_contacts_who_may_be_recorded_meet(
    sender: str, recipients: list[str], blocked: set[ContactId], giver: Person | None
) -> None:
    known = Known(KNOWN.people, KNOWN.contacts, frozenset(blocked))
    match = matched(a_mail(sender, *recipients), known, giver)
    assert len({(one.salesperson.id, one.contact.id) for one in match.pairs}) == len(match.pairs)
    assert not {one.contact.id for one in match.pairs} & blocked
    assert not (match.skip and match.pairs)
    assert all(one.email in {sender, *recipients} for one in match.pairs)


def test_who_asked_not_to_be_recorded_is_not() -> None:
    known = Known(KNOWN.people, KNOWN.contacts, frozenset({ANNA.id}))
    alone = matched(a_mail("eva@n.example", "anna@f.example"), known)
    assert (alone.pairs, alone.doubts, alone.skip) == ((), (), Skip.BLOCKED)
    assert met(a_mail("eva@n.example", "anna@f.example", "bo@g.example"), known=known) == [
        ("Eva", "Contact 12")
    ]
    assert met(a_mail("eva@n.example", "info@f.example"), known=known) == [("Eva", "Contact 13")]


def test_an_address_of_nobody_or_of_several_is_asked_about() -> None:
    match = matched(a_mail("eva@n.example", "info@f.example", "new@x.example"), KNOWN)
    assert not match.pairs
    asked = list(arrivals(a_mail("eva@n.example"), match, lambda _: NOON))
    assert [one.contact.email for one in asked] == ["info@f.example", "new@x.example"]


def test_who_hands_in_an_email_of_a_shared_address_is_its_salesperson() -> None:
    assert met(a_mail("anna@f.example", "sales@n.example"), EVA) == [("Eva", "Contact 11")]
    assert met(a_mail("sales@n.example", "anna@f.example"), EVA) == [("Eva", "Contact 11")]
    assert matched(a_mail("new@x.example", "sales@n.example"), KNOWN, EVA).act is Act.INCOMING_EMAIL


def test_the_same_email_has_the_same_key_whoever_hands_it_over() -> None:
    mail = a_mail("anna@f.example", "eva@n.example")
    (one,) = arrivals(mail, matched(mail, KNOWN), lambda _: NOON)
    (other,) = arrivals(mail, matched(mail, KNOWN, WIM), lambda _: NOON)
    assert one.key == other.key
    assert (
        len(
            {
                one.key
                for one in arrivals(
                    mail, matched(a_mail("anna@f.example", "wim@n.example"), KNOWN), lambda _: NOON
                )
            }
        )
        == 1
    )


def test_an_email_to_more_than_a_hundred_contacts_is_a_mailing() -> None:
    many = [f"n{n}@x.example" for n in range(MOST_CONTACTS + 1)]
    known = Known(KNOWN.people, {email: [a_contact(100 + n)] for n, email in enumerate(many)})
    assert matched(a_mail("eva@n.example", *many), known).skip is Skip.MAILING
    assert len(matched(a_mail("eva@n.example", *many[1:]), known).pairs) == MOST_CONTACTS


@pytest.mark.parametrize(
    ("written", "email"),
    [
        ("Anna.Berg@Fjordbygg.EXAMPLE", "anna.berg@fjordbygg.example"),
        (" anna @f.example ", "anna@f.example"),
        ("anna", None),
        ("@f.example", None),
        ("a@b@c.example", None),
        (f"{'a' * 300}@f.example", None),
    ],
)
def test_addresses_are_compared_in_small_letters(written: str, email: str | None) -> None:
    found = address("Anna\r\n Berg", written)
    assert (found.email if found else None) == email
    assert found is None or found.name == "Anna Berg"
