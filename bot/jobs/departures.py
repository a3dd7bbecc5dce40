"""The job that notices who has left, where Slack's own word of it (`user_change`) was missed."""

from collections.abc import Callable

from bot.domain.people import Person
from bot.services.people import People
from bot.services.reminders import Reminders


def notice_departures(reminders: Reminders, people: People, has_left: Callable[[Person], bool]) -> str:
    """Ask Slack about everybody whose reminder it refused; return what was found."""
    left = [person for person in reminders.unreached() if has_left(person)]
    for person in left:
        people.leaves(person)
    return f"Found that {len(left)} left Slack." if left else ""
