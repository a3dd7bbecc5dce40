"""A week in figures: a person's own, and each team's that he manages (`product.md` 6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.domain.digests import Period
from bot.domain.entries import Filter
from bot.domain.ids import PersonId, TeamId
from bot.domain.team_figures import Tally

WEEK = timedelta(days=7)
WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class Week:
    """Somebody's week so far; `before` and `days` count interactions: of the week before, of each day of both."""

    person: PersonId
    period: Period
    now: Tally
    before: int
    days: Mapping[date, int]

    @property
    def filter(self) -> Filter:
        """The entries that were counted."""
        return Filter(salespeople=frozenset({self.person}), first=self.period.first, last=self.period.last)

    @property
    def shown(self) -> tuple[date, ...]:
        """The days worth showing: Monday to Friday, of the weekend those with an interaction in either week."""
        all_days = (self.period.first + timedelta(days=day) for day in range(7))
        return tuple(day for day in all_days if day.weekday() < WORKING_DAYS or any(self.on(day)))

    def on(self, day: date) -> tuple[int, int]:
        """Return how many interactions there were on a day, and a week before it."""
        return self.days.get(day, 0), self.days.get(day - WEEK, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWeek:
    """A team's week so far, as its manager looks at it.

    `before` counts the interactions of the week before; `idle` are the names of those who have none this week.
    """

    team: TeamId
    name: str
    period: Period
    now: Tally = field(default_factory=Tally)
    before: int = 0
    old_drafts: int = 0
    idle: tuple[str, ...] = ()
    members: int = 0

    @property
    def filter(self) -> Filter:
        """The entries that were counted."""
        return Filter(team=self.team, first=self.period.first, last=self.period.last)
