"""Putting off drafts and follow-ups, on both databases (`product.md` 5)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from office import Office

from bot.clock import FixedClock
from bot.domain.contacts import ContactType
from bot.domain.ids import ContactId, DraftId, FormId
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind
from bot.domain.people import Person
from bot.domain.snoozes import Snooze
from bot.domain.tasks import TaskKind, TaskStatus
from bot.services.contacts import Typed
from bot.services.interactions import Outcome
from bot.views.listing import Listing, Where
from bot.views.postponed import on_card

ZOE = "Zoë O'Connor-Ødegård"
FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def zoe(office: Office, eva: Person) -> ContactId:
    return office.knows(eva, ZOE, "Fjordbygg AS")


def postpones(office: Office, person: Person, contact: ContactId, name: str = "form") -> FormId:
    office.types(person, name, office.typed(contact, comment=f"words of {name}"), "1.0")
    office.postponed.close(person, FormId(name))
    return FormId(name)


def oslo(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour - 1, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "choice", "until"),
    [
        (oslo(FRIDAY, 14, 2), Snooze.HOUR, oslo(FRIDAY, 15, 15)),
        (oslo(FRIDAY, 14, 0), Snooze.HOUR, oslo(FRIDAY, 15)),
        (oslo(FRIDAY, 15, 50), Snooze.HOUR, oslo(MONDAY, 9)),
        (oslo(FRIDAY, 16, 30), Snooze.HOUR, oslo(MONDAY, 9)),
        (oslo(MONDAY, 7), Snooze.HOUR, oslo(MONDAY, 9)),
        (oslo(MONDAY, 14), Snooze.TOMORROW, oslo(date(2026, 11, 24), 9)),
        (oslo(FRIDAY, 14, 2), Snooze.TOMORROW, oslo(MONDAY, 9)),
        (oslo(FRIDAY, 14, 2), Snooze.WORKING_DAY, oslo(MONDAY, 9)),
    ],
)
def test_a_draft_comes_back_in_working_hours_at_a_quarter(
    office: Office,
    clock: FixedClock,
    eva: Person,
    zoe: ContactId,
    now: datetime,
    choice: Snooze,
    until: datetime,
) -> None:
    form = postpones(office, eva, zoe)
    clock.move(now - clock.now())
    assert office.snoozes.put_off(eva, form, choice) == until
    ((draft, _),) = office.postponed.waiting(eva)
    assert draft.snoozed_until == until


def test_what_is_put_off_within_one_quarter_comes_back_together(
    office: Office, clock: FixedClock, eva: Person, zoe: ContactId
) -> None:
    first, second = postpones(office, eva, zoe, "one"), postpones(office, eva, zoe, "two")
    clock.move(oslo(FRIDAY, 13, 1) - clock.now())
    earlier = office.snoozes.put_off(eva, first, Snooze.HOUR)
    clock.move(oslo(FRIDAY, 13, 14) - clock.now())
    assert office.snoozes.put_off(eva, second, Snooze.HOUR) == earlier


def test_a_picked_moment_outside_the_hours_moves_into_them(
    office: Office, eva: Person, zoe: ContactId
) -> None:
    form = postpones(office, eva, zoe)
    assert office.snoozes.put_off_to(eva, form, date(2026, 11, 22), time(20)) == oslo(MONDAY, 9)
    with pytest.raises(Refusal, match="over"):
        office.snoozes.put_off_to(eva, form, date(2026, 11, 19), time(9))
    office.snoozes.bring_back(eva, form)
    ((draft, _),) = office.postponed.waiting(eva)
    assert draft.snoozed_until is None


def test_nobody_puts_off_what_is_not_his_or_is_finished(office: Office, eva: Person, zoe: ContactId) -> None:
    form = postpones(office, eva, zoe)
    wim = office.joins("Wim")
    with pytest.raises(Refusal, match="not yours"):
        office.snoozes.put_off(wim, form, Snooze.HOUR)
    office.submits(eva, form, office.typed(zoe))
    with pytest.raises(Refusal, match="logged already"):
        office.snoozes.put_off(eva, form, Snooze.HOUR)


def test_several_are_thrown_away_as_one_and_come_back_as_one(
    office: Office, eva: Person, zoe: ContactId
) -> None:
    for name in ("one", "two", "three"):
        postpones(office, eva, zoe, name)
    wim = office.joins("Wim")
    foreign = postpones(office, wim, zoe, "wims")
    ((his, _),) = office.postponed.waiting(wim)
    chosen = [draft.id for draft, _ in office.postponed.waiting(eva)][:2]
    operation, number = office.postponed.discard_all(eva, [*chosen, his.id, DraftId(1)])
    assert number == 2
    assert len(office.postponed.waiting(eva)) == 1
    assert [draft.form_id for draft, _ in office.postponed.waiting(wim)] == [foreign]
    undone = office.undo.operation(eva, operation, None)
    assert undone.message.values == {"n": 2}
    assert {draft.form.comment for draft, _ in office.postponed.waiting(eva)} == {
        "words of one",
        "words of two",
        "words of three",
    }
    office.undo.operation(eva, operation, None)
    assert len(office.postponed.waiting(eva)) == 3


def test_one_of_several_is_taken_back_alone_within_ten_minutes(
    office: Office, clock: FixedClock, eva: Person, zoe: ContactId
) -> None:
    for name in ("one", "two"):
        postpones(office, eva, zoe, name)
    waiting = [draft.id for draft, _ in office.postponed.waiting(eva)]
    operation, _ = office.postponed.discard_all(eva, waiting)
    office.postponed.give_back(eva, FormId("one"))
    assert len(office.postponed.waiting(eva)) == 1
    office.undo.operation(eva, operation, None)
    assert len(office.postponed.waiting(eva)) == 2
    again = [draft for draft, _ in office.postponed.waiting(eva)]
    office.postponed.discard_all(eva, [draft.id for draft in again])
    clock.move(timedelta(minutes=11))
    with pytest.raises(Refusal, match="ten minutes"):
        office.postponed.give_back(eva, again[0].form_id)


def test_a_company_shows_what_waits_with_all_its_people(office: Office, eva: Person, zoe: ContactId) -> None:
    kari = office.knows(eva, "Kari Nes", "Fjordbygg AS")
    other = office.knows(eva, "Ola Moe", "De Brug NV")
    for name, contact in (("one", zoe), ("two", kari), ("three", other)):
        postpones(office, eva, contact, name)
    with office.store.read(office.workspace) as work:
        company = work.contacts.get(zoe).company  # type: ignore[union-attr]
    assert company is not None
    with_company = {draft.form.comment for draft, _ in office.postponed.waiting(eva, company)}
    assert with_company == {"words of one", "words of two"}
    shown = office.lists.message(eva, Listing(Where.DRAFTS, int(company)))["text"]
    assert "You have 2 postponed interactions with Fjordbygg AS" in shown


def test_a_manager_knows_age_and_contact_but_never_the_text(
    office: Office, eva: Person, zoe: ContactId
) -> None:
    postpones(office, eva, zoe)
    max_, eva = office.team_of("North", office.joins("Max"), eva)
    wim = office.joins("Wim")
    card = on_card(office.cards.of(max_, eva).waiting, office.people.text(max_))
    said = str([block.to_dict() for block in card])
    assert ZOE in said
    assert "words of form" not in said
    assert office.cards.of(wim, eva).waiting == ()
    assert len(office.cards.of(eva, eva).waiting) == 1


def test_a_follow_up_has_contact_campaign_day_time_and_kind(
    office: Office, eva: Person, zoe: ContactId
) -> None:
    """Acceptance line 69."""
    entry = office.logs(eva, zoe)
    task = office.tasks.follow_up(eva, entry, MONDAY, "Meet Zoë", time(9, 30), TaskKind.MEETING)
    ((open_one, name),) = office.tasks.open_of(eva, 5)
    assert (open_one.contact, open_one.salesperson, open_one.kind, open_one.due_time) == (
        zoe,
        eva.id,
        TaskKind.MEETING,
        time(9, 30),
    )
    assert name == f"{ZOE} (Fjordbygg AS)"
    again = office.tasks.follow_up(eva, entry, FRIDAY, "Ring Zoë")
    assert again.id == task.id
    assert len(office.tasks.open_of(eva, 5)) == 1


def test_a_follow_up_that_was_just_made_is_undone(office: Office, eva: Person, zoe: ContactId) -> None:
    office.tasks.follow_up(eva, office.logs(eva, zoe), MONDAY, "Meet Zoë", time(9, 30), TaskKind.MEETING)
    office.undo.latest(eva)
    assert office.tasks.open_of(eva, 5) == []


def finishes(office: Office, person: Person, form: FormId, contact: ContactId) -> Outcome:
    typed = office.typed(contact, description="Ring Zoë")
    return office.interactions.log(person, form, typed, twin_accepted=True)


def lines(office: Office, task_id: int) -> list[tuple[str, str | None, str | None]]:
    with office.store.read(office.workspace) as work:
        return [(line.field, line.old, line.new) for line in work.history.of(ItemKind.TASK, task_id)]


def test_a_follow_up_is_moved_handed_over_and_ticked_off_with_a_note_of_each(
    office: Office, eva: Person, zoe: ContactId
) -> None:
    wim, ola = office.joins("Wim"), office.joins("Ola")
    task = office.tasks.follow_up(eva, office.logs(eva, zoe), FRIDAY, "Ring Zoë")
    office.snoozes.put_off(eva, task.id, Snooze.WORKING_DAY)
    office.tasks.move(eva, task.id, MONDAY, time(10))
    office.tasks.hand_over(eva, task.id, wim.id)
    assert office.tasks.open_of(eva, 5) == []
    ((his, _),) = office.tasks.open_of(wim, 5)
    assert (his.due, his.snoozed_until) == (MONDAY, None)
    with pytest.raises(Refusal, match="somebody else's"):
        office.tasks.move(ola, task.id, FRIDAY, None)
    _, operation = office.tasks.complete(wim, task.id)
    assert operation is not None
    assert office.tasks.complete(wim, task.id)[1] is None
    with pytest.raises(Refusal, match="done already"):
        office.tasks.move(wim, task.id, FRIDAY, None)
    office.undo.operation(wim, operation, None)
    assert len(office.tasks.open_of(wim, 5)) == 1
    assert [field for field, _, _ in lines(office, task.id)] == [
        "snoozed_until",
        "due",
        "due_time",
        "salesperson",
        "status",
        "status",
    ]


def test_a_colleague_who_left_gets_nothing(office: Office, eva: Person, zoe: ContactId) -> None:
    wim = office.joins("Wim")
    task = office.tasks.follow_up(eva, office.logs(eva, zoe), MONDAY, "Ring Zoë")
    with pytest.raises(Refusal, match="already"):
        office.tasks.hand_over(eva, task.id, eva.id)
    with office.store.begin(office.workspace) as work:
        work.people.change(type(wim)(**{**_fields(wim), "active": False}))
    with pytest.raises(Refusal, match="has left"):
        office.tasks.hand_over(eva, task.id, wim.id)


def _fields(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) for name in Person.__dataclass_fields__}


def test_logging_a_follow_up_ticks_it_off_and_undo_opens_it_again(
    office: Office, eva: Person, zoe: ContactId
) -> None:
    """Acceptance line 76."""
    task = office.tasks.follow_up(eva, office.logs(eva, zoe), MONDAY, "Ring Zoë")
    opened = office.forms.open_from_task(eva, task)
    assert (opened.form.contact, opened.form.description, opened.form.task) == (zoe, "Ring Zoë", task.id)
    office.forms.remember(eva, opened, None)
    outcome = finishes(office, eva, opened.form_id, zoe)
    assert outcome.entry is not None
    with office.store.read(office.workspace) as work:
        entry, done = work.entries.get(outcome.entry), work.tasks.get(task.id)
    assert entry is not None
    assert done is not None
    assert (entry.task, done.status) == (task.id, TaskStatus.COMPLETED)
    office.undo.latest(eva)
    assert [one.id for one, _ in office.tasks.open_of(eva, 5)] == [task.id]


def test_undo_of_an_entry_leaves_a_follow_up_done_that_was_ticked_off_by_hand(
    office: Office, eva: Person, zoe: ContactId
) -> None:
    task = office.tasks.follow_up(eva, office.logs(eva, zoe), MONDAY, "Ring Zoë")
    opened = office.forms.open_from_task(eva, task)
    office.forms.remember(eva, opened, None)
    office.tasks.complete(eva, task.id)
    finishes(office, eva, opened.form_id, zoe)
    office.undo.latest(eva)
    assert office.tasks.open_of(eva, 5) == []


def test_a_form_about_a_follow_up_that_was_taken_back_is_logged_all_the_same(
    office: Office, eva: Person, zoe: ContactId
) -> None:
    task = office.tasks.follow_up(eva, office.logs(eva, zoe), MONDAY, "Ring Zoë")
    opened = office.forms.open_from_task(eva, task)
    office.forms.remember(eva, opened, None)
    office.undo.latest(eva)
    outcome = finishes(office, eva, opened.form_id, zoe)
    assert outcome.entry is not None


def test_what_became_of_a_form_is_told_to_the_second_device(
    office: Office, eva: Person, zoe: ContactId
) -> None:
    form = postpones(office, eva, zoe)
    assert office.postponed.fate(eva, form) is None
    first = office.submits(eva, form, office.typed(zoe, comment="first"))
    second = office.submits(eva, form, office.typed(zoe, comment="second"))
    assert (second.entry, second.ended) == (first.entry, True)
    fate = office.postponed.fate(eva, form)
    assert fate is not None
    assert fate.listed is not None
    assert fate.listed.entry.comment == "first"
    assert len(office.entries.latest(eva, 9)) == 1


def test_what_was_discarded_on_one_device_is_not_logged_on_the_other(
    office: Office, eva: Person, zoe: ContactId
) -> None:
    form = postpones(office, eva, zoe)
    office.postponed.discard(eva, form, None)
    outcome = office.submits(eva, form, office.typed(zoe))
    assert (outcome.entry, outcome.ended) == (None, True)
    fate = office.postponed.fate(eva, form)
    assert fate is not None
    assert (fate.listed, fate.given_back) == (None, None)
    given = office.postponed.give_back(eva, form)
    fate = office.postponed.fate(eva, form)
    assert fate is not None
    assert fate.given_back == given


def test_the_card_of_a_company_counts_the_drafts_of_its_people(
    office: Office, eva: Person, zoe: ContactId
) -> None:
    company = office.contacts.create(eva, "c", Typed(type=ContactType.COMPANY, name="Nordvik")).id
    kari = office.knows(eva, "Kari Nes", "Nordvik")
    postpones(office, eva, kari)
    assert office.contacts.card(eva, company).drafts == 1
    assert office.contacts.card(eva, zoe).drafts == 0
