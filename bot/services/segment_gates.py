"""Which segments a person may lay hands on, and what a new one is called."""

from datetime import date

from bot.domain.ids import PersonId, SegmentId
from bot.domain.messages import Refusal
from bot.domain.people import Person, Ties, may_change, may_read
from bot.domain.segments import Segment, SegmentState
from bot.domain.templates import SEGMENT_SERIES
from bot.services.people import scope
from storage.work import Work


def changeable(work: Work, actor: Person, segment: SegmentId) -> Segment:
    """Return an active segment that the actor may change.

    Raises:
        Refusal: it is gone, logged, being logged, or somebody else's.
    """
    found = reached(work, actor, segment)
    owner = work.people.get(found.owner)
    if not may_change(actor, ties(found), owner.team if owner else None):
        raise Refusal(
            "Only {name}, the manager of the team or an admin can change {number}.",
            name=owner.name if owner else "",
            number=found.number,
        )
    if found.state is SegmentState.LOGGING:
        raise Refusal("{number} is being logged at this moment.", number=found.number)
    if found.state is SegmentState.LOGGED:
        raise Refusal(
            "{number} was logged already. Reuse its contacts in a new segment.", number=found.number
        )
    return found


def hold(work: Work, actor: Person, segment: SegmentId) -> Segment:
    """Return a segment that the actor may change, and let nobody else change or log it until the commit.

    Raises:
        Refusal: it is gone, logged, being logged, or somebody else's.
    """
    found = changeable(work, actor, segment)
    if not work.segments.touch(segment):
        raise Refusal("{number} is being logged at this moment.", number=found.number)
    return found


def reached(work: Work, actor: Person, segment: SegmentId) -> Segment:
    """Return a segment that the actor may see.

    Raises:
        Refusal: it is gone, or not his to see; both are said in the same words.
    """
    found = work.segments.get(segment)
    if found is None or not may_see(work, actor, found):
        raise Refusal("This segment is gone, or not yours to see.")
    return found


def may_see(work: Work, actor: Person, segment: Segment) -> bool:
    """Whether a segment is within what the actor may read."""
    return may_read(scope(work, actor), ties(segment))


def free_number(work: Work) -> str:
    """Return the next number of the series that nobody gave by hand."""
    number = work.numbers.take(SEGMENT_SERIES)
    while work.segments.numbered(number) is not None:
        number = work.numbers.take(SEGMENT_SERIES)
    return number


def ties(segment: Segment) -> Ties:
    """Return the people a segment belongs to."""
    return Ties(logged_by=segment.owner, salesperson=segment.salesperson)


def new_segment(work: Work, owner: PersonId, number: str, day: date) -> Segment:
    """Return an empty segment of this owner, not yet written (`domain.md` 2.4; line 32)."""
    now = work.access.clock.now()
    return Segment(
        id=SegmentId(work.access.ids()),
        number=number,
        owner=owner,
        salesperson=owner,
        day=day,
        created_at=now,
        changed_at=now,
    )
