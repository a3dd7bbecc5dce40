"""Digests: periods, cadence, and when a manager is told of his team (`product.md` 10)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.ids import DigestId, PersonId, TeamId, WorkspaceId
from bot.domain.messages import n_

MONDAY, FRIDAY = 0, 4
EIGHT = time(8)
DAY = timedelta(days=1)
QUIET_DAYS = 30
"""A contact without an interaction for so many days is one to look at."""

OLD_DAYS = 7
"""A draft that waits longer is one to look at."""


class Cadence(StrEnum):
    """How often a manager is told."""

    DAILY = "daily"
    WEEKLY = "weekly"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Period:
    """Days that are told of together; every day lies in one period of a cadence."""

    cadence: Cadence
    first: date
    last: date

    @property
    def before(self) -> "Period":
        """The period that ended when this one began."""
        return period_of(self.cadence, self.first - DAY)


def period_of(cadence: Cadence, day: date) -> Period:
    """Return the period of a day: its week from Monday to Sunday, or the day; Saturday and Sunday go with Friday."""
    if cadence is not Cadence.DAILY:
        monday = day - timedelta(days=day.weekday())
        return Period(cadence, monday, monday + timedelta(days=6))
    if day.weekday() < FRIDAY:
        return Period(cadence, day, day)
    friday = day - timedelta(days=day.weekday() - FRIDAY)
    return Period(cadence, friday, friday + timedelta(days=2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When and where a manager is told; `weekday` (Monday = 0) counts for the weekly digest."""

    cadence: Cadence = Cadence.WEEKLY
    weekday: int = MONDAY
    at: time = EIGHT
    channel: str | None = None
    """Slack's id of a channel, None for the direct message."""

    def due_after(self, instant: datetime, zone: ZoneInfo) -> datetime | None:
        """Return the first moment after `instant` at which it is due; None while paused.

        A time that the clock shows twice counts the first time; one that it leaves out, when it has moved on.
        """
        today = instant.astimezone(zone).date()
        days = (today + timedelta(days=ahead) for ahead in range(9))
        moments = (
            datetime.combine(day, self.at, zone).astimezone(UTC) for day in days if self._falls_on(day)
        )
        return next((moment for moment in moments if moment > instant), None)

    def ended(self, today: date) -> Period:
        """Return the period that ended last: that of which a digest of today tells."""
        return period_of(self._spoken, today).before

    def running(self, today: date) -> Period:
        """Return the period in which today lies."""
        return period_of(self._spoken, today)

    @property
    def _spoken(self) -> Cadence:
        return Cadence.DAILY if self.cadence is Cadence.DAILY else Cadence.WEEKLY

    def _falls_on(self, day: date) -> bool:
        if self.cadence is Cadence.DAILY:
            return day.weekday() <= FRIDAY
        return self.cadence is Cadence.WEEKLY and day.weekday() == self.weekday


@dataclass(frozen=True, slots=True)
class NamedTeam:
    """A team by its name."""

    id: TeamId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """How one manager is told of one team; `next_at` is None while paused."""

    id: DigestId
    workspace: WorkspaceId
    team: NamedTeam
    person: PersonId
    schedule: Schedule
    next_at: datetime | None


class Obstacle(StrEnum):
    """Why a channel can't have a digest."""

    SHARED = "shared"
    ABSENT = "absent"
    UNREACHABLE = "unreachable"


OBSTACLES = {
    Obstacle.SHARED: n_("The channel is shared with another company: a team's digest does not belong there."),
    Obstacle.ABSENT: n_(
        "Saleslog is not in the channel. Type /invite @Saleslog there, then choose it again."
    ),
    Obstacle.UNREACHABLE: n_(
        "Slack does not tell Saleslog who can read the channel: it may be archived, or a scope is missing."
    ),
}
