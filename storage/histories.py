"""Reading the history: what happened to things, newest first."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from bot.domain.histories import Change
from bot.domain.ids import EntryId, PersonId
from bot.domain.operations import ItemKind
from storage.access import Access, Row
from storage.tables.interactions import history, tasks


class Histories:
    """What was changed, by whom, when; it is written by `History` and never again."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def newest(self, things: Mapping[ItemKind, Sequence[int]], limit: int, skip: int) -> list[Change]:
        """Return what happened to any of these, newest first."""
        of_these = [
            and_(history.c.kind == kind, history.c.item_id.in_(items))
            for kind, items in things.items()
            if items
        ]
        return self._changes(or_(*of_these), limit=limit, skip=skip) if of_these else []

    def last(self, kind: ItemKind, item: int, field: str, actor: PersonId, until: datetime) -> Change | None:
        """Return the person's latest change of a field until a moment."""
        found = self._changes(
            history.c.kind == kind,
            history.c.item_id == item,
            history.c.field == field,
            history.c.actor_id == actor,
            history.c.at <= until,
            limit=1,
        )
        return next(iter(found), None)

    def tasks_of(self, entry: EntryId) -> list[int]:
        """Return the follow-ups of an entry, those that are done too."""
        query = select(tasks.c.id).where(self._access.mine(tasks), tasks.c.entry_id == entry)
        return list(self._access.connection.scalars(query))

    def _changes(self, *conditions: ColumnElement[bool], limit: int, skip: int = 0) -> list[Change]:
        query = (
            select(history)
            .where(self._access.mine(history), *conditions)
            .order_by(history.c.at.desc(), history.c.id.desc())
            .limit(limit)
            .offset(skip)
        )
        return [_change(row) for row in self._access.connection.execute(query).mappings()]


def _change(row: Row | Mapping[str, Any]) -> Change:
    return Change(
        kind=ItemKind(row["kind"]),
        item=row["item_id"],
        at=row["at"],
        actor=row["actor_id"],
        field=row["field"],
        old=row["old"],
        new=row["new"],
    )
