"""Which segments a person may lay hands on, and what a new one is called."""

from datetime import date

from bot.domain.ids import PersonId, SegmentId
from bot.domain.messages import Refusal, n_
from bot.domain.people import Person, Ties, may_change, may_read
from bot.domain.segments import MOST_LINES, Segment, SegmentState
from bot.domain.teams import who_can
from bot.domain.templates import SEGMENT_SERIES
from bot.services.gates import leaders
from bot.services.people import scope
from storage.work import Work


class Occupied(Refusal):
    """Somebody is changing many contacts of the segment at this moment; in a while it is free."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(
            n_("{number} is being changed at this moment. Try again in a few seconds."), number=segment.number
        )


def changeable(work: Work, actor: Person, segment: SegmentId) -> Segment:
    """Return an active segment that the actor may change.

    Raises:
        Refusal: it is gone, logged, being logged, being changed, or somebody else's.
    """
    found = reached(work, actor, segment)
    owner = work.people.get(found.owner)
    if not may_change(actor, ties(found), owner.team if owner else None):
        raise Refusal(
            "Only {who} can change {number}.",
            who=who_can((owner.name, *leaders(work, owner)) if owner else ()),
            number=found.number,
        )
    _refuse_occupied(work, found)
    return found


def hold(work: Work, actor: Person, segment: SegmentId) -> Segment:
    """Return a segment that the actor may change, and let nobody else change or log it until the commit.

    Raises:
        Refusal: it is gone, logged, being logged, or somebody else's.
    """
    found = changeable(work, actor, segment)
    claim(work, found)
    return found


def claim(work: Work, segment: Segment) -> None:
    """Let nobody else change or log a segment until the commit.

    Raises:
        Refusal: somebody was first.
    """
    if not work.segments.touch(segment.id):
        _refuse_occupied(work, work.segments.get(segment.id) or segment)
        raise Occupied(segment)


def refuse_too_many(segment: Segment, lines: int) -> None:
    """Refuse more lines than a segment holds.

    Raises:
        Refusal: they are too many.
    """
    if lines > MOST_LINES:
        raise Refusal(
            "{number} would have more than {most} contacts. Choose fewer.",
            number=segment.number,
            most=f"{MOST_LINES:,}",
        )


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


def _refuse_occupied(work: Work, segment: Segment) -> None:
    if segment.state is SegmentState.LOGGING:
        raise Refusal("{number} is being logged at this moment.", number=segment.number)
    if segment.state is SegmentState.LOGGED:
        raise Refusal(
            "{number} was logged already. Reuse its contacts in a new segment.", number=segment.number
        )
    if segment.held(work.access.clock.now()):
        raise Occupied(segment)


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
