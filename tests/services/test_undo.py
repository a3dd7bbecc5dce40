"""Undo takes back what an operation made, and names what stays (`product.md` 4.1)."""

from datetime import date, timedelta

import pytest
from office import Office
from sqlalchemy import select

from bot.clock import FixedClock
from bot.domain.ids import ContactId, EntryId, FormId, OperationId
from bot.domain.interactions import Form
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind
from bot.domain.people import Person
from bot.domain.postponed import DraftState
from bot.domain.tasks import Task
from bot.services.entries import Result
from bot.services.interactions import Submission
from bot.services.undo import Undone
from storage.tables.deliveries import answers, deliveries

MINUTE = timedelta(minutes=1)
GOOD = Result(
    evaluation=None, attempt_failed=False, comment="Rang back", duration="20", cost="", opportunity=None
)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def max_(office: Office, eva: Person) -> Person:
    """Eva's manager."""
    return office.team_of("North", office.joins("Max"), eva)[0]


@pytest.fixture
def anna(office: Office, eva: Person) -> ContactId:
    return office.knows(eva, "Anna Berg")


def operation(office: Office, entry: EntryId) -> OperationId:
    with office.store.read(office.workspace) as work:
        found = work.operations.of_entry(entry)
    assert found is not None
    return found.id


def undoes(office: Office, actor: Person, entry: EntryId) -> Undone:
    return office.undo.operation(actor, operation(office, entry), None)


def is_canceled(office: Office, entry: EntryId) -> str | None:
    with office.store.read(office.workspace) as work:
        found = work.entries.get(entry)
    return found.cancel_reason if found else "gone"


def logs_with_follow_up(office: Office, actor: Person, contact: ContactId) -> tuple[EntryId, Task]:
    """Log with `!fri`, as a quick log does."""
    form = Form(
        contact=contact,
        template=office.template(),
        description="Outgoing call",
        day=date(2026, 11, 20),
        salesperson=actor.id,
        follow_up=date(2026, 11, 27),
    )
    with office.store.begin(office.workspace) as work:
        submission = Submission(form_id=FormId("quick"), form=form)
        entry = office.interactions.written(work, actor, submission).entry
        assert entry is not None
        task = work.tasks.of_entry(entry)
        assert task is not None
    return entry, task


def test_the_entry_is_hidden_and_the_draft_given_back_under_a_new_form(
    office: Office, eva: Person, anna: ContactId
) -> None:
    typed = office.typed(anna, comment="Agreed the price list")
    office.types(eva, "form", typed, "1")
    entry = office.submits(eva, "form", typed).entry
    assert entry is not None
    undone = undoes(office, eva, entry)
    assert is_canceled(office, entry) == "undone"
    assert office.entries.latest(eva, 5) == []
    (draft, contact) = office.postponed.waiting(eva)[0]
    assert (draft.form_id, draft.form.comment) == (undone.given_back, "Agreed the price list")
    assert contact is not None
    assert draft.form_id != "form"


def test_the_draft_given_back_can_be_logged_once_more(office: Office, eva: Person, anna: ContactId) -> None:
    office.types(eva, "form", office.typed(anna), "1")
    first = office.submits(eva, "form", office.typed(anna)).entry
    assert first is not None
    given = undoes(office, eva, first).given_back
    assert given is not None
    second = office.submits(eva, given, office.typed(anna)).entry
    assert second not in (None, first)
    assert office.postponed.waiting(eva) == []


def test_a_second_time_nothing_happens(office: Office, eva: Person, anna: ContactId) -> None:
    office.types(eva, "form", office.typed(anna), "1")
    entry = office.submits(eva, "form", office.typed(anna)).entry
    assert entry is not None
    undoes(office, eva, entry)
    assert undoes(office, eva, entry).given_back is None
    assert len(office.postponed.waiting(eva)) == 1


def test_what_somebody_else_changed_stays_and_is_named(
    office: Office, clock: FixedClock, eva: Person, max_: Person, anna: ContactId
) -> None:
    office.types(eva, "form", office.typed(anna), "1")
    entry = office.submits(eva, "form", office.typed(anna)).entry
    assert entry is not None
    clock.move(MINUTE)
    office.entries.change_result(max_, entry, GOOD, 0)
    undone = undoes(office, eva, entry)
    assert is_canceled(office, entry) is None
    assert [message.text for message in undone.left] == [
        "Somebody else changed the entry meanwhile; it stays."
    ]
    assert undone.given_back is None
    assert office.postponed.waiting(eva) == []


def test_what_the_actor_changed_himself_is_taken_back(office: Office, eva: Person, anna: ContactId) -> None:
    entry = office.logs(eva, anna)
    office.entries.change_result(eva, entry, GOOD, 0)
    assert undoes(office, eva, entry).left == []
    assert is_canceled(office, entry) == "undone"


def test_an_untouched_follow_up_goes_with_its_entry(office: Office, eva: Person, anna: ContactId) -> None:
    entry, _ = logs_with_follow_up(office, eva, anna)
    assert undoes(office, eva, entry).left == []
    assert office.tasks.open_of(eva, 5) == []


def test_a_touched_follow_up_stays_and_is_named_but_the_draft_comes_back(
    office: Office, eva: Person, anna: ContactId
) -> None:
    office.types(eva, "form", office.typed(anna), "1")
    entry = office.submits(eva, "form", office.typed(anna)).entry
    assert entry is not None
    task = office.tasks.follow_up(eva, entry, date(2026, 11, 27), "Send the list")
    office.tasks.follow_up(eva, entry, date(2026, 11, 30), "Send the new list")
    made = operation(office, entry)
    with office.store.begin(office.workspace) as work:
        work.operations.touch(made, (ItemKind.TASK, int(task.id)))
    undone = undoes(office, eva, entry)
    assert "Send the new list" in str([message.values for message in undone.left])
    assert [one.id for one, _ in office.tasks.open_of(eva, 5)] == [task.id]
    assert undone.given_back is not None


def test_the_ten_minutes_are_counted_from_the_end(
    office: Office, clock: FixedClock, eva: Person, anna: ContactId
) -> None:
    entry = office.logs(eva, anna)
    clock.move(10 * MINUTE)
    with pytest.raises(Refusal, match="ten minutes"):
        undoes(office, eva, entry)
    clock.move(-timedelta(seconds=1))
    undoes(office, eva, entry)
    assert is_canceled(office, entry) == "undone"


def test_a_late_press_puts_cancel_entry_in_place_of_undo(
    office: Office, clock: FixedClock, eva: Person, anna: ContactId
) -> None:
    entry = office.logs(eva, anna)
    clock.move(10 * MINUTE)
    with pytest.raises(Refusal, match="ten minutes"):
        office.undo.operation(eva, operation(office, entry), "https://slack.example/pressed")
    with office.store.reading() as connection:
        said = connection.execute(select(deliveries).order_by(deliveries.c.id.desc())).first()
        answer = (
            connection.execute(select(answers).where(answers.c.key == said.answer_key)).one()
            if said
            else None
        )
    assert said is not None
    assert answer is not None
    assert (said.state, answer.response_url, answer.response_replaces) == (
        "due",
        "https://slack.example/pressed",
        True,
    )
    assert "cancel_entry" in str(said.payload)
    assert "'undo'" not in str(said.payload)


def test_nobody_undoes_what_somebody_else_did(
    office: Office, eva: Person, max_: Person, anna: ContactId
) -> None:
    entry = office.logs(eva, anna)
    with pytest.raises(Refusal, match="Only the person who did this"):
        undoes(office, max_, entry)


def test_the_latest_act_of_any_kind_is_undone_first(
    office: Office, clock: FixedClock, eva: Person, anna: ContactId
) -> None:
    entry = office.logs(eva, anna)
    clock.move(MINUTE)
    office.types(eva, "form", office.typed(anna), "1")
    office.postponed.discard(eva, FormId("form"), None)
    clock.move(MINUTE)
    office.tasks.follow_up(eva, entry, date(2026, 11, 27), "Send the list")
    assert office.undo.latest(eva).message.text == "Undone: the follow-up is gone."
    assert office.undo.latest(eva).message.text == "Undone: the discarded draft is back."
    assert len(office.postponed.waiting(eva)) == 1
    assert "Outgoing call" in str(office.undo.latest(eva).message.values)
    with pytest.raises(Refusal, match="nothing to undo"):
        office.undo.latest(eva)


def test_a_managers_cancel_can_be_undone_by_him(
    office: Office, clock: FixedClock, eva: Person, max_: Person, anna: ContactId
) -> None:
    entry = office.logs(eva, anna)
    clock.move(MINUTE)
    office.entries.cancel(max_, entry, None)
    assert is_canceled(office, entry) == "canceled"
    office.undo.latest(max_)
    assert is_canceled(office, entry) is None


def test_undoing_a_cancel_does_not_bring_back_what_was_undone(
    office: Office, clock: FixedClock, eva: Person, anna: ContactId
) -> None:
    entry = office.logs(eva, anna)
    clock.move(MINUTE)
    office.entries.cancel(eva, entry, None)
    undoes(office, eva, entry)
    office.undo.latest(eva)
    assert is_canceled(office, entry) == "undone"


def test_a_discarded_draft_comes_back_and_late_words_for_the_old_form_find_nothing(
    office: Office, eva: Person, anna: ContactId
) -> None:
    office.types(eva, "form", office.typed(anna, comment="Kept"), "5")
    office.postponed.discard(eva, FormId("form"), None)
    assert office.postponed.waiting(eva) == []
    given = office.postponed.give_back(eva, FormId("form"))
    office.types(eva, "form", office.typed(anna, comment="Late"), "9")
    assert office.postponed.give_back(eva, FormId("form")) == given
    (draft, _), *more = office.postponed.waiting(eva)
    assert (draft.form_id, draft.form.comment, draft.state, more) == (given, "Kept", DraftState.OPEN, [])


def test_late_words_for_a_form_that_was_logged_and_undone_find_nothing(
    office: Office, eva: Person, anna: ContactId
) -> None:
    office.types(eva, "form", office.typed(anna, comment="Kept"), "5")
    entry = office.submits(eva, "form", office.typed(anna, comment="Kept")).entry
    assert entry is not None
    undoes(office, eva, entry)
    office.types(eva, "form", office.typed(anna, comment="Late"), "9")
    assert office.submits(eva, "form", office.typed(anna)).entry == entry
    assert [draft.form.comment for draft, _ in office.postponed.waiting(eva)] == ["Kept"]


def test_the_draft_given_back_holds_what_was_submitted(office: Office, eva: Person, anna: ContactId) -> None:
    office.types(
        eva, "form", office.typed(anna, comment="Agr"), "1"
    )  # the last letters were not kept in time
    entry = office.submits(eva, "form", office.typed(anna, comment="Agreed")).entry
    assert entry is not None
    undoes(office, eva, entry)
    assert [draft.form.comment for draft, _ in office.postponed.waiting(eva)] == ["Agreed"]
