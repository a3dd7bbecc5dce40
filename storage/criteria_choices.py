"""What the filters of criteria offer, and what their values are called."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select

from bot.domain.criteria import Criteria
from bot.domain.folding import fold
from bot.domain.people import Scope
from storage.access import Access
from storage.registers import joined, shown
from storage.tables.contacts import contacts, industry_groups, job_responsibilities, mailing_groups
from storage.tables.people import salespeople
from storage.tables.segments import logged_segments
from storage.tables.templates import campaigns, interaction_templates

Named = tuple[str, str]
"""A value, and what it is called."""

_SEEN = {
    "cities": contacts.c.city,
    "countries": contacts.c.country,
    "post_codes": contacts.c.post_code,
    "territories": contacts.c.territory,
    "languages": contacts.c.language,
}
_MOST_SEEN = 20_000
"""Different values of a column that are looked through, the most frequent ones first."""


def _called(code: ColumnElement[Any], description: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(func.nullif(description, ""), code)


_NAMED: dict[str, tuple[Table, ColumnElement[Any]]] = {
    "salespeople": (salespeople, salespeople.c.name),
    "entry_salespeople": (salespeople, salespeople.c.name),
    "mailing_groups": (mailing_groups, _called(mailing_groups.c.code, mailing_groups.c.description)),
    "industry_groups": (industry_groups, _called(industry_groups.c.code, industry_groups.c.description)),
    "responsibilities": (
        job_responsibilities,
        _called(job_responsibilities.c.code, job_responsibilities.c.description),
    ),
    "templates": (interaction_templates, interaction_templates.c.description),
    "campaigns": (campaigns, campaigns.c.description),
    "logged": (logged_segments, logged_segments.c.segment_number + " " + logged_segments.c.description),
    "contacts": (contacts, contacts.c.name),
}
SEARCHED = (*_SEEN, *(name for name in _NAMED if name != "contacts"))
"""The filters whose values are searched for."""


class CriteriaChoices:
    """Finds values for the filters among what the workspace has."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def find(self, field: str, query: str, limit: int, scope: Scope) -> list[Named]:
        """Return values of a filter that have a word beginning like the query, accents and case aside."""
        values = self._seen(_SEEN[field]) if field in _SEEN else self._all(field, scope)
        asked = fold(query)
        return [one for one in values if _begins(fold(one[1]), asked)][:limit]

    def filled(self) -> frozenset[str]:
        """Return the filters for which there is something to choose, of those that may have nothing."""
        tables = {
            name: table
            for name, (table, _) in _NAMED.items()
            if name not in ("contacts", "salespeople", "entry_salespeople", "templates")
        }
        first = (select(table.c.id).where(self._access.mine(table)).limit(1) for table in tables.values())
        found = self._access.connection.execute(select(*(one.scalar_subquery() for one in first))).one()
        return frozenset(name for name, one in zip(tables, found, strict=True) if one is not None)

    def names(self, criteria: Criteria, scope: Scope) -> Mapping[str, list[str]]:
        """Return what the values of the filters are called that are ids, by filter, without what is out of sight."""
        return {
            name: [label for _, label in self._all(name, scope, sorted(getattr(criteria, name)))]
            for name in _NAMED
            if getattr(criteria, name)
        }

    def _seen(self, column: ColumnElement[str]) -> list[Named]:
        query = (
            select(column)
            .where(self._access.mine(contacts), column != "")
            .group_by(column)
            .order_by(func.count().desc(), column)
            .limit(_MOST_SEEN)
        )
        return [(value, value) for value in self._access.connection.scalars(query)]

    def _all(self, field: str, scope: Scope, wanted: list[int] | None = None) -> list[Named]:
        table, label = _NAMED[field]
        query = select(table.c.id, label).where(self._access.mine(table)).order_by(label, table.c.id)
        if table is logged_segments:
            query = query.select_from(joined).where(shown(self._access, scope))
        if wanted is not None:
            query = query.where(table.c.id.in_(wanted))
        rows = self._access.connection.execute(query.limit(_MOST_SEEN))
        return [(str(value), called) for value, called in rows]


def _begins(label: str, asked: str) -> bool:
    return label.startswith(asked) or f" {asked}" in label
