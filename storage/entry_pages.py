"""The interaction log page by page, newest first: by the entry's own date, then by when it was logged."""

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text, union_all

from bot.domain.entries import COUNTED, PAGE, Asked, Filter, LogPage
from bot.domain.ids import EntryId, PersonId
from bot.domain.operations import CancelReason
from bot.domain.people import Scope
from storage.access import Access, always
from storage.entries import Entries, companies, within
from storage.tables.contacts import contacts
from storage.tables.interactions import entries

_NEWEST_FIRST = (entries.c.date.desc(), entries.c.id.desc())
_FOR_SOMEBODY_ELSE = text("logged_by <> salesperson_id")
"""The very words of the index `ix_entries_logged_for`: only by them SQLite knows that it fits."""


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

    def _ids(self, asked: Asked, scope: Scope) -> list[EntryId]:
        branches = [
            self._branch(whose, asked.filter, scope).order_by(*_NEWEST_FIRST).limit(asked.first + PAGE)
            for whose in _whose(asked.filter.person)
        ]
        found = union_all(*(select(branch.subquery()) for branch in branches)).subquery()
        query = select(found.c.id).order_by(found.c.date.desc(), found.c.id.desc())
        return list(self._access.connection.scalars(query.limit(PAGE).offset(asked.first)))

    def _count(self, wanted: Filter, scope: Scope) -> int:
        branches = [self._branch(whose, wanted, scope).limit(COUNTED + 1) for whose in _whose(wanted.person)]
        found = union_all(*(select(branch.subquery()) for branch in branches)).subquery()
        return min(
            self._access.connection.execute(select(func.count()).select_from(found)).scalar_one(), COUNTED + 1
        )

    def _branch(self, whose: ColumnElement[bool], wanted: Filter, scope: Scope) -> Select[tuple[int, object]]:
        kept = entries.c.cancel_reason == CancelReason.CANCELED
        live = entries.c.canceled_at.is_(None)
        shown = or_(live, kept) if wanted.canceled else live
        query = select(entries.c.id, entries.c.date).where(self._access.mine(entries), whose, shown)
        return query if scope.everything else _with_ties(query).where(within(scope))


def _whose(person: PersonId | None) -> list[ColumnElement[bool]]:
    """Return conditions that share no entry; each has an index in the order of the list."""
    if person is None:
        return [always()]
    mine = entries.c.salesperson_id == person
    return [mine, and_(entries.c.logged_by == person, _FOR_SOMEBODY_ELSE)]


def _with_ties(query: Select[tuple[int, object]]) -> Select[tuple[int, object]]:
    """Join the contact and the company, whose salespeople may read too."""
    return query.outerjoin(
        contacts,
        (contacts.c.workspace_id == entries.c.workspace_id) & (contacts.c.id == entries.c.contact_id),
    ).outerjoin(
        companies,
        (companies.c.workspace_id == entries.c.workspace_id) & (companies.c.id == entries.c.company_id),
    )
