"""Who joins and who leaves a segment by criteria, set by set; and how many that would be (`domain.md` 2.4)."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    text,
    union,
)

from bot.domain.criteria import Counted, Criteria
from bot.domain.ids import ContactId, SegmentId
from bot.domain.people import Scope
from storage.access import Access
from storage.criteria import conditions, matching
from storage.segment_lines import SegmentLines
from storage.tables.contacts import contacts
from storage.tables.segments import segment_lines

NAMED = 10
"""Those who can't join that are named; the others are counted."""
_PATIENCE = text("SELECT set_config('statement_timeout', '60000', true)")
_companies = contacts.alias("their_companies")
_first = contacts.alias("found_first")
_whole = func.coalesce(contacts.c.company_id, contacts.c.id)
_first_whole = func.coalesce(_first.c.company_id, _first.c.id)
_BLOCKED, _EXCLUDED, _ALREADY, _JOINS = "blocked", "excluded", "already", "joins"


class Membership:
    """Answers who would join or leave; `storage.segment_lines` lets them."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._lines = SegmentLines(access)

    def expect_many(self) -> None:
        """Let the statements of this transaction take as long as 200,000 lines take."""
        if self._access.dialect == "postgresql":
            self._access.connection.execute(_PATIENCE)

    def joining(self, segment: SegmentId, criteria: Criteria, scope: Scope) -> Select[Any]:
        """Return the query of the contacts that join: who qualifies and nothing keeps out."""
        found, fate = self._fates(segment, criteria, scope)
        return found.with_only_columns(contacts.c.id).where(fate == _JOINS)

    def count_joining(self, segment: SegmentId, criteria: Criteria, scope: Scope) -> Counted:
        """Return how many join, how many don't, and who is kept out."""
        found, fate = self._fates(segment, criteria, scope)
        query = found.with_only_columns(fate, func.count()).group_by(fate)
        counts = dict(self._access.connection.execute(query).all())
        kept_out = counts.get(_EXCLUDED, 0) + counts.get(_BLOCKED, 0)
        return Counted(
            adds=counts.get(_JOINS, 0),
            already=counts.get(_ALREADY, 0),
            excluded=counts.get(_EXCLUDED, 0),
            blocked=counts.get(_BLOCKED, 0),
            skipped=self._kept_out(found, fate) if kept_out else (),
        )

    def leaving(self, criteria: Criteria, scope: Scope) -> ColumnElement[bool]:
        """Return the condition of the lines that Reduce takes out: those of contacts that qualify."""
        who = self._entire(criteria, scope) if criteria.entire_companies else self._each(criteria, scope)
        return who.where(contacts.c.id == segment_lines.c.contact_id).correlate(segment_lines).exists()

    def staying(self, criteria: Criteria, scope: Scope) -> ColumnElement[bool]:
        """Return the condition of the lines that Refine takes out: those of contacts that don't qualify."""
        return ~self.leaving(criteria, scope)

    def count_leaving(self, segment: SegmentId, which: ColumnElement[bool]) -> Counted:
        """Return how many lines a condition takes out, and how many stay."""
        query = select(func.count()).select_from(segment_lines).where(self._lines.present(segment), which)
        removes = self._access.connection.scalar(query) or 0
        return Counted(removes=removes, stays=self._lines.count(segment) - removes)

    def present(self, segment: SegmentId, asked: frozenset[ContactId]) -> frozenset[ContactId]:
        """Return which of these contacts are in."""
        who = segment_lines.c.contact_id
        query = select(who).where(self._lines.present(segment), who.in_(sorted(asked)))
        return frozenset(ContactId(one) for one in self._access.connection.scalars(query))

    def _each(self, criteria: Criteria, scope: Scope) -> Select[Any]:
        return select(literal(1)).where(*conditions(self._access, criteria, scope))

    def _entire(self, criteria: Criteria, scope: Scope) -> Select[Any]:
        companies = select(_whole).where(*conditions(self._access, criteria, scope))
        outer = func.coalesce(contacts.c.company_id, contacts.c.id)
        return select(literal(1)).where(self._access.mine(contacts), outer.in_(_apart(companies)))

    def _fates(
        self, segment: SegmentId, criteria: Criteria, scope: Scope
    ) -> tuple[Select[Any], ColumnElement[str]]:
        """Return the query of everybody found, and the expression that says what becomes of him."""
        wanted = self._found(criteria, scope)
        source = wanted.join(
            contacts, and_(self._access.mine(contacts), contacts.c.id == wanted.c.id)
        ).outerjoin(
            _companies,
            and_(
                _companies.c.workspace_id == contacts.c.workspace_id,
                _companies.c.id == contacts.c.company_id,
            ),
        )
        here = (self._lines.present(segment), segment_lines.c.contact_id == contacts.c.id)
        present = select(literal(1)).where(*here).correlate(contacts).exists()
        return select(contacts.c.id).select_from(source), _fate(criteria, present)

    def _found(self, criteria: Criteria, scope: Scope) -> Subquery:
        """Return who qualifies, with the people and companies that come along.

        No WITH stands before the INSERT that this becomes part of: SQLite's driver would not count its rows.
        """
        first = matching(self._access, criteria, scope)
        qualified = and_(_first.c.workspace_id == self._access.workspace, _first.c.id.in_(first))
        parts = [first]
        if criteria.expand_companies:
            theirs = contacts.c.company_id.in_(select(_first_whole).where(qualified))
            parts.append(select(contacts.c.id).where(self._access.mine(contacts), theirs))
        if criteria.allow_related_companies:
            parts.append(select(_first.c.company_id).where(qualified, _first.c.company_id.is_not(None)))
        found = union(*parts) if len(parts) > 1 else first
        return found.subquery("wanted")

    def _kept_out(self, found: Select[Any], fate: ColumnElement[str]) -> tuple[str, ...]:
        query = (
            found.with_only_columns(contacts.c.name)
            .where(fate.in_((_EXCLUDED, _BLOCKED)))
            .order_by(contacts.c.name, contacts.c.id)
            .limit(NAMED)
        )
        return tuple(self._access.connection.scalars(query))


def _fate(criteria: Criteria, present: ColumnElement[bool]) -> ColumnElement[str]:
    blocked = or_(contacts.c.privacy_blocked, func.coalesce(_companies.c.privacy_blocked, False))
    branches: list[Any] = [(blocked, literal(_BLOCKED))]
    if not criteria.ignore_exclusion:
        branches.append((contacts.c.exclude_from_segment, literal(_EXCLUDED)))
    if not criteria.allow_existing:
        branches.append((present, literal(_ALREADY)))
    return case(*branches, else_=literal(_JOINS))


def _apart(query: Select[Any]) -> Select[Any]:
    """Return a query as one of its own, so that it is not tied to the `contacts` around it."""
    found = query.subquery("entire")
    return select(*found.c)
