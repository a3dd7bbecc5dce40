"""Which logged segments a person may lay hands on."""

from bot.domain.ids import LoggedId
from bot.domain.messages import Refusal
from bot.domain.people import Person, Role, Ties, may_change, may_read
from bot.domain.segments import Logged, RunState
from bot.domain.teams import who_can
from bot.services.gates import leaders
from bot.services.people import scope
from storage.segment_runs import SegmentRuns as Register
from storage.work import Work


def reached_register(work: Work, actor: Person, logged: LoggedId) -> Logged:
    """Return a logged segment that the actor may see.

    Raises:
        Refusal: it is gone, or not his to see; both are said in the same words.
    """
    found = Register(work.access).get(logged)
    if found is None or found.state is RunState.UNDONE or not may_read(scope(work, actor), ties(work, found)):
        raise Refusal("This logged segment is gone, or not yours to see.")
    return found


def changeable_register(work: Work, actor: Person, logged: LoggedId) -> Logged:
    """Return a logged segment that the actor may change.

    Raises:
        Refusal: it is gone, or somebody else's.
    """
    found = reached_register(work, actor, logged)
    by = work.people.get(found.by)
    if not may_change(actor, ties(work, found), by.team if by else None):
        raise Refusal(
            "Only {who} can change logged segment {n}.",
            who=who_can((by.name, *leaders(work, by)) if by else ()),
            n=found.number,
        )
    return found


def settled_register(work: Work, actor: Person, logged: LoggedId) -> Logged:
    """Return a logged segment that the actor may change, and with which nothing is being done.

    Raises:
        Refusal: it is gone, somebody else's, or at work.
    """
    found = changeable_register(work, actor, logged)
    if found.state is not RunState.LOGGED:
        raise Refusal("Something is being done to logged segment {n}. Try again in a moment.", n=found.number)
    return found


def leads(actor: Person) -> bool:
    """Whether somebody may delete logged segments: managers and admins (line 66)."""
    return actor.role is not Role.SALESPERSON


def ties(work: Work, run: Logged) -> Ties:
    """Return the people a logged segment belongs to."""
    segment = work.segments.get(run.segment) if run.segment is not None else None
    return Ties(
        logged_by=run.by,
        salesperson=segment.salesperson if segment else None,
        contact_salesperson=segment.owner if segment else None,
    )
