"""What an admin still has to set up or to look after (`product.md` 6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.jobs import JobRun

BACKUP = "backup"
BACKUP_LASTS = timedelta(days=2)
LOOKED_AT = "looked_at"
"""The setting's name: what admins have looked at."""


class Look(StrEnum):
    """What works as it was shipped, and is still to be looked at once; opening it is all it takes."""

    TEMPLATES = "templates"
    VISIBILITY = "visibility"
    REMINDERS = "reminders"
    DIGESTS = "digests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """What is not done; a thing that is done leaves nothing here."""

    no_contacts: bool = False
    no_teams: bool = False
    leaderless: tuple[str, ...] = ()
    """Teams without a manager, by name: nobody gets their digest."""

    unseen: tuple[Look, ...] = ()
    failed: tuple[JobRun, ...] = ()
    old_backup: datetime | None = None
    """When the last backup was made, if that was too long ago."""

    undelivered: int = 0
    """How many messages did not arrive lately."""


def failing(runs: Iterable[JobRun]) -> tuple[JobRun, ...]:
    """Return the jobs whose last run failed, by name."""
    return tuple(sorted((run for run in runs if run.error), key=lambda run: run.name))


def old_backup(run: JobRun | None, now: datetime) -> datetime | None:
    """Return when the last backup was made, if it is too old; one that never ran is about to."""
    made = run.ended_at if run is not None else None
    return made if made is not None and now - made > BACKUP_LASTS else None
