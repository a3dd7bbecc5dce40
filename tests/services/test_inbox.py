"""What arrives by itself: recorded, or asked about; nothing is dropped, nothing recorded twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from office import TODAY, Office, Silence
from sqlalchemy import select

from bot.clock import FixedClock
from bot.domain.contacts import ContactType
from bot.domain.documents import DocumentType
from bot.domain.ids import ContactId, PersonId
from bot.domain.inbox import Answer, Arrival, ArrivalKind, ArrivalState, Reason, Whom
from bot.domain.interactions import Correspondence, Entry, WizardAction
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.contacts import Typed
from bot.services.documents import Documents
from bot.services.inbox import Inbox, OtherContent, Result
from bot.services.inbox_answers import InboxAnswers
from bot.services.tidying import Tidying
from bot.views.entry_sheet import EntryRows
from storage.entry_sheet import rows
from storage.store import Store
from storage.tables.deliveries import deliveries
from storage.tables.interactions import entries

EMAIL = "anna@fjordbygg.no"


class Recording:
    """An office to which documents come."""

    def __init__(self, store: Store, clock: FixedClock) -> None:
        self.office = Office(store, clock)
        self.eva, self.wim = self.office.joins("Eva"), self.office.joins("Wim")
        self.ada = self.office.joins("Ada", admin=True)
        self.inbox = Inbox(self.office.people)
        self.answers = InboxAnswers(store, Silence())
        self.documents = Documents(store, self.office.people, self.inbox, Silence())
        self.anna = self.contact("Anna Berg", email=EMAIL, company_name="Fjordbygg AS")

    def contact(self, name: str, **facts: Any) -> ContactId:
        typed = Typed(type=facts.pop("type", ContactType.PERSON), name=name, **facts)
        return self.office.contacts.create(self.eva, f"test:{self.office.store.ids()}", typed).id

    def sets_up(self, kind: DocumentType = DocumentType.SALES_INVOICE, code: str = "BUS") -> None:
        template = self.office.template(code)
        with self.office.store.begin(self.office.workspace) as work:
            work.template_setup.put(kind, template)

    def comes(self, **facts: Any) -> Result:
        return self.come(document(**facts))[0]

    def come(self, *arrivals: Arrival) -> list[Result]:
        return self.documents.take_in(None, arrivals)

    def entry(self, result: Result) -> Entry:
        assert result.entry is not None, result
        with self.office.store.read(self.office.workspace) as work:
            found = work.entries.get(result.entry)
        assert found is not None
        return found

    def asks(self, actor: Person) -> list[str]:
        return [one.kept.key for one in self.answers.page(actor, 0).shown]

    def told(self, person: Person) -> list[str]:
        with self.office.store.reading() as connection:
            rows = connection.execute(deliveries.select()).all()
        due = [row for row in rows if row.person_id == person.id and row.state == "due"]
        return [row.payload["text"] for row in due]


def document(**facts: Any) -> Arrival:
    plain: dict[str, Any] = {
        "kind": ArrivalKind.DOCUMENT,
        "key": "103021",
        "mark": "a",
        "type": "sales_invoice",
        "number": "103021",
        "day": TODAY,
        "contact": Whom(email=EMAIL),
    }
    return Arrival(**plain | facts)


@pytest.fixture
def here(store: Store, clock: FixedClock) -> Recording:
    return Recording(store, clock)


def test_line_77_a_document_is_recorded_with_its_number(here: Recording) -> None:
    here.sets_up()
    entry = here.entry(here.comes(version=2, occurrence=1, comment="Paid\nat once"))
    assert entry.document is not None
    assert (entry.document.type, entry.document.label) == (DocumentType.SALES_INVOICE, "103021 / 2")
    assert (entry.contact, entry.salesperson, entry.recorded) == (here.anna, here.eva.id, True)
    assert (entry.description, entry.comments) == ("Business letter 103021", ("Paid", "at once"))


def test_line_78_without_a_template_it_waits_in_the_inbox(here: Recording) -> None:
    """Business Central drops it without a word; `product.md` 11 keeps it and asks."""
    kept = here.comes().kept
    assert (kept.state, kept.reason) == (ArrivalState.OPEN, Reason.NO_TEMPLATE)
    assert here.asks(here.ada) == here.asks(here.eva) == ["103021"]
    assert here.asks(here.wim) == []


def test_line_79_email_to_nobodys_address_is_no_correspondence(here: Recording) -> None:
    here.sets_up()
    bo = here.contact("Bo Dahl AS", type=ContactType.COMPANY)
    with here.office.store.begin(here.office.workspace) as work:
        found = work.contacts.get(bo)
        assert found is not None
        work.contacts.change(replace(found, correspondence=Correspondence.EMAIL), "bo dahl", "bo dahl as\t\t")
    entry = here.entry(here.comes(contact=Whom(company="bo  DAHL as")))
    assert (entry.contact, entry.correspondence) == (bo, None)


def test_line_81_a_cover_sheet_for_two_is_two_entries(here: Recording) -> None:
    here.sets_up(DocumentType.COVER_SHEET, "COVERSH")
    bo = here.contact("Bo Dahl", email="bo@x.no")
    both = [Whom(email=EMAIL), Whom(email="bo@x.no")]
    results = here.come(*(document(type="Cover sheet", key=one.email, contact=one) for one in both))
    assert [here.entry(one).contact for one in results] == [here.anna, bo]


def test_line_15_a_template_that_demands_a_document_it_lacks_is_asked_about(here: Recording) -> None:
    here.sets_up()
    template = here.office.template("BUS")
    with here.office.store.begin(here.office.workspace) as work:
        found = work.templates.get(template)
        assert found is not None
        work.templates.change(replace(found, wizard_action=WizardAction.OPEN))
    assert here.comes().kept.reason is Reason.NEEDS_DOCUMENT


@pytest.mark.parametrize(
    ("whom", "reason"),
    [
        (Whom(number="CT999999"), Reason.NO_CONTACT),
        (Whom(email="nobody@x.no"), Reason.NO_CONTACT),
        (Whom(company="Anna Berg"), Reason.NO_CONTACT),
        (Whom(email="office@x.no"), Reason.SEVERAL_CONTACTS),
        (Whom(number="CT999999", email=EMAIL), None),
        (Whom(company="FJORDBYGG as"), None),
    ],
)
def test_a_contact_is_found_by_number_else_email_else_company(
    here: Recording, whom: Whom, reason: Reason | None
) -> None:
    here.sets_up()
    for name in ("Bo Dahl", "Kari Nes"):
        here.contact(name, email="office@x.no")
    assert here.comes(contact=whom).kept.reason is reason


def test_a_number_that_was_merged_away_finds_the_survivor(here: Recording) -> None:
    here.sets_up()
    other = here.contact("Anne Berg")
    with here.office.store.read(here.office.workspace) as work:
        found = work.contacts.get(other)
    assert found is not None
    removal = here.office.contact_removal.merge(here.ada, "m", (here.anna, other), [])
    here.office.removals.go_on(here.office.workspace, removal)
    assert here.entry(here.comes(contact=Whom(number=found.number))).contact == here.anna


def test_who_asked_not_to_be_recorded_is_not(here: Recording) -> None:
    here.sets_up()
    here.contact("Secret AS", type=ContactType.COMPANY, privacy_blocked=True)
    kept = here.comes(contact=Whom(company="Secret AS")).kept
    assert kept.reason is Reason.BLOCKED
    with pytest.raises(Refusal):
        here.answers.record(here.ada, kept.id, Answer())


def test_the_same_again_is_not_recorded_again_and_other_content_is_refused(here: Recording) -> None:
    here.sets_up()
    first = here.comes()
    again, new = here.come(document(), document(key="2", number="2"))
    assert (again.repeated, again.entry, new.repeated) == (True, first.entry, False)
    with pytest.raises(OtherContent):
        here.come(document(key="3"), document(mark="b"))
    twice = here.come(document(key="4"), document(key="4"))
    assert [one.repeated for one in twice] == [False, True]
    assert len({one.entry for one in (first, again, new, *twice)}) == 3


def test_four_programs_report_the_same_at_once(here: Recording) -> None:
    here.sets_up()
    papers = [document(key=str(number), number=str(number)) for number in range(30)]
    papers += [document(key=f"x{number}", contact=Whom(company="Unknown")) for number in range(10)]

    def reports(seed: int) -> Counter[bool]:
        order = Random(seed).sample(papers, len(papers))
        bundles = [order[first : first + 8] for first in range(0, len(order), 8)]
        return Counter(one.repeated for bundle in bundles for one in here.come(*bundle))

    with ThreadPoolExecutor(4) as programs:
        told = sum(programs.map(reports, range(4)), Counter())
    assert told == Counter({False: 40, True: 120})
    with here.office.store.reading() as connection:
        numbers = connection.scalars(select(entries.c.number)).all()
    assert sorted(numbers) == list(range(1, 31))


def test_one_answer_whoever_presses_second(here: Recording) -> None:
    here.sets_up()
    kept = here.comes(contact=Whom(company="Unknown"), salesperson="wim@nordvik.example").kept
    answered = here.answers.record(here.wim, kept.id, Answer(contact=here.anna))
    assert answered.listed is not None
    assert (answered.listed.entry.logged_by, answered.listed.entry.salesperson) == (here.wim.id, here.wim.id)
    with pytest.raises(Refusal, match="answered"):
        here.answers.ignore(here.ada, kept.id)
    with pytest.raises(Refusal, match="gone"):
        here.answers.ignore(here.eva, kept.id)


def test_two_who_press_at_the_same_moment_give_one_answer(here: Recording) -> None:
    here.sets_up()
    bo = here.contact("Bo Dahl")
    kept = here.comes(contact=Whom(company="Unknown")).kept

    def presses(contact: ContactId) -> str:
        with suppress(Refusal):
            here.answers.record(here.ada, kept.id, Answer(contact=contact))
            return "answered"
        return "too late"

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(presses, (here.anna, bo))) == ["answered", "too late"]
    with here.office.store.reading() as connection:
        assert len(connection.scalars(select(entries.c.id)).all()) == 1


def test_an_export_names_the_document_and_that_nobody_logged_it(here: Recording) -> None:
    here.sets_up()
    entry = here.entry(here.comes(version=2))
    writing = EntryRows(here.office.people.text(here.eva))
    with here.office.store.read(here.office.workspace) as work:
        (row,) = writing.written(rows(work.access, [entry.id]))
    told = dict(zip(writing.layout.heading, row, strict=True))
    assert told["Logged by"] == "recorded automatically"
    assert [told[f"Document {name}"] for name in ("type", "No.", "version")] == ["Sales invoice", "103021", 2]


def test_an_answer_is_undone_and_it_asks_again(here: Recording) -> None:
    here.sets_up()
    kept = here.comes(contact=Whom(company="Unknown")).kept
    answered = here.answers.record(here.ada, kept.id, Answer(contact=here.anna))
    here.office.undo.operation(here.ada, answered.operation, None)
    assert answered.listed is not None
    with here.office.store.read(here.office.workspace) as work:
        entry = work.entries.get(answered.listed.entry.id)
    assert entry is not None
    assert entry.canceled
    ignored = here.answers.ignore(here.ada, kept.id)
    assert here.asks(here.ada) == []
    here.office.undo.operation(here.ada, ignored.operation, None)
    assert here.asks(here.ada) == ["103021"]


@pytest.mark.parametrize("kind", ["sales_quote", "Pakkseddel"])
def test_always_so_records_what_waits_alike_and_what_comes(here: Recording, kind: str) -> None:
    first, other = here.come(document(type=kind), document(type=kind.upper(), key="2"))
    lost = here.comes(type=kind, key="3", contact=Whom(company="Unknown"))
    chosen = Answer(template=here.office.template("BUS"), always=True)
    with pytest.raises(Refusal, match="admin"):
        here.answers.record(here.eva, first.kept.id, chosen)
    answered = here.answers.record(here.ada, first.kept.id, chosen)
    assert (answered.alike, here.asks(here.ada)) == (1, ["3"])
    assert here.comes(type=kind, key="4").kept.state is ArrivalState.RECORDED
    here.office.undo.operation(here.ada, answered.operation, None)
    assert set(here.asks(here.ada)) == {other.kept.key, first.kept.key, lost.kept.key}


def test_what_waits_is_told_once_a_day_in_one_message(here: Recording, clock: FixedClock) -> None:
    here.come(*(document(key=str(n), contact=Whom(company="Unknown")) for n in range(5)))
    here.comes(key="6", contact=Whom(company="Unknown"))
    assert [told.split(".")[0] for told in here.told(here.ada)] == [here.told(here.ada)[0].split(".")[0]]
    assert here.told(here.ada)[0].startswith("6 things")
    assert here.told(here.eva) == []
    here.comes(key="7", contact=Whom(company="Unknown"), salesperson=here.eva.code)
    assert here.told(here.eva)[0].startswith("1 thing")


def test_a_recorded_entry_counts_and_is_shown_as_recorded(here: Recording) -> None:
    here.sets_up()
    entry = here.entry(here.comes())
    page = here.office.entries.page(here.eva, entry.id)
    assert (page.logged_by, page.changeable) == ("", True)
    assert not here.office.entries.page(here.wim, entry.id).changeable
    assert here.office.cards.of(here.eva, here.eva).now.interactions == 1
    here.office.entries.cancel(here.eva, entry.id, None)


def test_what_is_recorded_for_an_earlier_week_counts_as_logged_late(here: Recording) -> None:
    here.sets_up()
    here.comes(day=TODAY - timedelta(days=7))
    told_at = here.office.clock.now() - timedelta(hours=1)
    with here.office.store.read(here.office.workspace) as work:
        members, nobody = frozenset({here.eva.id}), frozenset[PersonId]()
        assert work.team_figures.late(members, TODAY - timedelta(days=5), told_at, nobody) == 1
        assert work.team_figures.late(members, TODAY - timedelta(days=8), told_at, nobody) == 0


def test_nobodys_entry_is_changed_by_admins_alone(here: Recording) -> None:
    here.sets_up()
    with here.office.store.begin(here.office.workspace) as work:
        anna = work.contacts.get(here.anna)
        assert anna is not None
        company = work.contacts.get(anna.company) if anna.company else None
        assert company is not None
        for one in (anna, company):
            work.contacts.change(replace(one, salesperson=None), "anna berg", "anna berg\tfjordbygg as\t")
    entry = here.entry(here.comes())
    assert entry.salesperson is None
    with pytest.raises(Refusal, match="Only an admin"):
        here.office.entries.cancel(here.eva, entry.id, None)
    here.office.entries.cancel(here.ada, entry.id, None)


def test_the_words_of_what_was_decided_are_thrown_away_later_and_its_key_stays(
    here: Recording, clock: FixedClock, tmp_path: Path
) -> None:
    here.sets_up()
    first, other = here.come(document(), document(key="2", contact=Whom(company="Unknown")))
    clock.move(timedelta(days=31))
    assert "words of what arrived 1" in Tidying(here.office.store, tmp_path).run()
    with here.office.store.read(here.office.workspace) as work:
        kept, asks = work.inbox.get(first.kept.id), work.inbox.get(other.kept.id)
    assert kept is not None
    assert asks is not None
    assert (kept.came, asks.came is not None) == (None, True)
    assert here.comes().repeated


def test_a_day_can_be_any(here: Recording) -> None:
    here.sets_up()
    assert here.entry(here.comes(day=date(2026, 1, 2))).day == date(2026, 1, 2)
    assert here.documents.today - TODAY < timedelta(days=1)
