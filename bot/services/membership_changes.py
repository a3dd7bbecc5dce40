"""What changes a membership, done to a segment that is held: each action piece by piece, and taken back so too."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.domain.criteria import Criteria
from bot.domain.ids import SegmentId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.segments import ActionKind, Segment
from bot.services.people import scope
from bot.services.segment_gates import refuse_too_many
from bot.services.segment_holds import Hold
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Wanted:
    """An action, with what it is called."""

    actor: Person
    kind: ActionKind
    criteria: Criteria
    words: str


def act(hold: Hold, wanted: Wanted) -> int:
    """Do one action, and return its number; what fails half-way is taken back.

    Raises:
        Refusal: the segment would become too large, or the database stays busy.
    """
    segment = hold.segment.id
    numbers = hold.read(partial(_affected, hold.segment, wanted))
    action = hold.once(partial(_begun, segment, wanted))
    write = _add if wanted.kind is ActionKind.ADD else _remove
    try:
        hold.each(numbers, partial(write, segment, action))
    except Refusal:
        take_back(hold, action)
        raise
    return action


def take_back(hold: Hold, action: int) -> None:
    """Take back what an action did to the membership, with every line as it was."""
    segment = hold.segment.id
    added = hold.read(lambda work: work.segment_lines.added_by(segment, action))
    removed = hold.read(lambda work: work.segment_lines.removed_by(segment, action))
    hold.each(added, partial(_unadd, segment, action))
    hold.each(removed, partial(_bring_back, segment, action))
    hold.once(lambda work: work.segments.forget_action(segment, action))


def forget(hold: Hold) -> None:
    """Delete all lines for good, those that were taken out too."""
    segment = hold.segment.id
    lines = hold.read(lambda work: work.segment_lines.all(segment))
    hold.each(lines, partial(_forget, segment))


def _affected(segment: Segment, wanted: Wanted, work: Work) -> Sequence[Any]:
    """Return the contacts that join, in their order; or the lines that go."""
    seen, lines = scope(work, wanted.actor), work.segment_lines
    if wanted.kind is ActionKind.ADD:
        joining = lines.ordered(work.membership.joining(segment.id, wanted.criteria, seen))
        refuse_too_many(segment, lines.count(segment.id) + len(joining))
        return joining
    refine = wanted.kind is ActionKind.REFINE
    which = work.membership.staying if refine else work.membership.leaving
    return lines.which(segment.id, which(wanted.criteria, seen))


def _begun(segment: SegmentId, wanted: Wanted, work: Work) -> int:
    by, criteria = wanted.actor.id, wanted.criteria.written()
    return work.segments.act(segment, wanted.kind, wanted.words, by, criteria)


def _forget(segment: SegmentId, work: Work, some: Sequence[int]) -> None:
    work.segment_lines.forget(segment, some)


def _add(segment: SegmentId, action: int, work: Work, some: Sequence[Any]) -> None:
    added = work.segment_lines.add_in_order(segment, action, some)
    work.segments.count_on(segment, action, added=added, removed=0)


def _remove(segment: SegmentId, action: int, work: Work, some: Sequence[int]) -> None:
    removed = work.segment_lines.remove(segment, action, some)
    work.segments.count_on(segment, action, added=0, removed=removed)


def _unadd(segment: SegmentId, action: int, work: Work, some: Sequence[int]) -> None:
    work.segments.count_on(segment, action, added=-work.segment_lines.forget(segment, some), removed=0)


def _bring_back(segment: SegmentId, action: int, work: Work, some: Sequence[int]) -> None:
    work.segments.count_on(segment, action, added=0, removed=-work.segment_lines.bring_back(segment, some))
