"""What the cards of contacts and salespeople tell beside their names (`product.md` 3, `/log about`)."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.contacts import Contact
from bot.domain.entries import Filter, Listed
from bot.domain.ids import PersonId
from bot.domain.people import Person
from bot.domain.postponed import Draft
from bot.domain.segments import Segment
from bot.domain.tasks import Task
from bot.domain.team_figures import Tally

LOOKED_BACK = timedelta(days=30)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand with a contact, as far as the reader may know.

    `drafts` and `tasks` are his own and those of whom he manages, each with its owner's name; empty for his own.
    """

    last: date | None = None
    """The day of the latest interaction that he may read."""

    drafts: tuple[tuple[Draft, str], ...] = ()
    tasks: tuple[tuple[Task, str], ...] = ()
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A salesperson as the reader may see him: the last 30 days against the 30 before, what he did last."""

    person: Person
    now: Tally
    before: Tally
    entries: tuple[Listed, ...]
    waiting: tuple[tuple[Draft, Contact | None], ...]
    own: bool
    may_log: bool
    team: str = ""
    managers: tuple[str, ...] = ()


def last_days(person: PersonId, today: date) -> tuple[Filter, Filter]:
    """Return the entries of a salesperson in the last 30 days, and in the 30 days before."""
    first = today - LOOKED_BACK + DAY
    people = frozenset({person})
    return (
        Filter(salespeople=people, first=first, last=today),
        Filter(salespeople=people, first=first - LOOKED_BACK, last=first - DAY),
    )
