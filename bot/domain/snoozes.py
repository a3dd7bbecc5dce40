"""Until when something is put off (`product.md` 5, Snooze)."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.messages import Refusal
from bot.domain.rhythm import Rhythm

HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)
LONGEST = timedelta(days=366)


class Snooze(StrEnum):
    """The ready-made choices."""

    HOUR = "hour"
    TOMORROW = "tomorrow"
    WORKING_DAY = "working_day"


def snoozed_until(snooze: Snooze, rhythm: Rhythm, now: datetime) -> datetime:
    """Return when it comes back: inside the person's hours, at a quarter of an hour, always later than now.

    Raises:
        Refusal: the person has no working day within a year.
    """
    match snooze:
        case Snooze.HOUR:
            found = rhythm.opening(next_quarter(now + HOUR))
        case Snooze.TOMORROW:
            tomorrow = rhythm.day(now) + timedelta(days=1)
            found = rhythm.opening(rhythm.at(tomorrow, rhythm.preferences.starts))
        case Snooze.WORKING_DAY:
            found = rhythm.next_day(now)
    return _some(found)


def picked(day: date, at: time, rhythm: Rhythm, now: datetime) -> datetime:
    """Return when something comes back that was put off to a chosen day and time, moved into the person's hours.

    Raises:
        Refusal: this is over, more than a year away, or there is no working day within a year.
    """
    chosen = rhythm.at(day, at)
    if chosen <= now:
        raise Refusal("This moment is over. Pick a later one.")
    if chosen - now > LONGEST:
        raise Refusal("This lies more than a year ahead. Pick an earlier day.")
    return _some(rhythm.opening(next_quarter(chosen)))


def next_quarter(instant: datetime) -> datetime:
    """Return the quarter hour at or after an instant: what comes back together is said together."""
    past = timedelta(minutes=instant.minute % 15, seconds=instant.second, microseconds=instant.microsecond)
    return instant + (QUARTER - past if past else timedelta())


def _some(found: datetime | None) -> datetime:
    if found is None:
        raise Refusal("You have no working day within a year. Change that in your settings.")
    return found
