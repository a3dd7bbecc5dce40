"""Composing a digest: asking the database what a team did, and folding the answers (`product.md` 10)."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from bot.domain.digests import OLD_DAYS, QUIET_DAYS, NamedTeam, Period
from bot.domain.entries import Filter, Listed
from bot.domain.ids import DigestId, PersonId, TemplateId
from bot.domain.interactions import Evaluation
from bot.domain.people import Person
from bot.domain.team_figures import Digest, QuietContact, person_rows, template_rows
from bot.text import Text
from storage.work import Work

WORST = frozenset({Evaluation.VERY_NEGATIVE})


@dataclass(frozen=True, slots=True)
class Order:
    """Of which team and period a digest is composed; `digest` is the one that tells of it, where there is one."""

    team: NamedTeam
    period: Period
    digest: DigestId | None = None


def compose(work: Work, order: Order, text: Text) -> Digest:
    """Return the digest as it stands now, of those who are in the team now."""
    members = _members(work, order.team)
    wanted = Filter(salespeople=frozenset(members), first=order.period.first, last=order.period.last)
    past = replace(wanted, first=order.period.before.first, last=order.period.before.last)
    now, before = work.team_figures.sums(wanted), work.team_figures.sums(past)
    told_at = work.digests.told_before(order.digest, order.period.first) if order.digest else None
    old = text.now - timedelta(days=OLD_DAYS)
    return Digest(
        team=order.team,
        period=order.period,
        today=text.today,
        total=now.total,
        before=before.total,
        people=person_rows(now, before, _names(members, {*now.people, *before.people})),
        templates=template_rows(now, before, _templates(work), ""),
        quiet=tuple(quiet_contacts(work, order.team, text)),
        drafts=tuple(
            work.team_figures.old_drafts(frozenset(members), old, old - timedelta(days=_length(order.period)))
        ),
        very_negative=_worst(work, wanted) if now.total.very_negative else None,
        late=_late(work, wanted.salespeople, order, told_at) if told_at else 0,
        told_at=told_at,
    )


def quiet_contacts(work: Work, team: NamedTeam, text: Text) -> list[QuietContact]:
    """Return the contacts of a team's salespeople with whom nobody had an interaction for long."""
    since = text.today - timedelta(days=QUIET_DAYS)
    made_before = datetime.combine(since, time(), tzinfo=UTC)
    return work.team_figures.quiet(work.people.team_members(frozenset({team.id})), since, made_before)


def _members(work: Work, team: NamedTeam) -> dict[PersonId, Person]:
    return work.people.many(work.people.team_members(frozenset({team.id})))


def _names(members: dict[PersonId, Person], busy: set[PersonId]) -> dict[PersonId, str]:
    """Return the names of those who have a row: who has left has one while he has figures."""
    return {one.id: one.name for one in members.values() if one.active or one.id in busy}


def _templates(work: Work) -> dict[TemplateId, str]:
    return {template.id: template.description for template in work.templates.by_id().values()}


def _length(period: Period) -> int:
    return (period.last - period.first).days + 1


def _worst(work: Work, wanted: Filter) -> Listed | None:
    found = work.team_figures.worst(replace(wanted, evaluations=WORST))
    return None if found is None else work.entries.listed(found)


def _late(work: Work, members: frozenset[PersonId], order: Order, told_at: datetime) -> int:
    before = order.period.first - timedelta(days=1)
    loggers = members | work.team_figures.loggers(order.team.id)
    return work.team_figures.late(members, before, told_at, loggers)
