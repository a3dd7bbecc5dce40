from datetime import timedelta
from pathlib import Path

import pytest
from office import Office
from running import Running
from sqlalchemy import func, select

from bot.domain.campaigns import Campaign
from bot.domain.entries import Asked, Filter
from bot.domain.ids import CampaignId, EntryId, SegmentId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.segments import Logged, RunState
from bot.services.tidying import Tidying
from storage.tables.interactions import entries
from storage.tables.segments import (
    campaign_entries,
    logged_segments,
    segment_entries,
    segment_lines,
    segments,
)


@pytest.fixture
def running(office: Office) -> Running:
    return Running(office)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def ada(office: Office) -> Person:
    return office.joins("Ada", admin=True)


@pytest.fixture
def autumn(office: Office) -> CampaignId:
    made = CampaignId(office.store.ids())
    with office.store.begin(office.workspace) as work:
        work.campaigns.add(Campaign(id=made, number="CP0001", description="Autumn"))
    return made


@pytest.fixture
def logged(running: Running, eva: Person, autumn: CampaignId) -> Logged:
    return running.logs(eva, running.segment(eva, running.people(eva, 5), campaign=autumn))


def reasons(running: Running, run: Logged) -> set[str | None]:
    return {row.cancel_reason for row in running.entries(run.id)}


def counted(running: Running, query: object) -> int:
    with running.office.store.reading() as connection:
        return int(connection.scalar(query) or 0)  # type: ignore[call-overload]


def live_campaigns(running: Running) -> int:
    live = select(func.count()).select_from(campaign_entries).where(campaign_entries.c.canceled_at.is_(None))
    return counted(running, live)


def test_60_a_canceled_register_cancels_entries_and_campaign_entries(
    running: Running, eva: Person, logged: Logged
) -> None:
    assert live_campaigns(running) == 1
    running.logged_segments.cancel(eva, logged.id)
    running.runs.run()
    assert reasons(running, logged) == {"canceled"}
    assert live_campaigns(running) == 0
    with pytest.raises(Refusal, match="canceled already"):
        running.logged_segments.cancel(eva, logged.id)
    running.logged_segments.reinstate(eva, logged.id)
    running.runs.run()
    assert reasons(running, logged) == {None}
    assert live_campaigns(running) == 1
    assert running.register(logged.id).canceled_at is None


def test_reinstating_a_register_clears_what_was_canceled_one_by_one(
    running: Running, eva: Person, logged: Logged, office: Office
) -> None:
    office.entry_acts.cancel(eva, [EntryId(running.entries(logged.id)[0].id)], None)
    running.logged_segments.cancel(eva, logged.id)
    running.runs.run()
    running.logged_segments.reinstate(eva, logged.id)
    running.runs.run()
    assert reasons(running, logged) == {None}


def test_undo_of_a_cancellation_leaves_what_was_canceled_before(
    running: Running, eva: Person, logged: Logged, office: Office
) -> None:
    first = running.entries(logged.id)[0]
    office.entry_acts.cancel(eva, [EntryId(first.id)], None)
    office.clock.move(timedelta(minutes=1))
    running.logged_segments.cancel(eva, logged.id)
    running.runs.run()
    office.undo.latest(eva)
    running.runs.run()
    assert [row.cancel_reason for row in running.entries(logged.id)] == ["canceled", None, None, None, None]
    assert running.register(logged.id).canceled_at is None
    assert live_campaigns(running) == 1


def test_undo_of_a_reinstatement_cancels_again(
    running: Running, eva: Person, logged: Logged, office: Office
) -> None:
    running.logged_segments.cancel(eva, logged.id)
    running.runs.run()
    office.clock.move(timedelta(minutes=1))
    running.logged_segments.reinstate(eva, logged.id)
    running.runs.run()
    office.undo.latest(eva)
    running.runs.run()
    assert reasons(running, logged) == {"canceled"}
    assert running.register(logged.id).canceled_at is not None


def test_59_one_entry_of_a_canceled_register_is_not_reinstated(
    running: Running, eva: Person, logged: Logged, office: Office
) -> None:
    running.logged_segments.cancel(eva, logged.id)
    running.runs.run()
    act = office.entry_acts.reinstate(eva, [EntryId(running.entries(logged.id)[0].id)], None)
    assert not act.changed
    assert "its logged segment {n} is canceled" in act.left[0].text
    assert reasons(running, logged) == {"canceled"}


def test_61_a_canceled_campaign_entry_cancels_its_interactions(
    running: Running, eva: Person, autumn: CampaignId, office: Office
) -> None:
    segment = running.segment(eva, running.people(eva, 3), campaign=autumn)
    running.personalises(segment, 2, template=office.template("OUTGOING"), salesperson=eva.id)
    run = running.logs(eva, segment)
    assert list(running.logged_segments.campaigns(eva, run.id).values()) == ["Autumn"]
    running.logged_segments.cancel_campaign(eva, run.id, autumn)
    running.runs.run()
    assert [row.cancel_reason for row in running.entries(run.id)] == ["canceled", None, "canceled"]
    assert running.register(run.id).canceled_at is None
    assert "The campaign's interactions" in running.said(running.register(run.id).answer)[-1]
    with pytest.raises(Refusal, match="canceled already"):
        running.logged_segments.cancel_campaign(eva, run.id, autumn)
    act = office.entry_acts.reinstate(eva, [EntryId(running.entries(run.id)[0].id)], None)
    assert not act.changed
    running.logged_segments.reinstate(eva, run.id)
    running.runs.run()
    assert reasons(running, run) == {None}


def test_64_entries_of_a_deleted_register_remain_unlinked(
    running: Running, eva: Person, ada: Person, logged: Logged
) -> None:
    running.logged_segments.cancel(eva, logged.id)
    running.runs.run()
    running.logged_segments.delete(ada, logged.id)
    running.runs.run()
    canceled = select(func.count()).select_from(entries).where(entries.c.cancel_reason == "canceled")
    assert counted(running, canceled) == 5
    for table in (segment_entries, logged_segments, segments):
        assert counted(running, select(func.count()).select_from(table)) == 0
    unlinked = select(func.count()).where(campaign_entries.c.logged_id.is_(None))
    assert counted(running, unlinked) == 1


def test_65_a_register_that_counts_is_not_deleted(running: Running, ada: Person, logged: Logged) -> None:
    with pytest.raises(Refusal, match="Cancel it first"):
        running.logged_segments.delete(ada, logged.id)
    assert running.register(logged.id).state is RunState.LOGGED


def test_66_only_managers_and_admins_delete(
    running: Running, eva: Person, office: Office, logged: Logged
) -> None:
    running.logged_segments.cancel(eva, logged.id)
    running.runs.run()
    with pytest.raises(Refusal, match="managers and admins"):
        running.logged_segments.delete(eva, logged.id)
    max_, _ = office.team_of("North", office.joins("Max"), eva)
    running.logged_segments.delete(max_, logged.id)
    running.runs.run()
    assert counted(running, select(func.count()).select_from(logged_segments)) == 0


def test_a_follow_up_made_later_leaves_out_and_names(
    running: Running, eva: Person, logged: Logged, office: Office
) -> None:
    rows = running.entries(logged.id)
    running.alters(rows[0].contact_id, privacy_blocked=True)
    running.alters(rows[1].contact_id, exclude_from_segment=True)
    office.entry_acts.cancel(eva, [EntryId(rows[2].id)], None)
    running.logged_segments.follow_up(eva, logged.id)
    running.runs.run()
    after = running.register(logged.id)
    assert after.state is RunState.LOGGED
    assert after.follow_up_segment is not None
    made = running.read(after.follow_up_segment)
    assert [line.contact for line in running.lines(made.id)] == [rows[3].contact_id, rows[4].contact_id]
    said = running.said(after.answer)[-1]
    assert f"{made.number} is ready, with 2 contacts of logged segment 1" in said
    assert "3 were left out" in said
    assert "Anna 000, Anna 001, Anna 002" in said


def test_contacts_are_reused_in_a_new_segment(running: Running, eva: Person, logged: Logged) -> None:
    running.logged_segments.reuse(eva, logged.id)
    running.runs.run()
    made = running.register(logged.id).follow_up_segment
    assert made is not None
    found = running.read(made)
    assert found.description == "Contacts of SEG0900"
    assert len(running.lines(made)) == 5
    assert found.campaign is None


def test_the_list_holds_what_its_reader_may_see(
    running: Running, eva: Person, ada: Person, logged: Logged, office: Office
) -> None:
    wim = office.joins("Wim")
    office.sees("own")
    assert [run.id for run, _ in running.logged_segments.page(eva, 0).rows] == [logged.id]
    assert running.logged_segments.page(wim, 0).rows == ()
    assert not running.logged_segments.page(eva, 0).deletable
    assert running.logged_segments.page(ada, 7).rows[0][1] == "Eva"
    with pytest.raises(Refusal):
        running.logged_segments.get(wim, logged.id)


def test_the_entries_of_one_register_are_listed_in_its_order(
    running: Running, eva: Person, logged: Logged, office: Office
) -> None:
    office.logs(eva, office.knows(eva, "Zoe"))
    page = office.entry_lists.page(eva, Asked(Filter(logged=logged.id)))
    assert page.count == 5
    assert [one.entry.id for one in page.entries] == [row.id for row in running.entries(logged.id)]
    wim = office.joins("Wim")
    office.sees("own")
    assert office.entry_lists.page(wim, Asked(Filter(logged=logged.id))).count == 0


def test_what_is_at_work_is_left_alone(running: Running, eva: Person, logged: Logged) -> None:
    running.logged_segments.cancel(eva, logged.id)
    for act in (running.logged_segments.reuse, running.logged_segments.reinstate):
        with pytest.raises(Refusal, match="Something is being done"):
            act(eva, logged.id)


def test_lines_go_once_the_run_cannot_be_undone_any_more(
    running: Running, eva: Person, logged: Logged, office: Office, tmp_path: Path
) -> None:
    tidying = Tidying(office.store, tmp_path)
    lines = select(func.count()).select_from(segment_lines)
    tidying.run()
    assert counted(running, lines) == 5
    office.clock.move(timedelta(hours=1, minutes=1))
    assert "lines of logged segments 5" in tidying.run()
    with office.store.read(office.workspace) as work:
        found = work.segments.get(logged.segment or SegmentId(0))
        assert found is not None
        assert running.segments.known(work, eva, found).lines == logged.total
    assert counted(running, lines) == 0
    assert len(running.entries(logged.id)) == 5


def test_a_follow_up_can_be_deleted_and_the_run_still_be_undone(
    running: Running, eva: Person, logged: Logged, office: Office
) -> None:
    running.logged_segments.follow_up(eva, logged.id)
    running.runs.run()
    made = running.register(logged.id).follow_up_segment
    assert made is not None
    running.segments.delete(eva, made)
    assert running.register(logged.id).follow_up_segment is None
    office.undo.latest(eva)
    running.runs.run()
    assert reasons(running, logged) == {"undone"}
    assert logged.segment is not None
    running.segments.delete(eva, logged.segment)
