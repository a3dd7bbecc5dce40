"""Canceled entries as the rows of a sheet, page by page."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, tuple_

from bot.domain.ids import WorkspaceId
from bot.domain.purge import Selection
from storage.access import Access
from storage.canceled import Mark, within
from storage.entry_sheet import Values, filled, selected
from storage.tables.interactions import entries
from storage.types import Id, Instant


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows; `mark` is the last of them."""

    rows: list[Values]
    mark: Mark | None


def page(access: Access, chosen: Selection, beyond: Mark, limit: int) -> Page:
    """Return the next rows of a selection."""
    place = {"seen_at": beyond.at, "seen": beyond.entry, "limit": limit}
    found = access.connection.execute(_query(chosen, access.workspace), place).all()
    if not found:
        return Page([], None)
    return Page(filled(access, found), Mark(found[-1].canceled_at, found[-1][-1]))


@lru_cache(maxsize=16)
def _query(chosen: Selection, workspace: WorkspaceId) -> Select[Any]:
    seen = tuple_(bindparam("seen_at", type_=Instant), bindparam("seen", type_=Id))
    return (
        selected()
        .where(*within(chosen, workspace), tuple_(entries.c.canceled_at, entries.c.id) > seen)
        .order_by(entries.c.canceled_at, entries.c.id)
        .limit(bindparam("limit", type_=Integer))
    )
