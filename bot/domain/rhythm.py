"""When somebody works: hours and days in his own time zone (`product.md` 5)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.messages import Message
from bot.domain.people import Person

MONDAY_TO_FRIDAY = frozenset(range(5))
STARTS, ENDS = time(9), time(17)
LONGEST_BREAK = 400
"""Days to look ahead; who works on none of them is not reminded."""

HOMES = {"en": "en-GB", "nl": "nl-NL", "nb": "nb-NO"}
"""Where each language we speak is at home; the rest of the world's English puts the day first as well."""


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
    language: str | None = None
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


def following(person: Person, chosen: Preferences) -> Person:
    """Return a person with zone, country and language as he chose; where he chose nothing, as Slack tells."""
    zone, locale = person.told_zone or person.zone, person.told_locale or person.locale
    return replace(
        person,
        told_zone=zone,
        told_locale=locale,
        zone=chosen.zone or zone,
        country=chosen.country,
        locale=_locale(chosen.language, locale),
    )


def _locale(language: str | None, told: str) -> str:
    """Return Slack's own locale where it is one of the chosen language: it knows the order of days and months."""
    spoken = told.replace("_", "-").partition("-")[0]
    return told if language is None or language == spoken else HOMES[language]


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
        days = (first + timedelta(days=ahead) for ahead in range(LONGEST_BREAK))
        starts = (start for day in days for start in self._starts(day))
        return next((start for start in starts if start >= instant and self.is_open(start)), None)

    def next_day(self, instant: datetime) -> datetime | None:
        """Return the start of the first working day after the day of an instant."""
        return self.opening(self.at(self.day(instant) + timedelta(days=1), time()))

    def at(self, day: date, at: time) -> datetime:
        """Return the instant at which the person's clock shows this; the earlier one where it does so twice."""
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    def _starts(self, day: date) -> tuple[datetime, datetime]:
        """Return when a day's work begins: at two moments, where the clock shows this time twice."""
        starts = datetime.combine(day, self.preferences.starts, tzinfo=self.zone)
        return starts.astimezone(UTC), starts.replace(fold=1).astimezone(UTC)
