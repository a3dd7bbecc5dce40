"""The interaction log page by page, newest first: by the entry's own date, then by when it was logged."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select, union

from bot.domain.entries import COUNTED, PAGE, Asked, Filter, Listed, LogPage
from bot.domain.ids import EntryId, LoggedId, PersonId
from bot.domain.messages import Refusal
from bot.domain.people import EVERYTHING, Scope
from storage.access import Access, always
from storage.deadline import TooSlow
from storage.deadline import within as within_seconds
from storage.entries import Entries, companies, within
from storage.entry_filters import matching, own
from storage.entry_people import MOST, each_of
from storage.entry_words import SECONDS, EntryWords, Hits, asked_words
from storage.tables.contacts import contacts
from storage.tables.interactions import entries
from storage.tables.people import salespeople
from storage.tables.segments import segment_entries

_Row = tuple[int, date]
_NEWEST_FIRST = (entries.c.date.desc(), entries.c.id.desc())


class EntryPages:
    """Pages of the log, each within its reader's scope."""

    def __init__(self, access: Access, found: Mapping[Filter, Hits] | None = None) -> None:
        self._access = access
        self._found = dict(found or {})

    def page(self, asked: Asked, scope: Scope) -> LogPage:
        """Return a page with the count of all; a page that is no longer there is the last one."""
        hits = self._hits(asked.filter)
        if hits is not None and not hits.complete:
            return self._uncounted(asked, scope, hits)
        count = self._count(asked.filter, scope)
        last = max(0, -(-count // PAGE) - 1)
        there = asked if count > COUNTED else Asked(asked.filter, min(asked.page, last))
        return LogPage(there, count, self._listed(there, scope))

    def any(self, wanted: Filter, scope: Scope) -> bool:
        """Whether a filter holds anything for its reader."""
        return bool(self._number([branch.limit(1) for branch in self.branches(wanted, scope)]))

    def branches(self, wanted: Filter, scope: Scope) -> list[Select[_Row]]:
        """Return the queries whose union is all that a filter holds for its reader, in lists and exports."""
        if wanted.logged is not None:
            return [self._of_segment(wanted, wanted.logged, scope)]
        return [*self._in_order(wanted, scope), *self._by_contact(wanted, scope)]

    def _uncounted(self, asked: Asked, scope: Scope, hits: Hits) -> LogPage:
        """Return a page of what holds common words; counted are those that were looked at.

        Raises:
            Refusal: few of the many entries that hold them pass the other filters, and they lie far apart.
        """
        try:
            with within_seconds(self._access.connection, SECONDS):
                listed = self._listed(asked, scope)
        except TooSlow as error:
            raise Refusal(
                "Too many entries hold these words. Choose a shorter period or a contact."
            ) from error
        if len(listed) < PAGE and (listed or not asked.page):
            return LogPage(asked, asked.first + len(listed), listed)
        looked = EntryPages(self._access, {asked.filter: replace(hits, complete=True)})
        count = max(looked._count(asked.filter, scope), asked.first + len(listed))
        return LogPage(asked, count, listed, at_least=True)

    def _listed(self, asked: Asked, scope: Scope) -> tuple[Listed, ...]:
        return tuple(Entries(self._access).many(self._ids(asked, scope)))

    def _ids(self, asked: Asked, scope: Scope) -> list[EntryId]:
        if asked.filter.logged is not None:
            lines = self._of_segment(asked.filter, asked.filter.logged, scope).order_by(
                segment_entries.c.line
            )
            return list(self._access.connection.scalars(lines.limit(PAGE).offset(asked.first)))
        found = _union([*self._newest(asked, scope), *self._by_contact(asked.filter, scope)])
        query = select(found.c.id).order_by(found.c.date.desc(), found.c.id.desc())
        return list(self._access.connection.scalars(query.limit(PAGE).offset(asked.first)))

    def _newest(self, asked: Asked, scope: Scope) -> list[Select[_Row]]:
        """Return queries of the newest entries; those of several people are looked up one by one."""
        people = self._people(asked.filter)
        if not 1 < len(people) <= MOST or self._hits(asked.filter) is not None:
            return self._first(asked.filter, scope, asked.first + PAGE)
        team = asked.filter.team if asked.filter.salespeople else None
        anyone = replace(asked.filter, salespeople=frozenset(), team=team)
        newest = self._first(anyone, scope, asked.first + PAGE)
        return [each_of(people, branch, self._access.dialect) for branch in newest]

    def _first(self, wanted: Filter, scope: Scope, most: int) -> list[Select[_Row]]:
        return [branch.order_by(*_NEWEST_FIRST).limit(most) for branch in self._in_order(wanted, scope)]

    def _people(self, wanted: Filter) -> frozenset[int]:
        if wanted.salespeople or wanted.team is None:
            return frozenset(wanted.salespeople)
        query = select(salespeople.c.id).where(
            self._access.mine(salespeople), salespeople.c.team_id == wanted.team
        )
        return frozenset(self._access.connection.scalars(query))

    def _count(self, wanted: Filter, scope: Scope) -> int:
        return self._number([branch.limit(COUNTED + 1) for branch in self.branches(wanted, scope)])

    def _number(self, branches: Sequence[Select[_Row]]) -> int:
        counted = self._access.connection.execute(select(func.count()).select_from(_union(branches)))
        return min(counted.scalar_one(), COUNTED + 1)

    def _hits(self, wanted: Filter) -> Hits | None:
        """Return the entries with the words of a filter; None where it begins elsewhere."""
        if not asked_words(wanted.text) or wanted.contact is not None or wanted.logged is not None:
            return None
        if wanted not in self._found:
            self._found[wanted] = EntryWords(self._access).find(wanted)
        return self._found[wanted]

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
        query = select(entries.c.id, entries.c.date).where(*self._holding(wanted), tie, *matching(wanted))
        return query if scope.everything else _with_ties(query).where(within(scope))

    def _holding(self, wanted: Filter) -> list[ColumnElement[bool]]:
        """Return the conditions of workspace and words; a few that were found are read by nothing but their ids."""
        mine, words = self._access.mine(entries), EntryWords(self._access)
        hits = self._hits(wanted)
        if hits is not None and hits.complete:
            return [entries.c.workspace_id + 0 == self._access.workspace, words.among(hits)]
        return [mine, words.holding(wanted.text)] if asked_words(wanted.text) else [mine]


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
