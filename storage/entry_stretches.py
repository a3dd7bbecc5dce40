"""The interaction log in stretches, newest first: each so short that reading it holds nobody up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Date, func, literal, select, tuple_, union

from bot.domain.entries import Filter
from bot.domain.ids import EntryId
from bot.domain.people import Scope
from storage.access import Access
from storage.entry_pages import EntryPages
from storage.tables.interactions import entries
from storage.types import Id

Place = tuple[date, EntryId]
_NEWEST_FIRST = (entries.c.date.desc(), entries.c.id.desc())


@dataclass(frozen=True, slots=True)
class Stretch:
    """What lies beyond `after`, up to and with `until`; None stands for the beginning and the end of the log."""

    after: Place | None
    until: Place | None


class EntryStretches:
    """Reads what a filter holds, for a reader's scope, stretch by stretch."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def ahead(self, wanted: Filter, after: Place | None, span: int) -> Stretch:
        """Return the next stretch of so many entries of the filter's days, whoever's they are."""
        query = (
            select(entries.c.date, entries.c.id)
            .where(self._access.mine(entries), *_days(wanted), *_lies_in(Stretch(after, None)))
            .order_by(*_NEWEST_FIRST)
            .offset(span - 1)
            .limit(1)
        )
        found = self._access.connection.execute(query).one_or_none()
        return Stretch(after, None if found is None else (found.date, EntryId(found.id)))

    def places(self, wanted: Filter, scope: Scope, stretch: Stretch, limit: int) -> list[Place]:
        """Return the first of those in a stretch that the filter holds."""
        branches = EntryPages(self._access).branches(wanted, scope)
        newest = [
            branch.where(*_lies_in(stretch)).order_by(*_NEWEST_FIRST).limit(limit) for branch in branches
        ]
        found = union(*(select(branch.subquery()) for branch in newest)).subquery()
        query = select(found.c.date, found.c.id).order_by(found.c.date.desc(), found.c.id.desc())
        return [(row.date, EntryId(row.id)) for row in self._access.connection.execute(query.limit(limit))]

    def count(self, wanted: Filter, scope: Scope, stretch: Stretch) -> int:
        """Return how many in a stretch the filter holds."""
        branches = EntryPages(self._access).branches(wanted, scope)
        inside = union(*(select(branch.where(*_lies_in(stretch)).subquery()) for branch in branches))
        return self._access.connection.scalar(select(func.count()).select_from(inside.subquery())) or 0


def _days(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.first is not None:
        yield entries.c.date >= wanted.first
    if wanted.last is not None:
        yield entries.c.date <= wanted.last


def _lies_in(stretch: Stretch) -> Iterator[ColumnElement[bool]]:
    place = tuple_(entries.c.date, entries.c.id)
    if stretch.after is not None:
        yield place < _at(stretch.after)
    if stretch.until is not None:
        yield place >= _at(stretch.until)


def _at(place: Place) -> ColumnElement[tuple[date, int]]:
    day, entry = place
    return tuple_(literal(day, Date), literal(entry, Id))
