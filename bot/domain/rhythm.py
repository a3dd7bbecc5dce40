"""When somebody works: hours and days in his own time zone (`product.md` 5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.messages import Message

MONDAY_TO_FRIDAY = frozenset(range(5))
STARTS, ENDS = time(9), time(17)
LONGEST_BREAK = 400
"""Days to look ahead; who works on none of them is not reminded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a person chose himself; None and the defaults follow Slack and the calendar."""

    days: frozenset[int] = MONDAY_TO_FRIDAY
    """Working days, Monday = 0."""

    starts: time = STARTS
    ends: time = ENDS
    days_off: tuple[tuple[date, date], ...] = ()
    """First and last day of each absence."""

    zone: str | None = None
    country: str | None = None
    reminders: bool = True

    def problems(self) -> dict[str, Message]:
        """Return what is wrong, by field; empty when it can be kept."""
        found = {}
        if not self.days:
            found["days"] = Message("Choose one working day at least, or switch the reminders off.")
        if self.ends <= self.starts:
            found["ends"] = Message("The working day has to end after it starts.")
        if any(last < first for first, last in self.days_off):
            found["days_off"] = Message("The last day off can't lie before the first.")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """The hours of one person; `is_holiday` tells the public holidays of his country."""

    zone: ZoneInfo
    preferences: Preferences
    is_holiday: Callable[[date], bool]

    def day(self, instant: datetime) -> date:
        """Return the person's own date at an instant."""
        return instant.astimezone(self.zone).date()

    def works_on(self, day: date) -> bool:
        """Whether this is a working day."""
        away = any(first <= day <= last for first, last in self.preferences.days_off)
        return day.weekday() in self.preferences.days and not away and not self.is_holiday(day)

    def is_open(self, instant: datetime) -> bool:
        """Whether the person works at an instant."""
        local = instant.astimezone(self.zone)
        within = self.preferences.starts <= local.time() < self.preferences.ends
        return within and self.works_on(local.date())

    def opening(self, instant: datetime) -> datetime | None:
        """Return the first moment of work at or after an instant, None when there is none for a year."""
        if self.is_open(instant):
            return instant
        first = self.day(instant)
        starts = (self._start(first + timedelta(days=ahead)) for ahead in range(LONGEST_BREAK))
        return next((start for start in starts if start >= instant and self.is_open(start)), None)

    def next_day(self, instant: datetime) -> datetime | None:
        """Return the start of the first working day after the day of an instant."""
        return self.opening(self.at(self.day(instant) + timedelta(days=1), time()))

    def at(self, day: date, at: time) -> datetime:
        """Return the instant at which the person's clock shows this; the earlier one where it does so twice."""
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    def _start(self, day: date) -> datetime:
        return self.at(day, self.preferences.starts)
