"""The run: a segment checked as a whole, then logged, followed up, and if need be taken back (`domain.md` 2.6, 2.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.ids import CampaignId, LoggedId
from bot.domain.messages import Message, n_
from bot.domain.segment_values import Fault
from bot.domain.segments import Logged, RunState, Segment

PAGE = 10
NAMED = 5
"""So many faulty lines are named, the others counted."""

WHY = {
    Fault.GONE: n_("the contact is gone"),
    Fault.BLOCKED: n_("asked not to be recorded"),
    Fault.NO_TEMPLATE: n_("has no interaction template"),
    Fault.RETIRED: n_("has an interaction template that is no longer in use"),
    Fault.NO_SALESPERSON: n_("has no salesperson"),
    Fault.NO_DESCRIPTION: n_("has no description"),
    Fault.NO_ADDRESS: n_("has no e-mail address"),
    Fault.TEXT: n_("has a text that can't be filled in"),
}


@dataclass(frozen=True, slots=True)
class Faulty:
    """A line that can't be logged; `name` is empty where the contact is gone."""

    line: int
    name: str
    company: str
    fault: Fault
    detail: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a look at all lines of a segment found; `first` are those named."""

    segment: Segment
    fit: int
    faults: Mapping[Fault, int] = field(default_factory=dict)
    first: tuple[Faulty, ...] = ()
    sent: int = 0
    """For how many lines a letter or mail would be made."""

    @property
    def faulty(self) -> int:
        """How many lines can't be logged."""
        return sum(self.faults.values())

    @property
    def total(self) -> int:
        """How many lines there are."""
        return self.fit + self.faulty


@dataclass(frozen=True, slots=True)
class CampaignEntry:
    """That a run was part of a campaign."""

    run: LoggedId
    campaign: CampaignId
    canceled: bool


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of logged segments, newest first, each with the name of who logged it."""

    number: int
    count: int
    rows: tuple[tuple[Logged, str], ...]
    deletable: bool
    """Whether the reader may delete canceled ones."""

    campaigns: tuple[CampaignEntry, ...] = ()

    def live_campaigns(self, run: Logged) -> bool:
        """Whether a run has a campaign entry that counts."""
        return any(one.run == run.id and not one.canceled for one in self.campaigns)

    def canceled(self, run: Logged) -> bool:
        """Whether there is something canceled to be reinstated as a whole."""
        return run.canceled_at is not None or any(
            one.run == run.id and one.canceled for one in self.campaigns
        )

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PAGE))


def after(run: Logged) -> RunState:
    """Return what a run does when what it does now is done."""
    if run.state is RunState.UNDOING:
        return RunState.UNDONE
    if not run.first_run:
        return RunState.LOGGED
    course = (
        (RunState.LOGGING, True),
        (RunState.RESTING, run.rest),
        (RunState.FOLLOWING, run.follow_up),
        (RunState.PACKING, run.send),
        (RunState.LOGGED, True),
    )
    states = [state for state, wanted in course if wanted or state is run.state]
    return states[states.index(run.state) + 1]


def stoppable(run: Logged) -> bool:
    """Whether a run can still be stopped, and what it logged be taken back."""
    return run.first_run and run.state in (
        RunState.LOGGING,
        RunState.RESTING,
        RunState.FOLLOWING,
        RunState.PACKING,
    )


def undoable(run: Logged) -> bool:
    """Whether what a run has just done can be undone: it was logged, canceled or reinstated, not taken back."""
    if run.first_run:
        return run.operation is not None and run.state is not RunState.UNDOING
    whole = run.state is RunState.CANCELING and run.canceled_at is not None
    return whole or run.state is RunState.REINSTATING
