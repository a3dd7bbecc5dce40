"""Segments: a list of contacts that gets one interaction (`domain.md` 1.5-1.8, 2.4-2.6; `product.md` 8).

A line holds only what is its own; everything else is the header's, for as long as the line shares the header's
template. A line with a template of its own keeps the values that it had when it got it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.ids import (
    CampaignId,
    ContactId,
    LoggedId,
    OperationId,
    PersonId,
    SegmentId,
    TemplateId,
)
from bot.domain.interactions import Correspondence, Evaluation, Flow, Initiator, Template

DESCRIPTION_LIMIT = 100
NUMBER_LIMIT = 20
TEXT_LIMIT = 10_000
MOST_LINES = 200_000
"""Lines of one segment: twice what is promised to be quick."""
HELD_FOR = timedelta(seconds=10)
"""How long a change of many lines keeps others out after its last piece."""


class SegmentState(StrEnum):
    """active → logging → logged; a stopped or undone run leads back to active."""

    ACTIVE = "active"
    LOGGING = "logging"
    LOGGED = "logged"


class RunState(StrEnum):
    """What is being done to a logged segment; every step of it is one transaction and moves its cursor."""

    LOGGING = "logging"
    RESTING = "resting"
    """Lines that could not be logged go to a segment of their own, "Rest of …"."""

    FOLLOWING = "following"
    """The follow-up segment gets its lines."""

    PACKING = "packing"
    """Letters and mails are made and put into one zip."""

    LOGGED = "logged"
    UNDOING = "undoing"
    UNDONE = "undone"
    CANCELING = "canceling"
    REINSTATING = "reinstating"
    DELETING = "deleting"

    @property
    def running(self) -> bool:
        """Whether something is left to be done."""
        return self not in (RunState.LOGGED, RunState.UNDONE)


class ActionKind(StrEnum):
    """How the membership of a segment was changed."""

    ADD_ONE = "add_one"
    PASTE = "paste"
    ADD = "add"
    REDUCE = "reduce"
    REFINE = "refine"
    REMOVE_ONE = "remove_one"
    FROM_LOGGED = "from_logged"
    REST = "rest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The header: what all lines share. `cost` in the workspace's currency, `duration` in minutes."""

    id: SegmentId
    number: str
    description: str = ""
    owner: PersonId
    salesperson: PersonId | None = None
    day: date
    template: TemplateId | None = None
    correspondence: Correspondence | None = None
    ignore_contact: bool = False
    language: str | None = None
    flow: Flow | None = None
    initiated_by: Initiator | None = None
    duration: int | None = None
    cost: str = ""
    campaign: CampaignId | None = None
    text: str = ""
    """What is written to each contact; fields of `bot.domain.letters` are filled in."""

    state: SegmentState = SegmentState.ACTIVE
    revision: int = 0
    created_at: datetime
    changed_at: datetime
    held_until: datetime | None = None

    def held(self, now: datetime) -> bool:
        """Whether somebody is changing many lines of it, piece by piece."""
        return self.held_until is not None and now < self.held_until <= now + HELD_FOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One contact of a segment, with what is its own; None (or empty) is the header's."""

    number: int
    contact: ContactId | None
    template: TemplateId | None = None
    description: str | None = None
    text: str | None = None
    evaluation: Evaluation | None = None
    attempt_failed: bool = False
    correspondence: Correspondence | None = None
    day: date | None = None
    salesperson: PersonId | None = None
    language: str | None = None
    flow: Flow | None = None
    initiated_by: Initiator | None = None
    duration: int | None = None
    cost: str | None = None
    campaign: CampaignId | None = None
    attachment: int | None = None

    @property
    def shares(self) -> bool:
        """Whether the line has the header's template, and so everything that it doesn't have itself."""
        return self.template is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One change of the membership: a criteria action (`domain.md` 1.8)."""

    number: int
    kind: ActionKind
    words: str
    """What it was, as the reader is told."""

    criteria: Mapping[str, Any] = field(default_factory=dict)
    added: int = 0
    removed: int = 0
    actor: PersonId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A logged segment: the register of a run (`domain.md` 1.7)."""

    id: LoggedId
    number: int
    segment: SegmentId | None
    segment_number: str
    description: str
    state: RunState
    by: PersonId
    at: datetime
    operation: OperationId | None = None
    total: int = 0
    done: int = 0
    cursor: int = 0
    """The last line that was dealt with in the present state."""

    follow_up: bool = False
    follow_up_segment: SegmentId | None = None
    rest: bool = False
    rest_segment: SegmentId | None = None
    send: bool = False
    canceled_at: datetime | None = None
    asked_by: PersonId
    """Who asked for what is being done to it, or was done last."""

    answer: str
    """Key of the message that tells of that."""

    @property
    def first_run(self) -> bool:
        """Whether it is being logged for the first time, and not followed up, canceled or deleted later."""
        return self.answer == run_answer(self.id)

    @property
    def act(self) -> OperationId | None:
        """The operation that its message tells of, if that can be undone."""
        return self.operation if self.first_run else OperationId(int(self.answer.partition(":")[2]))


def run_answer(logged: LoggedId) -> str:
    """Return the key of the message that tells of a run."""
    return f"run:{logged}"


def values_of(template: Template) -> dict[str, Any]:
    """Return what a template gives to a header or to a line of its own (`domain.md` 2.5)."""
    return {
        "language": template.language,
        "flow": template.flow,
        "initiated_by": template.initiated_by,
        "duration": template.duration,
        "cost": template.cost,
        "correspondence": template.correspondence,
    }


def correspondence_of(
    segment: Segment, line: Line, template: Template | None, preferred: Correspondence | None
) -> Correspondence | None:
    """Return how a line is sent (`domain.md` 2.5): its own, the header's, the template's, the contact's wish."""
    if line.correspondence is not None:
        return line.correspondence
    if line.shares and segment.ignore_contact and segment.correspondence is not None:
        return segment.correspondence
    if template is not None and (template.ignore_contact or preferred is None):
        return template.correspondence
    return preferred


def follow_up_description(number: str) -> str:
    """Return what a follow-up segment is called (`domain.md` 2.8)."""
    return f"Follow-up on segment {number}"[:50]


def rest_description(number: str) -> str:
    """Return what the segment of the lines that could not be logged is called (`product.md` 8)."""
    return f"Rest of {number}"
