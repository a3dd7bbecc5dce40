"""Changes of many contacts go piece by piece: nobody else comes in between, and what breaks off is shown as it is."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from office import Office
from roster import Roster

from bot.domain.criteria import Criteria
from bot.domain.messages import Refusal
from bot.domain.segments import HELD_FOR, ActionKind
from bot.services import segment_gates
from bot.services.membership_changes import Wanted, act, forget, take_back
from bot.services.segment_holds import Hold, SegmentHolds
from bot.services.sweep import Pace
from storage.work import Work

ADD, REDUCE = ActionKind.ADD, ActionKind.REDUCE


def two_at_once() -> Pace:
    return Pace(size=2, smallest=2, largest=2, held=0.05, rest=0)


@pytest.fixture
def roster(office: Office) -> Roster:
    roster = Roster(office)
    roster.knows("Anna", "Bo", "Cato", "Dag", "Else", city="Bergen")
    return roster


@pytest.fixture
def holds(roster: Roster) -> SegmentHolds:
    return SegmentHolds(roster.office.store, two_at_once)


def everybody(roster: Roster, kind: ActionKind = ADD) -> Wanted:
    return Wanted(roster.eva, kind, Criteria(), "everybody")


def test_pieces_make_one_action_in_order_and_are_taken_back_whole(
    roster: Roster, holds: SegmentHolds
) -> None:
    with holds.held(roster.eva, roster.segment) as hold:
        added = act(hold, everybody(roster))
        assert roster.names() == ["Anna", "Bo", "Cato", "Dag", "Else"]
        before = roster.lines()
        removed = act(hold, everybody(roster, REDUCE))
        assert roster.names() == []
        assert [(one.added, one.removed) for one in roster.actions()] == [(5, 0), (0, 5)]
        take_back(hold, removed)
        assert roster.lines() == before
        take_back(hold, added)
    assert (roster.names(), roster.actions()) == ([], [])


def test_lines_are_forgotten_piece_by_piece_those_that_were_taken_out_too(
    roster: Roster, holds: SegmentHolds
) -> None:
    with holds.held(roster.eva, roster.segment) as hold:
        act(hold, everybody(roster))
        act(hold, everybody(roster, REDUCE))
        forget(hold)
        assert hold.read(lambda work: work.segment_lines.all(roster.segment)) == []


def test_a_contact_that_goes_meanwhile_leaves_no_line(roster: Roster, holds: SegmentHolds) -> None:
    with holds.held(roster.eva, roster.segment) as hold:
        gone = [*roster.everybody()[:1], 7]
        action = hold.once(lambda work: work.segments.act(roster.segment, ADD, "two", roster.eva.id, {}))
        hold.each(gone, lambda work, some: added(work, roster, action, some))
    assert len(roster.names()) == 1


def added(work: Work, roster: Roster, action: int, some: Sequence[int]) -> None:
    assert work.segment_lines.add_in_order(roster.segment, action, some) == 1  # type: ignore[arg-type]


def test_meanwhile_nobody_else_changes_or_logs_the_segment(
    roster: Roster, holds: SegmentHolds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.segment_holds.PATIENCE", 0)
    with holds.held(roster.eva, roster.segment):
        for change in (
            lambda: roster.segments.add(roster.eva, roster.segment, roster.everybody()[0]),
            lambda: roster.does(ADD, Criteria()),
            lambda: roster.pastes("Anna"),
            lambda: roster.segments.delete(roster.eva, roster.segment),
        ):
            with pytest.raises(Refusal, match="is being changed"):
                change()
        with roster.office.store.begin(roster.office.workspace) as work:
            found = work.segments.get(roster.segment)
            assert found is not None
            assert not work.segments.change(found, found)
            assert not work.segments.turn(found.id, found.state, found.state)
    assert roster.does(ADD, Criteria()).added == 5


def test_what_a_kill_breaks_off_is_a_shorter_action_that_goes_back(
    roster: Roster, holds: SegmentHolds
) -> None:
    hold = holds._take(roster.eva, roster.segment)
    killed(roster, hold)
    [shorter] = roster.actions()
    assert (shorter.added, roster.names()) == (2, ["Anna", "Bo"])
    roster.office.clock.move(HELD_FOR + timedelta(seconds=1))
    with pytest.raises(Refusal, match="is being changed"), holds.held(roster.eva, roster.segment):
        hold.once(lambda _: None)
    roster.membership.go_back(roster.eva, roster.segment, shorter.number)
    assert (roster.names(), roster.actions()) == ([], [])


def killed(roster: Roster, hold: Hold) -> None:
    """Add the first piece, and then no more: what a process leaves that dies there."""

    def dies(work: Work, some: Sequence[int]) -> None:
        if work.segment_lines.count(roster.segment):
            raise KeyboardInterrupt
        work.segment_lines.add_in_order(roster.segment, action, some)  # type: ignore[arg-type]
        work.segments.count_on(roster.segment, action, added=len(some), removed=0)

    action = hold.once(lambda work: work.segments.act(roster.segment, ADD, "all", roster.eva.id, {}))
    with pytest.raises(KeyboardInterrupt):
        hold.each(roster.everybody(), dies)


def test_what_would_be_too_large_changes_nothing_not_even_what_was_replayed_before(
    roster: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment_gates, "MOST_LINES", 7)
    twice = Criteria(allow_existing=True)
    with pytest.raises(Refusal, match="more than"):
        roster.membership.replay(roster.eva, roster.segment, [(ADD, Criteria()), (ADD, twice)], "both")
    assert (roster.names(), roster.actions()) == ([], [])
    roster.does(ADD, Criteria())
    roster.knows("Finn", "Gro", "Hans")
    assert roster.pastes("Finn\nGro").added == 2
    hans = roster.everybody()[-1]
    for more in (
        lambda: roster.pastes("Hans"),
        lambda: roster.segments.add(roster.eva, roster.segment, hans),
    ):
        with pytest.raises(Refusal, match="more than"):
            more()
    assert len(roster.names()) == 7


def test_the_same_key_once_more_gets_the_first_answer(roster: Roster) -> None:
    for _ in range(2):
        applied = roster.membership.apply(roster.eva, roster.segment, ADD, Criteria(), "once")
        assert applied.added == 5
    assert len(roster.actions()) == 1
