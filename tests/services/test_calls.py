"""Phone calls from a contact's card (`domain.md` 2.9), on both databases."""

from dataclasses import replace

import pytest
from office import Office, Silence

from bot.domain.calls import CallOutcome, Line, Number, description, dialled, numbers
from bot.domain.contacts import Contact, ContactType, match_key, search_text
from bot.domain.documents import Act
from bot.domain.ids import ContactId, FormId
from bot.domain.interactions import Evaluation, Field
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.choices import Choices
from bot.services.quick_log import QuickLog
from bot.views.forms import Meta

KEY = FormId("p1")


def anna(**facts: str) -> Contact:
    return Contact(id=ContactId(1), number="CT1", type=ContactType.PERSON, name="Anna Berg", **facts)  # type: ignore[arg-type]


def reachable(office: Office, eva: Person, **facts: str) -> ContactId:
    """Make Anna with numbers, at a company."""
    made = office.knows(eva, "Anna Berg", "Fjordbygg AS")
    with office.store.begin(office.workspace) as work:
        contact = work.contacts.get(made)
        assert contact
        changed = replace(contact, **facts)  # type: ignore[arg-type]
        work.contacts.change(changed, search_text(changed), match_key(changed))
    return made


@pytest.mark.parametrize(
    ("written", "telephone"),
    [
        ("+47 900 12 345", "+4790012345"),
        ("(055) 12-34.56", "055123456"),
        ("+31 (0)20 123", "+3120123"),
        ("ask Zoe", ""),
        ("'><script>55512</script>", "55512"),
    ],
)
def test_a_telephone_takes_digits_alone(written: str, telephone: str) -> None:
    assert dialled(written) == telephone


def test_the_mobile_comes_first_the_companys_last_and_each_number_once() -> None:
    company = replace(anna(phone="55 12 34 56"), type=ContactType.COMPANY)
    found = numbers(anna(mobile="900 12 345", phone="+47 22"), company)
    assert found == (
        Number(Line.MOBILE, "900 12 345"),
        Number(Line.PHONE, "+47 22"),
        Number(Line.COMPANY, "55 12 34 56"),
    )
    assert [one.line for one in numbers(anna(phone="551 23 456"), company)] == [Line.PHONE]
    assert numbers(anna(phone="ask"), None) == ()
    (long,) = numbers(anna(phone="55 12 34 56, but " + "never " * 500), None)
    assert len(long.written) <= 60


def test_a_call_is_called_by_its_template_and_number_within_the_limit() -> None:
    assert description("Outgoing call", "+47 22") == "Outgoing call +47 22"
    assert description("x" * 100, "+47 22") == "x" * 93 + " +47 22"
    assert len(description("x", "9" * 150)) <= 100


def test_line_73_without_a_number_nothing_is_dialled(office: Office) -> None:
    eva = office.joins("Eva")
    contact = reachable(office, eva, mobile="900 12 345")
    with pytest.raises(Refusal, match="no such number"):
        office.calls.start(eva, contact, Line.PHONE)
    with office.store.begin(office.workspace) as work:
        work.template_setup.put(Act.PHONE_CALL, None)
    with pytest.raises(Refusal, match="No interaction template records phone calls"):
        office.calls.start(eva, contact, Line.MOBILE)


def test_the_form_of_a_call_has_template_contact_and_number_and_keeps_them(office: Office) -> None:
    eva = office.joins("Eva")
    contact = reachable(office, eva, mobile="900 12 345")
    opened = office.forms.open(eva, office.calls.start(eva, contact, Line.MOBILE))
    assert opened.form.contact == contact
    assert opened.form.template == office.template("OUTGOING")
    assert opened.form.description == "Outgoing call 900 12 345"
    assert "tel:90012345" in str(opened.view)
    office.forms.remember(eva, opened, None)
    assert "call_outcomes" in str(office.forms.current(eva, opened.form_id))
    assert "call_outcomes" in str(office.forms.resume(eva, opened.form_id).view)


@pytest.mark.parametrize(
    ("outcome", "effect"),
    [
        (CallOutcome.REACHED, (False, Evaluation.NEUTRAL, "15")),
        (CallOutcome.NO_ANSWER, (True, None, "")),
        (CallOutcome.LEFT_MESSAGE, (True, Evaluation.NEUTRAL, "15")),
    ],
)
def test_an_outcome_sets_attempt_failed_and_evaluation(
    office: Office, outcome: CallOutcome, effect: tuple[bool, Evaluation | None, str]
) -> None:
    eva = office.joins("Eva")
    contact = reachable(office, eva, mobile="900 12 345")
    opened = office.forms.open(eva, office.calls.start(eva, contact, Line.MOBILE))
    office.forms.remember(eva, opened, None)
    meta = Meta(form_id=opened.form_id, call="900 12 345")
    typed = {Field.COMMENT: "Asked to call back", Field.EVALUATION: Evaluation.POSITIVE}
    Choices(office.store).set_outcome(eva, meta, typed, outcome, "1")
    kept = office.forms.resume(eva, opened.form_id).form
    assert (kept.attempt_failed, kept.evaluation, kept.duration) == effect
    assert kept.comment == "Asked to call back"


def test_no_answer_is_logged_at_once_and_undone_at_once(office: Office) -> None:
    eva = office.joins("Eva")
    contact = reachable(office, eva, mobile="900 12 345")
    outcome = office.calls.note_unanswered(eva, KEY, contact, Line.MOBILE, None)
    assert outcome.entry is not None
    assert office.calls.note_unanswered(eva, KEY, contact, Line.MOBILE, None).entry is None
    (logged,) = office.entries.latest(eva, 9)
    assert logged.entry.attempt_failed
    assert logged.entry.evaluation is None
    assert logged.entry.duration is None
    assert logged.entry.description == "Outgoing call 900 12 345"
    office.undo.latest(eva)
    assert office.entries.latest(eva, 9) == []


def test_a_second_attempt_within_minutes_asks_first(office: Office) -> None:
    eva = office.joins("Eva")
    contact = reachable(office, eva, phone="55 12 34 56")
    office.calls.note_unanswered(eva, KEY, contact, Line.PHONE, None)
    again = office.calls.note_unanswered(eva, FormId("p2"), contact, Line.PHONE, None)
    assert again.twin is not None
    quick_log = QuickLog(office.store, office.people, office.interactions, Silence())
    assert quick_log.add_anyway(eva, FormId("p2"), None).entry is not None
    assert len(office.entries.latest(eva, 9)) == 2


def test_who_is_blocked_is_not_called(office: Office) -> None:
    eva = office.joins("Eva")
    contact = reachable(office, eva, mobile="900 12 345", privacy_blocked=True)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="not to be recorded"):
        office.forms.open(eva, office.calls.start(eva, contact, Line.MOBILE))
    assert office.calls.note_unanswered(eva, KEY, contact, Line.MOBILE, None).problems
    assert office.entries.latest(eva, 9) == []
