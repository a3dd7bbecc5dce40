"""The segments that a run makes: the rest that could not be logged, the follow-up; and how they go again."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.criteria import Criteria
from bot.domain.ids import CampaignId, SegmentId
from bot.domain.people import Person
from bot.domain.segments import (
    ActionKind,
    Logged,
    Segment,
    SegmentState,
    follow_up_description,
    rest_description,
)
from bot.services.segment_gates import free_number, new_segment
from bot.text import Text
from storage.run_changes import RunChanges
from storage.segment_runs import SegmentRuns as Register
from storage.work import Work

ACTION = 1
"""The number of the one criteria action by which a run fills a segment."""


def rest_of(work: Work, run: Logged, segment: Segment, text: Text) -> SegmentId:
    """Make the segment of the lines that could not be logged: the same header, without lines yet."""
    now = work.access.clock.now()
    made = replace(
        segment,
        id=SegmentId(work.access.ids()),
        number=free_number(work),
        description=rest_description(run.segment_number),
        state=SegmentState.ACTIVE,
        revision=0,
        created_at=now,
        changed_at=now,
    )
    work.segments.add(made)
    words = text("the rest of {number}", number=run.segment_number)
    work.segments.act(made.id, ActionKind.REST, words, run.asked_by, {})
    return made.id


def follow_up_of(work: Work, run: Logged, actor: Person, text: Text) -> SegmentId:
    """Make the follow-up segment, without lines yet (`domain.md` 2.8)."""
    made = replace(
        new_segment(work, actor.id, free_number(work), text.today),
        description=follow_up_description(run.segment_number),
        campaign=_campaign(work, run),
    )
    return _filled_from(work, run, made, text)


def reuse_of(work: Work, run: Logged, actor: Person, text: Text) -> SegmentId:
    """Make an empty segment for the contacts of a logged one."""
    made = replace(
        new_segment(work, actor.id, free_number(work), text.today),
        description=text("Contacts of {number}", number=run.segment_number),
    )
    return _filled_from(work, run, made, text)


def clear(work: Work, run: Logged, limit: int, gone: Callable[[Work, Segment], None]) -> bool:
    """Delete some more of what a run made and nobody touched; False when nothing of it is left.

    `gone` is told each segment that goes.
    """
    for made in (run.follow_up_segment, run.rest_segment):
        if made is not None and _taken(work, made):
            if not RunChanges(work.access).forget_lines(made, limit):
                _delete(work, made, gone)
            return True
    return False


def _delete(work: Work, made: SegmentId, gone: Callable[[Work, Segment], None]) -> None:
    found = work.segments.get(made)
    work.segments.delete(made)
    if found is not None:
        gone(work, found)


def _filled_from(work: Work, run: Logged, made: Segment, text: Text) -> SegmentId:
    work.segments.add(made)
    words = text("logged segment {n}", n=run.number)
    logged = Criteria(logged=frozenset({run.id}))
    work.segments.act(made.id, ActionKind.FROM_LOGGED, words, run.asked_by, logged.written())
    return made.id


def _campaign(work: Work, run: Logged) -> CampaignId | None:
    segment = work.segments.get(run.segment) if run.segment else None
    return segment.campaign if segment else None


def _taken(work: Work, made: SegmentId) -> bool:
    """Whether a segment is ours to delete: nobody touched it, and from now on nobody can."""
    if Register(work.access).touched(made):
        return False
    work.segments.turn(made, SegmentState.ACTIVE, SegmentState.LOGGING)
    if not Register(work.access).touched(made):
        return True
    work.segments.turn(made, SegmentState.LOGGING, SegmentState.ACTIVE)
    return False
