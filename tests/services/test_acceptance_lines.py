"""Lines of the acceptance list (`domain.md` 4) about making interactions, on both databases."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from office import Office

from bot.domain.contacts import match_key, search_text
from bot.domain.entries import Listed
from bot.domain.ids import ContactId
from bot.domain.interactions import Correspondence, Evaluation, Field
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.forms import Start, rounded_up


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva Lind")


@pytest.fixture
def anna(office: Office, eva: Person) -> ContactId:
    return office.knows(eva, "Anna Berg")


def changes(office: Office, contact: ContactId, **facts: object) -> None:
    with office.store.begin(office.workspace) as work:
        found = work.contacts.get(contact)
        assert found is not None
        changed = replace(found, **facts)  # type: ignore[arg-type]
        assert work.contacts.change(changed, search_text(changed), match_key(changed))


def logged(office: Office, eva: Person) -> list[Listed]:
    return office.entries.latest(eva, 9)


def test_line_01_a_finished_form_becomes_one_entry(office: Office, eva: Person, anna: ContactId) -> None:
    office.submits(eva, "form", office.typed(anna))
    office.submits(eva, "form", office.typed(anna))
    (entry,) = [one.entry for one in logged(office, eva)]
    with office.store.read(office.workspace) as work:
        phone = next(group for group in work.templates.groups().values() if group.code == "PHONE")
    assert (entry.contact, entry.template, entry.group) == (anna, office.template(), phone.id)


@pytest.mark.parametrize("field", [Field.TEMPLATE, Field.CONTACT, Field.DATE])
def test_line_02_without_template_nothing_is_stored(
    office: Office, eva: Person, anna: ContactId, field: Field
) -> None:
    outcome = office.submits(eva, "form", office.typed(anna) | {field: None})
    assert [*outcome.problems] == [field]
    assert logged(office, eva) == []


def test_line_10_the_time_is_rounded_up_to_the_next_minute() -> None:
    opened = rounded_up(datetime(2026, 11, 20, 11, 33, 59, tzinfo=UTC), "Europe/Oslo")
    assert f"{opened:%H:%M:%S}" == "12:34:00"
    midnight = rounded_up(datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC), "Europe/Oslo")
    assert f"{midnight:%d %H:%M}" == "21 00:00"


def test_line_11_typing_a_name_selects_the_contact_and_an_unknown_one_nobody(
    office: Office, eva: Person
) -> None:
    office.knows(eva, "Adam Dahl")
    bob = office.knows(eva, "Bob Lie")
    assert [one.id for one in office.contacts.find(eva, "bob")] == [bob]
    assert office.contacts.find(eva, "Eve") == []


def test_line_14_the_type_of_a_template_that_ignores_the_contact_stays_blank(
    office: Office, eva: Person, anna: ContactId
) -> None:
    changes(office, anna, correspondence=Correspondence.EMAIL)
    with office.store.begin(office.workspace) as work:
        template = work.templates.get(office.template())
        assert template is not None
        work.templates.change(replace(template, ignore_contact=True, correspondence=None))
    office.logs(eva, anna)
    assert logged(office, eva)[0].entry.correspondence is None


def test_line_16_a_changed_cost_and_duration_stand_on_the_entry(
    office: Office, eva: Person, anna: ContactId
) -> None:
    office.postponed.keep_now(eva, "form", office.forms.open(eva, Start(contact=anna)).form)  # type: ignore[arg-type]
    office.submits(eva, "form", office.typed(anna, duration="40", cost="12,5"))
    entry = logged(office, eva)[0].entry
    assert (entry.duration, entry.cost) == (40, "12.50")


def test_line_17_the_evaluation_stands_on_the_entry(office: Office, eva: Person, anna: ContactId) -> None:
    office.logs(eva, anna, evaluation=Evaluation.POSITIVE)
    assert logged(office, eva)[0].entry.evaluation is Evaluation.POSITIVE


def test_line_18_three_comments_are_three_comment_lines(office: Office, eva: Person, anna: ContactId) -> None:
    office.logs(eva, anna, comment="rang\nno answer\nring back")
    assert logged(office, eva)[0].entry.comments == ("rang", "no answer", "ring back")


def test_line_21_a_blocked_contact_is_refused_from_his_card(
    office: Office, eva: Person, anna: ContactId
) -> None:
    changes(office, anna, privacy_blocked=True)
    with pytest.raises(Refusal, match="asked not to be recorded"):
        office.forms.open(eva, Start(contact=anna, locked=True))
    assert [*office.submits(eva, "form", office.typed(anna)).problems] == [Field.CONTACT]
    assert logged(office, eva) == []


def test_line_57_several_are_evaluated_at_once(office: Office, eva: Person, anna: ContactId) -> None:
    several = [office.logs(eva, anna) for _ in range(3)]
    office.entry_acts.evaluate(eva, several, Evaluation.POSITIVE, None)
    assert [one.entry.evaluation for one in logged(office, eva)] == [Evaluation.POSITIVE] * 3


def test_line_58_a_live_entry_is_canceled_and_reinstated(
    office: Office, eva: Person, anna: ContactId
) -> None:
    entry = office.logs(eva, anna)
    office.entry_acts.cancel(eva, [entry], None)
    assert office.entries.get(eva, entry).entry.canceled
    office.entry_acts.reinstate(eva, [entry], None)
    assert not office.entries.get(eva, entry).entry.canceled
