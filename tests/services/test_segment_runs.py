from dataclasses import replace
from datetime import timedelta

import pytest
from office import NothingToPack, Office
from running import Running, small_steps
from sqlalchemy import select, update

from bot.domain.campaigns import Campaign
from bot.domain.entries import Filter
from bot.domain.ids import CampaignId
from bot.domain.interactions import Correspondence, Evaluation
from bot.domain.messages import Busy, Refusal
from bot.domain.people import Person
from bot.domain.segment_values import Fault
from bot.domain.segments import Logged, RunState, SegmentState, run_answer
from bot.domain.templates import SEGMENT_SERIES
from bot.services.run_messages import RunMessages
from bot.services.run_steps import RunSteps
from bot.services.segment_runs import Order
from bot.services.sweep import Pace
from storage.tables.interactions import entries
from storage.tables.people import number_series
from storage.tables.segments import campaign_entries
from storage.work import Work


@pytest.fixture
def running(office: Office) -> Running:
    return Running(office)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


def campaign(running: Running) -> CampaignId:
    made = CampaignId(running.office.store.ids())
    with running.office.store.begin(running.office.workspace) as work:
        work.campaigns.add(Campaign(id=made, number="CP0001", description="Autumn"))
    return made


def test_46_n_contacts_become_n_entries_of_one_register(running: Running, eva: Person) -> None:
    segment = running.segment(eva, running.people(eva, 7), text="Our catalogue is out.")
    run = running.logs(eva, segment)
    rows = running.entries(run.id)
    assert run.state is RunState.LOGGED
    assert [row.line for row in rows] == list(range(1, 8))
    assert [row.number for row in rows] == list(range(rows[0].number, rows[0].number + 7))
    assert {row.description for row in rows} == {"Autumn catalogue"}
    assert running.read(segment.id).state is SegmentState.LOGGED
    with running.office.store.read(eva.workspace) as work:
        listed = work.entries.many([row.id for row in rows])
        assert {one.entry.comment for one in listed} == {"Our catalogue is out."}
        assert [line.new for line in work.history.of("entry", rows[0].id)] == [str(rows[0].number)]
        found = work.entry_words.find(Filter(text="autumn catal out"))
        assert set(found.entries) == {row.id for row in rows}
        assert work.weeks.salespeople_of(run.id) == {eva.id}
    assert "Logged 7 interactions of SEG0900 as logged segment 1" in running.said(run.answer)[-1]


def test_the_next_entry_has_the_next_number(running: Running, eva: Person) -> None:
    people = running.people(eva, 5)
    segment = running.segment(eva, people)
    running.starts(eva, segment)
    running.alters(people[2], privacy_blocked=True)
    running.runs.run()
    with running.office.store.read(eva.workspace) as work:
        before = max(row.number for row in work.access.connection.execute(select(entries.c.number)))
    after = running.office.logs(eva, people[0])
    with running.office.store.read(eva.workspace) as work:
        entry = work.entries.get(after)
    assert entry is not None
    assert entry.number == before + 1


def test_47_a_campaign_gets_one_entry_and_the_follow_up_its_name(running: Running, eva: Person) -> None:
    autumn = campaign(running)
    segment = running.segment(eva, running.people(eva, 5), campaign=autumn)
    run = running.logs(eva, segment, follow_up=True)
    with running.office.store.reading() as connection:
        row = connection.execute(select(campaign_entries)).one()
    assert (row.campaign_id, row.logged_id, row.segment_number) == (autumn, run.id, "SEG0900")
    assert run.follow_up_segment is not None
    made = running.read(run.follow_up_segment)
    assert made.description == "Follow-up on segment SEG0900"
    assert made.campaign == autumn
    assert made.template is None
    assert [line.contact for line in running.lines(made.id)] == [
        row.contact_id for row in running.entries(run.id)
    ]
    assert f"Follow-up segment {made.number} is ready" in running.said(run.answer)[-1]
    with running.office.store.read(eva.workspace) as work:
        actions = work.segments.actions(made.id)
    assert [(action.kind, action.added) for action in actions] == [("from_logged", 5)]


def test_48_an_empty_segment_is_refused(running: Running, eva: Person) -> None:
    with pytest.raises(Refusal, match="no contacts yet"):
        running.starts(eva, running.segment(eva, []))


def test_49_a_blank_description_is_refused(running: Running, eva: Person) -> None:
    with pytest.raises(Refusal, match="description first"):
        running.starts(eva, running.segment(eva, running.people(eva, 1), description=" "))


@pytest.mark.parametrize(
    ("facts", "fault"),
    [({"template": None}, Fault.NO_TEMPLATE), ({"salesperson": None}, Fault.NO_SALESPERSON)],
)
def test_50_a_faulty_line_keeps_all_from_being_logged(
    running: Running, eva: Person, facts: dict[str, None], fault: Fault
) -> None:
    people = running.people(eva, 3)
    running.alters(people[1], salesperson_id=None)
    segment = running.segment(eva, people, **facts)
    for line in (1, 3):
        running.personalises(segment, line, template=running.office.template(), salesperson=eva.id)
    checked = running.runs.check(eva, segment.id, send=False)
    assert checked.faults == {fault: 1}
    assert [one.name for one in checked.first] == ["Anna 001"]
    with pytest.raises(Refusal, match="Nothing was logged: mend it, or tick “Log the rest later”"):
        running.starts(eva, segment)
    assert running.runs.run() == ""
    assert running.read(segment.id).state is SegmentState.ACTIVE


def test_51_a_mail_without_an_address_is_refused_when_sent(running: Running, eva: Person) -> None:
    people = running.people(eva, 2)
    running.alters(people[0], email="")
    segment = running.segment(eva, people)
    assert running.runs.check(eva, segment.id, send=True).faults == {Fault.NO_ADDRESS: 1}
    with pytest.raises(Refusal, match="Nothing was logged"):
        running.starts(eva, segment, send=True)


def test_52_a_mail_without_an_address_has_no_type_when_nothing_is_sent(running: Running, eva: Person) -> None:
    people = running.people(eva, 2)
    running.alters(people[0], email="")
    run = running.logs(eva, running.segment(eva, people))
    assert [row.correspondence for row in running.entries(run.id)] == [None, Correspondence.EMAIL]


def test_53_a_number_in_the_register_is_refused(running: Running, eva: Person) -> None:
    segment = running.segment(eva, running.people(eva, 1))
    running.logs(eva, segment)
    with running.office.store.begin(eva.workspace) as work:
        work.segments.turn(segment.id, SegmentState.LOGGED, SegmentState.ACTIVE)
    with pytest.raises(Refusal, match="register already"):
        running.starts(eva, segment)


@pytest.mark.parametrize("wanted", ["follow_up", "rest"])
def test_54_without_a_series_all_is_refused(running: Running, eva: Person, wanted: str) -> None:
    segment = running.segment(eva, running.people(eva, 1))
    with running.office.store.writing() as connection:
        connection.execute(
            update(number_series).where(number_series.c.code == SEGMENT_SERIES).values(code="GONE")
        )
    with pytest.raises(Refusal, match="number series"):
        running.starts(eva, segment, **{wanted: True})
    assert running.read(segment.id).state is SegmentState.ACTIVE


def test_56_a_personal_line_keeps_what_is_its_own(running: Running, eva: Person) -> None:
    segment = running.segment(eva, running.people(eva, 3), text="For all")
    called = running.office.template("OUTGOING")
    facts = {
        "description": "Called about it",
        "evaluation": Evaluation.POSITIVE,
        "text": "For {{ contact.name }}",
    }
    running.personalises(segment, 2, template=called, salesperson=eva.id, **facts)
    run = running.logs(eva, segment)
    first, second, _ = running.entries(run.id)
    assert (second.template_id, second.description) == (called, "Called about it")
    assert second.evaluation == Evaluation.POSITIVE
    assert first.evaluation is None
    with running.office.store.read(eva.workspace) as work:
        said = [one.entry.comment for one in work.entries.many([first.id, second.id])]
    assert said == ["For all", "For Anna 001"]


def test_the_rest_moves_to_a_segment_of_its_own(running: Running, eva: Person) -> None:
    people = running.people(eva, 5)
    running.alters(people[3], email="")
    segment = running.segment(eva, people)
    running.personalises(segment, 4, evaluation=Evaluation.NEGATIVE)
    run = running.logs(eva, segment, send=True, rest=True)
    assert [row.line for row in running.entries(run.id)] == [1, 2, 3, 5]
    assert run.rest_segment is not None
    rest = running.read(run.rest_segment)
    assert (rest.description, rest.template) == ("Rest of SEG0900", segment.template)
    (line,) = running.lines(rest.id)
    assert (line.contact, line.evaluation) == (people[3], Evaluation.NEGATIVE)
    assert line.description == "Autumn catalogue"
    assert f"1 contact that could not be logged is in {rest.number}" in running.said(run.answer)[-1]


def test_what_a_run_made_tells_where_it_stands_that_it_went_with_it(running: Running, eva: Person) -> None:
    people = running.people(eva, 5)
    running.alters(people[3], email="")
    segment = running.segment(eva, people)
    run = running.logs(eva, segment, send=True, rest=True, follow_up=True)
    made = [running.read(one) for one in (run.rest_segment, run.follow_up_segment) if one]
    for one in (segment, *made):
        running.segments.bring(eva, one.id)
    assert "4 contacts" in running.said(f"segment:{segment.id}:{eva.id}")[-1]
    running.office.undo.latest(eva)
    running.runs.run()
    assert [running.said(f"segment:{one.id}:{eva.id}")[-1] for one in made] == [
        "SEG0001 · Rest of SEG0900 was deleted.",
        "SEG0002 · Follow-up on segment SEG0900 was deleted.",
    ]
    assert "5 contacts" in running.said(f"segment:{segment.id}:{eva.id}")[-1]


def test_of_two_who_press_at_once_one_wins(running: Running, eva: Person) -> None:
    segment = running.segment(eva, running.people(eva, 2))
    running.starts(eva, segment)
    with pytest.raises(Refusal, match="being logged"):
        running.starts(eva, segment)


def test_the_same_order_once_more_is_the_same_run(running: Running, eva: Person) -> None:
    segment = running.segment(eva, running.people(eva, 2))
    order = Order(key="order:1")
    first = running.runs.start(eva, segment.id, order)
    running.runs.run()
    assert running.runs.start(eva, segment.id, order).id == first.id
    assert len(running.entries(first.id)) == 2


def test_a_header_that_is_being_logged_stays_as_it_is(running: Running, eva: Person) -> None:
    segment = running.segment(eva, running.people(eva, 2))
    running.starts(eva, segment)
    with running.office.store.begin(eva.workspace) as work:
        now = running.read(segment.id)
        assert not work.segments.change(now, replace(now, description="Another"))
        assert not work.segments.touch(segment.id)


def test_who_is_blocked_or_gone_meanwhile_is_left_out_and_named(running: Running, eva: Person) -> None:
    people = running.people(eva, 6)
    segment = running.segment(eva, people)
    started = running.starts(eva, segment)
    running.steps(started, 1)
    running.alters(people[3], privacy_blocked=True)
    running.moves(segment, 5, None)
    running.runs.run()
    assert [row.line for row in running.entries(started.id)] == [1, 2, 3, 6]
    said = running.said(started.answer)[-1]
    assert "2 contacts were left out" in said
    assert "Anna 003" in said


def test_who_was_merged_meanwhile_is_logged_as_who_he_is_now(running: Running, eva: Person) -> None:
    people = running.people(eva, 4)
    segment = running.segment(eva, people[:3])
    started = running.starts(eva, segment)
    running.steps(started, 1)
    running.moves(segment, 3, people[3])
    running.runs.run()
    assert [row.contact_id for row in running.entries(started.id)] == [people[0], people[1], people[3]]


def test_where_nothing_is_left_to_log_the_segment_is_in_work_again(running: Running, eva: Person) -> None:
    people = running.people(eva, 2)
    segment = running.segment(eva, people)
    started = running.starts(eva, segment)
    for contact in people:
        running.alters(contact, privacy_blocked=True)
    running.runs.run()
    assert running.register(started.id).state is RunState.UNDONE
    assert running.read(segment.id).state is SegmentState.ACTIVE
    assert "Nothing of SEG0900 could be logged" in running.said(started.answer)[-1]


def test_a_text_that_cannot_be_filled_in_is_named(running: Running, eva: Person) -> None:
    segment = running.segment(eva, running.people(eva, 3))
    running.personalises(segment, 2, text="Dear {{ contact.nme }}")
    checked = running.runs.check(eva, segment.id, send=False)
    assert checked.faults == {Fault.TEXT: 1}
    assert checked.first[0].detail is not None
    run = running.logs(eva, segment, rest=True)
    assert [row.line for row in running.entries(run.id)] == [1, 3]
    header = running.segment(eva, running.people(eva, 1), number="SEG0901", text="Dear {{ contact.nme }}")
    with pytest.raises(Refusal, match="can't be filled in"):
        running.starts(eva, header)


def test_undo_takes_everything_back(running: Running, eva: Person) -> None:
    segment = running.segment(eva, running.people(eva, 5), campaign=campaign(running))
    running.personalises(segment, 2, evaluation=Evaluation.POSITIVE)
    before = running.read(segment.id), running.lines(segment.id)
    run = running.logs(eva, segment, follow_up=True)
    undone = running.office.undo.latest(eva)
    assert "SEG0900" in str(undone.message.values)
    running.runs.run()
    after = running.register(run.id)
    assert after.state is RunState.UNDONE
    assert {row.cancel_reason for row in running.entries(run.id)} == {"undone"}
    assert replace(running.read(segment.id), changed_at=before[0].changed_at) == before[0]
    assert running.lines(segment.id) == before[1]
    assert after.follow_up_segment is None
    with running.office.store.read(eva.workspace) as work:
        assert work.segments.numbered("SEG0001") is None
        rows = work.access.connection.execute(select(campaign_entries.c.canceled_at))
        assert all(row.canceled_at is not None for row in rows)
    assert "it is in work again" in running.said(run_answer(run.id))[-1]
    again = running.logs(eva, segment)
    assert again.state is RunState.LOGGED
    assert again.number == run.number + 1


def test_undo_leaves_and_names_what_others_changed(running: Running, eva: Person, office: Office) -> None:
    ada = office.joins("Ada", admin=True)
    segment = running.segment(eva, running.people(eva, 4))
    run = running.logs(eva, segment, follow_up=True)
    touched = running.entries(run.id)[2]
    office.entry_acts.evaluate(ada, [touched.id], Evaluation.POSITIVE, None)
    assert run.follow_up_segment is not None
    with office.store.begin(eva.workspace) as work:
        assert work.segments.touch(run.follow_up_segment)
    office.undo.latest(eva)
    running.runs.run()
    reasons = [row.cancel_reason for row in running.entries(run.id)]
    assert reasons == ["undone", "undone", None, "undone"]
    assert running.read(run.follow_up_segment).state is SegmentState.ACTIVE
    said = running.said(run.answer)[-1]
    assert "1 interaction was changed by somebody else meanwhile; it stays: Anna 002" in said
    assert "SEG0001 was changed meanwhile; it stays" in said


def test_undo_ends_ten_minutes_after_the_run(running: Running, eva: Person, office: Office) -> None:
    segment = running.segment(eva, running.people(eva, 2))
    started = running.starts(eva, segment)
    office.clock.move(timedelta(minutes=9))
    running.runs.run()
    run = running.register(started.id)
    assert run.operation is not None
    office.clock.move(timedelta(minutes=9))
    with office.store.read(eva.workspace) as work:
        found = work.operations.get(run.operation)
    assert found is not None
    assert found.undoable_at(office.clock.now())
    office.clock.move(timedelta(minutes=2))
    with pytest.raises(Refusal, match="/segment logged"):
        office.undo.operation(eva, run.operation, None)


def test_a_run_that_is_stopped_takes_back_what_it_logged(running: Running, eva: Person) -> None:
    segment = running.segment(eva, running.people(eva, 6))
    started = running.starts(eva, segment)
    running.steps(started, 2)
    logged = running.entries(started.id)
    assert 0 < len(logged) < 6
    running.runs.stop_run(eva, started.id)
    running.runs.run()
    assert {row.cancel_reason for row in running.entries(started.id)} == {"undone"}
    assert len(running.entries(started.id)) == len(logged)
    assert running.read(segment.id).state is SegmentState.ACTIVE
    with pytest.raises(Refusal):
        running.runs.stop_run(eva, started.id)


def test_progress_is_told_at_most_once_a_second(running: Running, eva: Person, office: Office) -> None:
    started = running.starts(eva, running.segment(eva, running.people(eva, 9)))

    def step() -> None:
        running.runs.step(eva.workspace, started.id, small_steps())

    step()
    step()
    assert running.said(started.answer)[1:] == ["Logging SEG0900: 2 of 9…"]
    office.clock.move(timedelta(seconds=1))
    step()
    assert running.said(started.answer)[-1] == "Logging SEG0900: 6 of 9…"


def test_a_stranger_neither_starts_nor_stops(running: Running, eva: Person, office: Office) -> None:
    wim = office.joins("Wim")
    segment = running.segment(eva, running.people(eva, 2))
    with pytest.raises(Refusal, match="Only"):
        running.starts(wim, segment)
    started = running.starts(eva, segment)
    with pytest.raises(Refusal, match="Only"):
        running.runs.stop_run(wim, started.id)


def test_somebody_logs_while_a_step_is_written(running: Running, eva: Person, office: Office) -> None:
    """PostgreSQL: the step's numbers are set aside before, so the next one is free; SQLite has one writer."""
    people = running.people(eva, 5)
    run = running.starts(eva, running.segment(eva, people[:4]))

    class Interrupted(RunMessages):
        def progress(self, work: Work, run: Logged) -> None:
            if office.store.dialect == "postgresql":
                office.logs(eva, people[4])
            super().progress(work, run)

    messages = Interrupted(office.people, running.segments)
    RunSteps(office.store, messages, NothingToPack()).take(eva.workspace, run, small_steps())
    with office.store.read(eva.workspace) as work:
        numbers = work.access.connection.scalars(select(entries.c.number).order_by(entries.c.number)).all()
    assert len(set(numbers)) == len(numbers) == (3 if office.store.dialect == "postgresql" else 2)


def test_a_step_that_takes_longer_than_a_statement_may_is_made_smaller(
    running: Running, eva: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = running.starts(eva, running.segment(eva, running.people(eva, 2)))
    pace = Pace(size=400, smallest=100, largest=5_000, held=0.3, rest=0)

    def too_slow(*_told: object) -> float:
        raise Busy

    monkeypatch.setattr(RunSteps, "take", too_slow)
    taken = [(running.runs.step(eva.workspace, run.id, pace), pace.size) for _ in range(3)]
    assert [size for _, size in taken] == [200, 100, 100]
    assert all(rest for rest, _ in taken)
