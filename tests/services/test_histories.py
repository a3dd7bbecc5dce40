"""History of an entry: who, when, from what to what (`product.md` 7)."""

from datetime import date, timedelta

import pytest
from office import Office

from bot.clock import FixedClock
from bot.domain.campaigns import Opportunity, OpportunityStatus
from bot.domain.histories import LINES, Change
from bot.domain.ids import ContactId, EntryId, OpportunityId
from bot.domain.interactions import Evaluation
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind
from bot.domain.people import Person
from bot.services.entries import Result

MINUTE = timedelta(minutes=1)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def anna(office: Office, eva: Person) -> ContactId:
    return office.knows(eva, "Anna Berg")


def lines(office: Office, eva: Person, entry: EntryId) -> list[tuple[str, str | None, str | None]]:
    return [(one.field, one.old, one.new) for one in office.histories.of_entry(eva, entry).changes]


def chance(office: Office, anna: ContactId, eva: Person) -> OpportunityId:
    made = Opportunity(
        id=OpportunityId(office.store.ids()),
        number="OP000001",
        description="Forty more",
        contact=anna,
        company=None,
        salesperson=eva.id,
        status=OpportunityStatus.IN_PROGRESS,
    )
    with office.store.begin(office.workspace) as work:
        work.opportunities.add(made)
    return made.id


def test_everything_that_edit_result_changes_is_told(
    office: Office, clock: FixedClock, eva: Person, anna: ContactId
) -> None:
    entry = office.logs(eva, anna, comment="Rang", duration="15")
    opportunity = chance(office, anna, eva)
    clock.move(MINUTE)
    result = Result(
        evaluation=Evaluation.POSITIVE,
        attempt_failed=True,
        comment="Rang back",
        duration="20",
        cost="99,5",
        opportunity=opportunity,
    )
    office.entries.change_result(eva, entry, result, 0)
    story = office.histories.of_entry(eva, entry)
    assert {(one.field, one.old, one.new) for one in story.changes} == {
        ("evaluation", None, "positive"),
        ("attempt_failed", "False", "True"),
        ("comment", "Rang", "Rang back"),
        ("duration", "15", "20"),
        ("cost", "", "99.50"),
        ("opportunity", None, str(opportunity)),
        ("logged", None, "1"),
    }
    assert story.changes[-1].field == "logged"
    assert (story.people[eva.id], story.opportunities[opportunity]) == ("Eva", "OP000001 · Forty more")
    office.entries.change_result(eva, entry, result, 1)
    assert len(lines(office, eva, entry)) == 7


def test_acts_and_their_undo_stand_there_newest_first(
    office: Office, clock: FixedClock, eva: Person, anna: ContactId
) -> None:
    entry = office.logs(eva, anna)
    clock.move(MINUTE)
    office.entry_acts.evaluate(eva, [entry], Evaluation.NEGATIVE, None)
    clock.move(MINUTE)
    office.entry_acts.cancel(eva, [entry], None)
    clock.move(MINUTE)
    office.undo.latest(eva)
    assert lines(office, eva, entry) == [
        ("canceled", "canceled", "False"),
        ("canceled", "False", "canceled"),
        ("evaluation", None, "negative"),
        ("logged", None, "1"),
    ]


def test_its_follow_up_and_the_draft_it_came_from_are_told_too(
    office: Office, clock: FixedClock, eva: Person, anna: ContactId
) -> None:
    max_ = office.joins("Max")
    office.types(eva, "form", office.typed(anna), "1")
    entry = office.submits(eva, "form", office.typed(anna)).entry
    assert entry is not None
    draft = office.entries.get(eva, entry).entry.draft
    assert draft is not None
    with office.store.begin(office.workspace) as work:
        work.history.note(ItemKind.DRAFT, draft, eva.id, ("owner", max_.id, eva.id))
    clock.move(MINUTE)
    office.tasks.follow_up(eva, entry, date(2026, 11, 27), "Send the list")
    clock.move(MINUTE)
    office.tasks.follow_up(eva, entry, date(2026, 11, 30), "Send the list")
    story = office.histories.of_entry(eva, entry)
    told = [(one.kind, one.field, one.new) for one in story.changes]
    assert (ItemKind.TASK, "due", "2026-11-30") in told
    assert (ItemKind.DRAFT, "owner", str(eva.id)) in told
    assert story.people[max_.id] == "Max"


def test_a_long_history_comes_in_pages_that_hold_each_line_once(
    office: Office, clock: FixedClock, eva: Person, anna: ContactId
) -> None:
    entry = office.logs(eva, anna)
    for turn in range(LINES):
        clock.move(MINUTE)
        good = Evaluation.POSITIVE if turn % 2 else Evaluation.NEGATIVE
        office.entry_acts.evaluate(eva, [entry], good, None)
    first, second = (office.histories.of_entry(eva, entry, page) for page in (0, 1))
    assert (len(first.changes), first.more) == (LINES, True)
    assert (_fields(second.changes), second.more) == (["logged"], False)


def test_only_who_may_read_the_entry_reads_its_history(office: Office, eva: Person, anna: ContactId) -> None:
    office.sees("own")
    entry = office.logs(eva, anna)
    with pytest.raises(Refusal, match="gone, or not yours"):
        office.histories.of_entry(office.joins("Wim"), entry)


def _fields(changes: tuple[Change, ...]) -> list[str]:
    return [change.field for change in changes]
