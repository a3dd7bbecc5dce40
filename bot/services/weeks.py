"""Figures of a week, read within somebody else's transaction (`product.md` 6)."""

from datetime import date, datetime, timedelta

from bot.domain.digests import OLD_DAYS, Cadence, Period, period_of
from bot.domain.entries import Filter
from bot.domain.folding import fold
from bot.domain.ids import PersonId, TeamId
from bot.domain.people import EVERYTHING, Person
from bot.domain.weeks import TeamWeek, Week
from storage.work import Work

OLD = timedelta(days=OLD_DAYS)


def week_of(work: Work, person: PersonId, today: date) -> Week:
    """Return a person's week so far, beside the week before."""
    period = period_of(Cadence.WEEKLY, today)
    mine = frozenset({person})
    both = Filter(salespeople=mine, first=period.before.first, last=period.last)
    days = work.weeks.per_day(both)
    return Week(
        person=person,
        period=period,
        now=work.weeks.tally(_of(mine, period), EVERYTHING),
        before=sum(count for day, count in days.items() if day < period.first),
        days=days,
    )


def team_weeks(work: Work, actor: Person, today: date, now: datetime) -> list[TeamWeek]:
    """Return the week so far of each team that the actor manages, by name."""
    names = work.weeks.teams(actor.manages)
    by_name = sorted(names.items(), key=lambda one: fold(one[1]))
    return [_team_week(work, team, name, today, now) for team, name in by_name]


def _team_week(work: Work, team: TeamId, name: str, today: date, now: datetime) -> TeamWeek:
    """Return a team's week so far, with those who belong to it now."""
    period, ids = period_of(Cadence.WEEKLY, today), work.people.team_members(frozenset({team}))
    if not ids:
        return TeamWeek(team=team, name=name, period=period)
    wanted, before = _of(ids, period), work.weeks.tally(_of(ids, period.before), EVERYTHING)
    busy = work.weeks.busy(wanted)
    present = [one for one in work.people.many(ids).values() if one.active]
    return TeamWeek(
        team=team,
        name=name,
        period=period,
        now=work.weeks.tally(wanted, EVERYTHING),
        before=before.interactions,
        old_drafts=sum(one.count for one in work.team_figures.old_drafts(ids, now - OLD, now)),
        idle=_names([one for one in present if one.id not in busy]),
        members=len(present),
    )


def _of(people: frozenset[PersonId], period: Period) -> Filter:
    return Filter(salespeople=people, first=period.first, last=period.last)


def _names(people: list[Person]) -> tuple[str, ...]:
    return tuple(one.name for one in sorted(people, key=lambda one: fold(one.name)))
