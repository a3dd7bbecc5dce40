"""The conditions of a filter on entries: one place for lists, exports and digests, so that they agree."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, and_, or_, select

from bot.domain.entries import Filter, Standing
from bot.domain.ids import PersonId, TeamId
from bot.domain.operations import CancelReason
from storage.tables.interactions import entries
from storage.tables.people import salespeople


def matching(wanted: Filter) -> list[ColumnElement[bool]]:
    """Return the conditions; `person`, `logged` and `text` are left to `EntryPages`, who knows where to begin."""
    return [_counts(wanted.standing), *_people(wanted), *_kinds(wanted), *_days(wanted)]


def own(person: PersonId | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions that a person is the salesperson, or logged it for somebody else."""
    logged_for = and_(entries.c.logged_by == person, entries.c.logged_by != entries.c.salesperson_id)
    return entries.c.salesperson_id == person, logged_for


def _counts(standing: Standing) -> ColumnElement[bool]:
    live = entries.c.canceled_at.is_(None)
    kept = entries.c.cancel_reason == CancelReason.CANCELED
    canceled = and_(entries.c.canceled_at.is_not(None), kept)  # said twice, since an index is of the one
    return {Standing.LIVE: live, Standing.ALL: or_(live, kept), Standing.CANCELED: canceled}[standing]


def _people(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.salespeople:
        yield entries.c.salesperson_id.in_(sorted(wanted.salespeople))
    if wanted.team is not None:
        yield entries.c.salesperson_id.in_(_members(wanted.team))
    if wanted.contact is not None:
        yield or_(entries.c.contact_id == wanted.contact, entries.c.company_id == wanted.contact)


def _members(team: TeamId) -> Select[tuple[int]]:
    """Return the people of a team; the team's id belongs to one workspace, and so do they."""
    return select(salespeople.c.id).where(salespeople.c.team_id == team)


def _kinds(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    for column, value in (
        (entries.c.template_id, wanted.template),
        (entries.c.group_id, wanted.group),
        (entries.c.campaign_id, wanted.campaign),
        (entries.c.opportunity_id, wanted.opportunity),
    ):
        if value is not None:
            yield column == value
    if wanted.evaluations:
        yield entries.c.evaluation.in_(sorted(wanted.evaluations))
    if wanted.failed:
        yield entries.c.attempt_failed


def _days(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.first is not None:
        yield entries.c.date >= wanted.first
    if wanted.last is not None:
        yield entries.c.date <= wanted.last
    if wanted.logged_after is not None:
        yield entries.c.logged_at > wanted.logged_after
