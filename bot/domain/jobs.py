"""What becomes of jobs: when each ran last, when it runs next, what went wrong."""

from dataclasses import dataclass
from datetime import datetime


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
