"""When to look after somebody, and whether this is the moment to remind him (`product.md` 5)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.rhythm import Rhythm

LOOK_AGAIN = timedelta(hours=24)
"""The longest time between two looks: zones, hours and clocks change meanwhile."""

WEST = timedelta(days=1)
"""How far the own date falls back when somebody travels west; a last day beyond it was a wrong clock's."""


@dataclass(frozen=True, slots=True)
class Look:
    """When to look at a person again; `day` is the own date of which he may be reminded now."""

    next_at: datetime
    day: date | None = None


def look(hours: Rhythm, last_day: date | None, now: datetime) -> Look:
    """Return whether a person may be reminded now: once for each of his own dates, inside his hours."""
    today = hours.day(now)
    if not hours.preferences.reminders or reminded(last_day, today):
        return look_at(hours.next_day(now), now)
    if not hours.is_open(now):
        return look_at(hours.opening(now), now)
    return Look(look_at(hours.next_day(now), now).next_at, today)


def first_look(hours: Rhythm, now: datetime) -> Look:
    """Return when to look at a newcomer: when his hours begin next, not in the middle of his first steps."""
    return look_at(hours.next_day(now) if hours.is_open(now) else hours.opening(now), now)


def look_at(at: datetime | None, now: datetime) -> Look:
    """Return the next look then, within a day at any rate."""
    latest = now + LOOK_AGAIN
    return Look(latest if at is None else min(at, latest))


def reminded(last_day: date | None, today: date) -> bool:
    """Whether the reminder of today has been said."""
    return last_day is not None and today <= last_day <= today + WEST
