"""What becomes of jobs: when each ran last, when it runs next, what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.deliveries import Failure
from bot.domain.digests import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRun:
    """The latest run of a job; `error` is that of the last one, empty when it went well."""

    name: str
    next_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    failed_at: datetime | None = None
    result: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """How the jobs stand, and which messages were given up, newest first."""

    runs: Sequence[JobRun]
    failures: Sequence[Failure]
    digests: Sequence[tuple[Subscription, str]] = ()
    """Who is told of which team, each with the reader's name."""
