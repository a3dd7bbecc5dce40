"""The interaction log page by page, newest first: by the entry's own date, then by when it was logged."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select, union

from bot.domain.entries import COUNTED, PAGE, Asked, Filter, LogPage
from bot.domain.ids import EntryId, LoggedId, PersonId
from bot.domain.people import EVERYTHING, Scope
from storage.access import Access, always
from storage.entries import Entries, companies, within
from storage.entry_filters import matching, own
from storage.tables.contacts import contacts
from storage.tables.interactions import entries
from storage.tables.segments import segment_entries

_Row = tuple[int, date]
_NEWEST_FIRST = (entries.c.date.desc(), entries.c.id.desc())


class EntryPages:
    """Pages of the log, each within its reader's scope."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def page(self, asked: Asked, scope: Scope) -> LogPage:
        """Return a page with the count of all; a page that is no longer there is the last one."""
        count = self._count(asked.filter, scope)
        last = max(0, -(-count // PAGE) - 1)
        there = asked if count > COUNTED else Asked(asked.filter, min(asked.page, last))
        found = Entries(self._access).many(self._ids(there, scope))
        return LogPage(there, count, tuple(found))

    def branches(self, wanted: Filter, scope: Scope) -> list[Select[_Row]]:
        """Return the queries whose union is all that a filter holds for its reader, in lists and exports."""
        if wanted.logged is not None:
            return [self._of_segment(wanted, wanted.logged, scope)]
        return [*self._in_order(wanted, scope), *self._by_contact(wanted, scope)]

    def _ids(self, asked: Asked, scope: Scope) -> list[EntryId]:
        if asked.filter.logged is not None:
            lines = self._of_segment(asked.filter, asked.filter.logged, scope).order_by(
                segment_entries.c.line
            )
            return list(self._access.connection.scalars(lines.limit(PAGE).offset(asked.first)))
        newest = [
            branch.order_by(*_NEWEST_FIRST).limit(asked.first + PAGE)
            for branch in self._in_order(asked.filter, scope)
        ]
        found = _union([*newest, *self._by_contact(asked.filter, scope)])
        query = select(found.c.id).order_by(found.c.date.desc(), found.c.id.desc())
        return list(self._access.connection.scalars(query.limit(PAGE).offset(asked.first)))

    def _count(self, wanted: Filter, scope: Scope) -> int:
        found = _union([branch.limit(COUNTED + 1) for branch in self.branches(wanted, scope)])
        counted = self._access.connection.execute(select(func.count()).select_from(found)).scalar_one()
        return min(counted, COUNTED + 1)

    def _in_order(self, wanted: Filter, scope: Scope) -> list[Select[_Row]]:
        """Return queries that each read an index in the order of the list, and so stop after a page."""
        if wanted.person is not None:
            return [self._of(scope, wanted, tie) for tie in own(wanted.person)]
        if _one_reader(scope) is None:
            return [self._of(scope, wanted, always())]
        return [self._of(EVERYTHING, wanted, tie) for tie in own(_one_reader(scope))]

    def _by_contact(self, wanted: Filter, scope: Scope) -> list[Select[_Row]]:
        """Return queries of what one reader sees because the contact, or its company, is his."""
        reader = _one_reader(scope)
        if reader is None or wanted.person is not None:
            return []
        his = select(contacts.c.id).where(self._access.mine(contacts), contacts.c.salesperson_id == reader)
        ties = (entries.c.contact_id.in_(his), entries.c.company_id.in_(his))
        return [self._of(EVERYTHING, wanted, tie) for tie in ties]

    def _of_segment(self, wanted: Filter, logged: LoggedId, scope: Scope) -> Select[_Row]:
        """Return the query of a logged segment's entries, by its lines."""
        mine = and_(
            segment_entries.c.workspace_id == entries.c.workspace_id,
            segment_entries.c.entry_id == entries.c.id,
        )
        found = self._of(scope, wanted, segment_entries.c.logged_id == logged)
        return found.join(segment_entries, mine)

    def _of(self, scope: Scope, wanted: Filter, tie: ColumnElement[bool]) -> Select[_Row]:
        query = select(entries.c.id, entries.c.date).where(self._access.mine(entries), tie, *matching(wanted))
        return query if scope.everything else _with_ties(query).where(within(scope))


def _union(branches: Sequence[Select[_Row]]) -> Subquery:
    return union(*(select(branch.subquery()) for branch in branches)).subquery()


def _one_reader(scope: Scope) -> PersonId | None:
    """Return the only person of a scope: of few entries among many, reading all by day would take too long."""
    people = scope.people or frozenset()
    return next(iter(people)) if len(people) == 1 else None


def _with_ties(query: Select[_Row]) -> Select[_Row]:
    """Join the contact and the company, whose salespeople may read too."""
    return query.outerjoin(
        contacts,
        (contacts.c.workspace_id == entries.c.workspace_id) & (contacts.c.id == entries.c.contact_id),
    ).outerjoin(
        companies,
        (companies.c.workspace_id == entries.c.workspace_id) & (companies.c.id == entries.c.company_id),
    )
