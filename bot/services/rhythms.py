"""The working hours of a person, from what he chose, Slack and the calendar."""

from datetime import date
from zoneinfo import ZoneInfo

from bot import dates
from bot.domain.people import Person
from bot.domain.rhythm import Rhythm
from storage.work import Work


def rhythm(work: Work, person: Person) -> Rhythm:
    """Return when a person works; holidays are those of his country, guessed from the zone until he chooses one."""
    chosen = work.reminders.preferences(person.id)
    country = chosen.country or person.country or dates.country_of(person.zone)

    def is_holiday(day: date) -> bool:
        return country is not None and day in dates.days_off(country, day.year)

    return Rhythm(zone=ZoneInfo(person.zone), preferences=chosen, is_holiday=is_holiday)
