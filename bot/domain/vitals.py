"""What a database says of the work in it: how many and how long, never whose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.deliveries import DeliveryState
from bot.domain.jobs import JobRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """The figures of one moment, of all workspaces together."""

    entries: int
    """Entries that were ever logged."""
    drafts: int
    waiting: Mapping[DeliveryState, int]
    """Deliveries that are not settled, by state."""
    overdue: timedelta
    """How long the first of them could have been sent already."""
    jobs: Sequence[JobRun]
