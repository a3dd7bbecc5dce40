"""Canceled entries: counting, showing and reading a selection of them, and deleting it batch by batch."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    TextClause,
    and_,
    bindparam,
    func,
    or_,
    select,
    text,
    tuple_,
)

from bot.domain.ids import EntryId, WorkspaceId
from bot.domain.operations import UNDO_WINDOW
from bot.domain.purge import Filters, Selection
from storage.access import Access
from storage.attachments import Attachments
from storage.entry_words import EntryWords
from storage.tables.interactions import entries
from storage.tables.people import salespeople
from storage.types import Id, Instant

_LISTS = {"sqlite": "IN (SELECT value FROM json_each(:entries))", "postgresql": "= ANY(:entries)"}
_ROWS = {"sqlite": "json_each(:entries) AS one", "postgresql": "unnest(:entries) AS one(value)"}
_END_UNDO = """UPDATE operations SET undone_at = :now
    WHERE workspace_id = :workspace AND undone_at IS NULL AND ended_at > :undoable
      AND id IN (SELECT operation_id FROM operation_items
        WHERE workspace_id = :workspace AND kind = 'entry' AND item_id {listed})
      AND NOT EXISTS (SELECT 1 FROM operation_items AS other
        WHERE other.workspace_id = :workspace AND other.operation_id = operations.id
          AND other.kind = 'entry' AND NOT other.item_id {listed})"""
_EMPTY_DRAFTS = """UPDATE drafts SET state = 'discarded', form = '{{}}', contact_id = NULL
    WHERE workspace_id = :workspace AND state = 'finished' AND id {listed}"""
_DELETIONS = (
    "DELETE FROM entry_comments WHERE workspace_id = :workspace AND entry_id {listed}",
    "DELETE FROM operation_items WHERE workspace_id = :workspace AND kind = 'entry' AND item_id {listed}",
    "UPDATE tasks SET entry_id = NULL WHERE workspace_id = :workspace AND entry_id {listed}",
    "DELETE FROM segment_entries WHERE workspace_id = :workspace AND entry_id {listed}",
    """UPDATE inbox SET entry_id = NULL, came = '{{}}', emptied = TRUE
    WHERE workspace_id = :workspace AND entry_id {listed}""",
    "DELETE FROM entries WHERE workspace_id = :workspace AND id {listed}",
    "DELETE FROM history WHERE workspace_id = :workspace AND kind = 'entry' AND item_id {listed}",
    """INSERT INTO history (id, workspace_id, kind, item_id, at, field)
    SELECT one.value, :workspace, 'entry', one.value, :now, 'deleted' FROM {rows}""",
)
NOBODY = "–"
_INSTANTS = frozenset({"now", "undoable"})


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a pass over a selection has come."""

    at: datetime
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """What one batch deleted; `mark` is its last row."""

    count: int
    mark: Mark | None


class Canceled:
    """The canceled entries of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def count(self, chosen: Selection) -> int:
        """Return how many there are."""
        query = select(func.count()).select_from(entries).where(*within(chosen, self._access.workspace))
        return int(self._access.connection.scalar(query) or 0)

    def by_person(self, chosen: Selection) -> tuple[tuple[str, int], ...]:
        """Return how many there are of each salesperson (of who logged it, where there is none), most first.

        What was recorded automatically for nobody is counted under a dash.
        """
        number = func.count()
        owner = func.coalesce(entries.c.salesperson_id, entries.c.logged_by)
        name = func.coalesce(salespeople.c.name, NOBODY)
        query = (
            select(name, number)
            .select_from(entries)
            .outerjoin(
                salespeople,
                and_(salespeople.c.workspace_id == entries.c.workspace_id, salespeople.c.id == owner),
            )
            .where(*within(chosen, self._access.workspace))
            .group_by(salespeople.c.id, salespeople.c.name)
            .order_by(number.desc(), name)
        )
        return tuple((str(who), count) for who, count in self._access.connection.execute(query))

    def newest(self, chosen: Selection, limit: int) -> list[EntryId]:
        """Return those canceled last, the newest first."""
        query = (
            select(entries.c.id)
            .where(*within(chosen, self._access.workspace))
            .order_by(entries.c.canceled_at.desc(), entries.c.id.desc())
            .limit(limit)
        )
        return [EntryId(found) for found in self._access.connection.scalars(query)]

    def delete(self, chosen: Selection, beyond: Mark, limit: int) -> Batch:
        """Delete the next `limit` entries with all that hangs on them; each leaves one line of history."""
        place = {"seen_at": beyond.at, "seen": beyond.entry, "limit": limit}
        found = self._access.connection.execute(_next(chosen, self._access.workspace), place).all()
        if not found:
            return Batch(0, None)
        last = found[-1]
        self._delete(
            [row.id for row in found], [row.draft_id for row in found if row.draft_id], last.canceled_at
        )
        Attachments(self._access).drop_unused({row.attachment_id for row in found if row.attachment_id})
        return Batch(len(found), Mark(last.canceled_at, last.id))

    def _delete(self, ids: list[int], drafts: list[int], canceled_at: datetime) -> None:
        undoable = self._access.clock.now() - UNDO_WINDOW
        if canceled_at > undoable:
            self._run(_END_UNDO, ids, undoable=undoable)
        EntryWords(self._access).remove(ids)
        for statement in _DELETIONS:
            self._run(statement, ids)
        if drafts:
            self._run(_EMPTY_DRAFTS, drafts)

    def _run(self, statement: str, ids: Sequence[int], **values: Any) -> None:
        dialect = self._access.dialect
        listed = json.dumps(ids) if dialect == "sqlite" else ids
        known = {"workspace": self._access.workspace, "now": self._access.clock.now(), "entries": listed}
        self._access.connection.execute(_written(statement, dialect), known | values)


def within(chosen: Selection, workspace: WorkspaceId) -> list[ColumnElement[bool]]:
    """Return the conditions of a selection on the entries of a workspace."""
    return [
        entries.c.workspace_id == workspace,
        entries.c.canceled_at > chosen.after,
        entries.c.canceled_at <= chosen.until,
        *_passing(chosen.filters),
    ]


def _passing(filters: Filters) -> list[ColumnElement[bool]]:
    asked = ((condition, getattr(filters, name)) for name, condition in _CONDITIONS.items())
    return [condition(value) for condition, value in asked if value is not None]


_CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "first": lambda number: entries.c.number >= number,
    "last": lambda number: entries.c.number <= number,
    "contact": lambda contact: or_(entries.c.contact_id == contact, entries.c.company_id == contact),
    "since": lambda day: entries.c.date >= day,
    "until": lambda day: entries.c.date <= day,
    "campaign": lambda campaign: entries.c.campaign_id == campaign,
    "group": lambda group: entries.c.group_id == group,
    "template": lambda template: entries.c.template_id == template,
    "salesperson": lambda person: entries.c.salesperson_id == person,
}


@lru_cache(maxsize=16)
def _next(chosen: Selection, workspace: WorkspaceId) -> Select[Any]:
    """Return the query of the next rows of a pass, made once for all its batches."""
    seen = tuple_(bindparam("seen_at", type_=Instant), bindparam("seen", type_=Id))
    return (
        select(entries.c.id, entries.c.canceled_at, entries.c.draft_id, entries.c.attachment_id)
        .where(*within(chosen, workspace), tuple_(entries.c.canceled_at, entries.c.id) > seen)
        .order_by(entries.c.canceled_at, entries.c.id)
        .limit(bindparam("limit", type_=Integer))
        .with_for_update(skip_locked=True)
    )


@lru_cache(maxsize=32)
def _written(statement: str, dialect: str) -> TextClause:
    written = text(statement.format(listed=_LISTS[dialect], rows=_ROWS[dialect]))
    named = [bindparam(name, type_=Instant) for name in _INSTANTS if f":{name}" in statement]
    return written.bindparams(*named)
