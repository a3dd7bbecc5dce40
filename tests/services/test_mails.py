"""E-mails that are handed in, or found in the mailbox, become entries; what they do not tell is asked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from mails.letters import an_email, knows
from office import Office, Silence
from sqlalchemy import select

from bot.domain.contacts import match_key, search_text
from bot.domain.ids import ContactId
from bot.domain.inbox import Reason
from bot.domain.interactions import Correspondence, Flow, Initiator
from bot.domain.mails import Became, Skip
from bot.domain.messages import Refusal
from bot.domain.people import EVERYTHING, Person
from bot.mails.reading import read
from bot.services.erasure import Erasure
from bot.services.inbox import Inbox
from bot.services.mails import Mails
from storage.attachments import Attachments
from storage.tables.deliveries import deliveries
from storage.tables.templates import attachments

TO_EVA = {"From": "Anna <anna@fjordbygg.example>", "To": "eva@nordvik.example"}
TO_ANNA = {"To": "anna@fjordbygg.example"}


@pytest.fixture
def mails(office: Office) -> Mails:
    return Mails(office.store, office.people, Inbox(office.people), Silence())


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def anna(office: Office, eva: Person) -> ContactId:
    return knows(office, eva, "Anna Berg", "anna@fjordbygg.example")


def gives(mails: Mails, actor: Person, raw: bytes, key: str = "F1") -> None:
    mails.give(actor, key, read(raw), raw)


def said(office: Office, person: Person) -> list[str]:
    """Return what is on its way to somebody, the oldest first."""
    with office.store.read(office.workspace) as work:
        query = (
            select(deliveries.c.payload).where(deliveries.c.person_id == person.id).order_by(deliveries.c.id)
        )
        return [payload["text"] for payload in work.access.connection.scalars(query)]


def test_an_email_to_a_contact_is_logged_with_all_it_tells(
    office: Office, mails: Mails, eva: Person, anna: ContactId
) -> None:
    gives(mails, eva, an_email("Price list", **TO_ANNA))
    with office.store.read(office.workspace) as work:
        (listed,) = work.entries.latest_logged_by(eva.id, 5)
        file = Attachments(work.access).of_entry(listed.entry.id)
        content = Attachments(work.access).content(file.id) if file else None
    entry = listed.entry
    assert (entry.contact, entry.description, entry.salesperson) == (anna, "Price list", eva.id)
    assert (entry.day, entry.at) == (date(2026, 11, 20), time(10, 15))
    assert (entry.flow, entry.initiated_by) == (Flow.OUTBOUND, Initiator.US)
    assert entry.correspondence is Correspondence.EMAIL
    assert entry.comment == "Hello Anna,\nhere is the price list.\n\nEva"
    assert (listed.template_name, file.name if file else None) == ("E-mail", "Price-list.eml")
    assert content == an_email("Price list", **TO_ANNA)
    assert "Logged: E-mail · Anna Berg" in said(office, eva)[0]


def test_line_80_the_same_email_is_logged_once_whoever_hands_it_over(
    office: Office, mails: Mails, eva: Person, anna: ContactId
) -> None:
    raw = an_email(**TO_EVA)
    assert mails.found(read(raw), raw) is Became.LOGGED
    assert mails.found(read(raw), raw) is Became.REPEATED
    gives(mails, eva, raw)
    gives(mails, eva, raw)
    with office.store.read(office.workspace) as work:
        found = work.entries.latest_of_person(eva.id, EVERYTHING, 5)
    assert [one.entry.contact for one in found] == [anna]
    assert [one.entry.logged_by for one in found] == [None]
    assert len(said(office, eva)) == 1
    assert said(office, eva)[0].startswith("Logged before: Incoming e-mail · Anna Berg")


def test_who_bring_the_same_email_at_the_same_moment_log_it_once(
    office: Office, mails: Mails, eva: Person, anna: ContactId
) -> None:
    raw = an_email(**TO_EVA)
    with ThreadPoolExecutor(4) as pool:
        became = sorted(pool.map(lambda _: mails.found(read(raw), raw), range(8)))
    assert became == [Became.LOGGED] + [Became.REPEATED] * 7
    with office.store.read(office.workspace) as work:
        assert len(work.entries.latest_of_person(eva.id, EVERYTHING, 5)) == 1


def test_undo_takes_all_of_an_email_back_and_it_can_be_answered_again(
    office: Office, mails: Mails, eva: Person, anna: ContactId
) -> None:
    bo = knows(office, eva, "Bo Dahl", "bo@x.example")
    gives(mails, eva, an_email(To="anna@fjordbygg.example, bo@x.example, new@y.example"))
    first = said(office, eva)[0]
    assert "Logged 2 interactions" in first
    assert "new@y.example" in first
    undone = office.undo.latest(eva)
    assert {one.entry.contact for one in undone.entries} == {anna, bo}
    with office.store.read(office.workspace) as work:
        assert work.entries.latest_logged_by(eva.id, 5) == []
        assert [one.reason for one in work.inbox.open(eva.id, 0, 5)] == [Reason.TAKEN_BACK] * 2


def test_line_80_a_draft_is_not_logged_and_said_to_be_one(
    office: Office, mails: Mails, eva: Person, anna: ContactId
) -> None:
    raw = an_email(X_Unsent="1", **TO_ANNA)
    assert mails.found(read(raw), raw) is Skip.DRAFT
    gives(mails, eva, raw)
    assert said(office, eva) == ["Not logged: “Price list” It is a draft that was never sent."]
    with office.store.read(office.workspace) as work:
        assert work.entries.latest_of_contact(anna, EVERYTHING, 5) == []


def test_an_unknown_address_is_asked_about(office: Office, mails: Mails, eva: Person) -> None:
    gives(mails, eva, an_email(To="Bo Dahl <bo@x.example>"))
    with office.store.read(office.workspace) as work:
        (kept,) = work.inbox.open(eva.id, 0, 5)
    assert (kept.reason, kept.came.contact.name if kept.came else "") == (Reason.NO_CONTACT, "Bo Dahl")
    (news,) = said(office, eva)
    assert "waits for your answer" in news


def test_who_asked_not_to_be_recorded_leaves_no_trace(
    office: Office, mails: Mails, eva: Person, anna: ContactId
) -> None:
    with office.store.begin(office.workspace) as work:
        contact = work.contacts.get(anna)
        assert contact is not None
        off = replace(contact, privacy_blocked=True)
        work.contacts.change(off, search_text(off), match_key(off))
    gives(mails, eva, an_email(**TO_ANNA))
    raw = an_email(**TO_EVA)
    assert mails.found(read(raw), raw) is Skip.BLOCKED
    with office.store.read(office.workspace) as work:
        assert work.inbox.count(None) == 0
    assert "asked not to be recorded" in said(office, eva)[0]


def test_nobody_logs_for_a_colleague(office: Office, mails: Mails, eva: Person, anna: ContactId) -> None:
    wim = office.joins("Wim")
    with pytest.raises(Refusal, match="can log for"):
        gives(mails, wim, an_email(**TO_ANNA))
    gives(
        mails,
        wim,
        an_email(From="anna@fjordbygg.example", To="eva@nordvik.example, wim@nordvik.example"),
    )
    with office.store.read(office.workspace) as work:
        assert [one.entry.salesperson for one in work.entries.latest_logged_by(wim.id, 5)] == [wim.id]


def test_an_email_finds_its_workspace_and_leaves_the_others_alone(
    office: Office, mails: Mails, eva: Person, anna: ContactId
) -> None:
    east = Office(office.store, office.clock, "T0EAST")
    olga = east.joins("Olga")
    raw = an_email(**TO_EVA)
    assert mails.found(read(raw), raw) is Became.LOGGED
    other = an_email(From="new@x.example", To="olga@nordvik.example")
    assert mails.found(read(other), other) is Became.ASKED
    with office.store.read(east.workspace) as work:
        assert work.inbox.count(None) == 1
        assert work.entries.latest_of_person(olga.id, EVERYTHING, 5) == []
    assert mails.found(read(an_email(From="a@x.example", To="b@x.example")), b"") is Skip.STRANGERS


def test_an_email_that_was_forwarded_to_us_is_that_of_who_wrote_it(
    office: Office, mails: Mails, eva: Person, anna: ContactId
) -> None:
    text = "For the log\n\nFrom: Anna <anna@fjordbygg.example>\nSubject: How much?\n\nHello Eva"
    raw = an_email("Fwd: How much?", text, From="eva@nordvik.example", To="log@nordvik.example")
    assert mails.found(read(raw), raw) is Became.LOGGED
    with office.store.read(office.workspace) as work:
        (listed,) = work.entries.latest_of_contact(anna, EVERYTHING, 5)
    assert (listed.entry.salesperson, listed.entry.flow) == (eva.id, Flow.INBOUND)
    assert (listed.entry.description, listed.entry.comment) == ("How much?", "For the log\n\nHello Eva")


def test_with_a_person_the_emails_go_that_went_to_others_too(
    office: Office, mails: Mails, eva: Person, anna: ContactId, tmp_path: Path
) -> None:
    ada = office.joins("Ada", admin=True)
    bo = knows(office, eva, "Bo Dahl", "bo@x.example")
    gives(mails, eva, an_email("To both", "Dear all", To="anna@fjordbygg.example, bo@x.example"))
    gives(mails, eva, an_email("To Bo", "Dear Bo", To="bo@x.example", Message_ID="<2@x>"), "F2")
    Erasure(office.store, office.people, Silence(), tmp_path).erase(ada, anna)
    with office.store.read(office.workspace) as work:
        found = work.entries.latest_of_contact(bo, EVERYTHING, 5)
        hangs = {one.entry.description: one.entry.attachment is not None for one in found}
        assert list(work.access.connection.scalars(select(attachments.c.name))) == ["To-Bo.eml"]
    assert hangs == {"To both": False, "To Bo": True}
