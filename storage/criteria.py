"""Criteria as conditions on contacts: sets and probes of indexes, the same on both databases (`domain.md` 2.4)."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, union_all

from bot.domain.contacts import ContactType, search_words
from bot.domain.criteria import BEGINNING, Criteria
from bot.domain.people import Scope
from storage.access import Access
from storage.search_index import SearchIndex
from storage.tables.contacts import (
    contact_industry_groups,
    contact_job_responsibilities,
    contact_mailing_groups,
    contacts,
)
from storage.tables.interactions import entries
from storage.tables.segments import segment_entries

_IN: dict[str, ColumnElement[Any]] = {
    "contacts": contacts.c.id,
    "types": contacts.c.type,
    "cities": contacts.c.city,
    "countries": contacts.c.country,
    "territories": contacts.c.territory,
    "languages": contacts.c.language,
    "salespeople": contacts.c.salesperson_id,
}
_ENTRY_IN: dict[str, ColumnElement[Any]] = {
    "templates": entries.c.template_id,
    "evaluations": entries.c.evaluation,
    "campaigns": entries.c.campaign_id,
    "entry_salespeople": entries.c.salesperson_id,
}
_tied = contacts.alias("tied")

Condition = ColumnElement[bool]
LookedUp = Callable[[ColumnElement[Any]], ColumnElement[Any]]


def conditions(access: Access, criteria: Criteria, scope: Scope) -> list[Condition]:
    """Return what `contacts` must be to qualify; of the interactions those count that the reader may see."""
    return [
        access.mine(contacts),
        *_plain(criteria),
        *_named(access, criteria),
        *_grouped(access, criteria),
        *_met(access, criteria, scope),
    ]


def matching(access: Access, criteria: Criteria, scope: Scope) -> Select[Any]:
    """Return the query of the ids of the contacts that qualify."""
    return select(contacts.c.id).where(*conditions(access, criteria, scope))


def _plain(criteria: Criteria) -> Iterator[Condition]:
    for name, column in _IN.items():
        if wanted := getattr(criteria, name):
            yield column.in_(sorted(wanted))
    if criteria.first:
        yield contacts.c.number >= criteria.first
    if criteria.last:
        yield contacts.c.number <= criteria.last
    if criteria.post_codes:
        yield or_(*map(_post_code, sorted(criteria.post_codes)))


def _post_code(wanted: str) -> Condition:
    if wanted.endswith(BEGINNING):
        return contacts.c.post_code.startswith(wanted.removesuffix(BEGINNING), autoescape=True)
    return contacts.c.post_code == wanted


def _named(access: Access, criteria: Criteria) -> Iterator[Condition]:
    words = search_words(criteria.words)
    mark = SearchIndex(access).mark if words else ""
    for word in words:
        yield contacts.c.search.contains(f"{mark}{word}", autoescape=True)


def _grouped(access: Access, criteria: Criteria) -> Iterator[Condition]:
    def members(table: Any, column: ColumnElement[Any], wanted: frozenset[int]) -> Select[Any]:
        return select(table.c.contact_id).where(access.mine(table), column.in_(sorted(wanted)))

    if criteria.mailing_groups:
        mailed = contact_mailing_groups
        yield contacts.c.id.in_(members(mailed, mailed.c.group_id, criteria.mailing_groups))
    if criteria.responsibilities:
        jobs = contact_job_responsibilities
        yield contacts.c.id.in_(members(jobs, jobs.c.responsibility_id, criteria.responsibilities))
    if criteria.industry_groups:
        branches = contact_industry_groups
        found = members(branches, branches.c.group_id, criteria.industry_groups)
        yield or_(contacts.c.id.in_(found), contacts.c.company_id.in_(found))


def _met(access: Access, criteria: Criteria, scope: Scope) -> Iterator[Condition]:
    counted = [access.mine(entries), entries.c.canceled_at.is_(None), *_readable(scope)]
    by_contact = _by_no_index if access.dialect == "sqlite" else _as_it_is
    if criteria.not_met_since is not None:
        late = (by_contact(entries.c.date) >= criteria.not_met_since, ~entries.c.attempt_failed)
        yield ~_has([*counted, *late])
    if criteria.asks_entries:
        if _wide(access, criteria):
            yield _among([*counted, *_asked(access, criteria, _as_it_is)])
        else:
            yield _has([*counted, *_asked(access, criteria, by_contact)])


def _wide(access: Access, criteria: Criteria) -> bool:
    """Whether one look through all entries costs less than a look at each contact's.

    PostgreSQL finds that out by itself; told so, it looks through them again for each line of a new segment.
    """
    if access.dialect != "sqlite":
        return False
    narrow = any(getattr(criteria, name) for name in (*_IN, "first", "last", "post_codes", "words"))
    return bool(criteria.logged) or not (narrow or criteria.met_since)


def _among(asked: list[Condition]) -> Condition:
    """Return whether a contact is among those of some entries; a company has those of all its people."""
    own, of_people = (
        select(column).where(column.is_not(None), *asked)
        for column in (entries.c.contact_id, entries.c.company_id)
    )
    return contacts.c.id.in_(union_all(own, of_people))


def _has(asked: list[Condition]) -> Condition:
    """Return the same, asked of each contact by an index (`domain.md` 1.9)."""
    own, of_people = (
        exists().where(column == contacts.c.id, *asked).correlate(contacts)
        for column in (entries.c.contact_id, entries.c.company_id)
    )
    return or_(own, and_(contacts.c.type == ContactType.COMPANY, of_people))


def _as_it_is(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column


def _by_no_index(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column whose index SQLite leaves alone: it would read all of a template or month per contact."""
    return func.coalesce(column, None)


def _asked(access: Access, criteria: Criteria, looked_up: LookedUp) -> Iterator[Condition]:
    if criteria.met_since is not None:
        yield looked_up(entries.c.date) >= criteria.met_since
        yield ~entries.c.attempt_failed
    for name, column in _ENTRY_IN.items():
        if wanted := getattr(criteria, name):
            yield looked_up(column).in_(sorted(wanted))
    if criteria.logged:
        yield (
            select(literal(1))
            .where(
                access.mine(segment_entries),
                segment_entries.c.entry_id == entries.c.id,
                segment_entries.c.logged_id.in_(sorted(criteria.logged)),
            )
            .correlate(entries)
            .exists()
        )


def _readable(scope: Scope) -> list[Condition]:
    if scope.people is None:
        return []
    people = sorted(scope.people)
    tied = (
        select(literal(1))
        .where(
            _tied.c.workspace_id == entries.c.workspace_id,
            _tied.c.id.in_((entries.c.contact_id, entries.c.company_id)),
            _tied.c.salesperson_id.in_(people),
        )
        .correlate(entries)
        .exists()
    )
    return [or_(entries.c.logged_by.in_(people), entries.c.salesperson_id.in_(people), tied)]
