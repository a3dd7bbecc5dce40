"""What nobody needs any more, of all workspaces; found by reading, then deleted a few rows at a time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, delete, exists, select, text, tuple_, update

from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.postponed import DraftState
from bot.domain.removals import RemovalState
from bot.domain.segments import RunState
from storage.store import Store
from storage.tables.deliveries import deliveries, request_keys
from storage.tables.inbox import FULL, inbox
from storage.tables.interactions import drafts, entries, operation_items, operations
from storage.tables.removals import removed_contacts, removed_references
from storage.tables.segments import logged_segments, segment_lines

_OVER = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SUPERSEDED)


class TidyRows:
    """Deletes what is older than a moment; each call at most `limit` rows in one short transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def deliveries(self, before: datetime, limit: int) -> int:
        """Delete deliveries that ended before."""
        over = and_(deliveries.c.settled_at < before, deliveries.c.state.in_(_OVER))
        ids = self._found(deliveries.c.id, over, limit)
        if not ids:
            return 0
        with self._store.writing() as connection:
            return connection.execute(delete(deliveries).where(deliveries.c.id.in_(ids), over)).rowcount

    def request_keys(self, before: datetime, limit: int) -> int:
        """Delete the keys of requests that were carried out before."""
        key = tuple_(request_keys.c.workspace_id, request_keys.c.key)
        query = select(request_keys.c.workspace_id, request_keys.c.key)
        with self._store.reading() as connection:
            keys = [
                tuple(row)
                for row in connection.execute(query.where(request_keys.c.created_at < before).limit(limit))
            ]
        if not keys:
            return 0
        with self._store.writing() as connection:
            return connection.execute(delete(request_keys).where(key.in_(keys))).rowcount

    def empty_forms(self, before: datetime, limit: int) -> int:
        """Delete open forms into which nobody typed anything since."""
        return self._drafts(
            and_(drafts.c.state == DraftState.OPEN, ~drafts.c.kept, drafts.c.saved_at < before), limit
        )

    def discarded(self, before: datetime, limit: int) -> int:
        """Delete forms that were discarded before."""
        entry = exists().where(
            entries.c.workspace_id == drafts.c.workspace_id, entries.c.draft_id == drafts.c.id
        )
        return self._drafts(
            and_(drafts.c.state == DraftState.DISCARDED, drafts.c.ended_at < before, ~entry), limit
        )

    def logged_lines(self, before: datetime, limit: int) -> int:
        """Delete lines of segments that were logged before, and can't be taken back any more."""
        line = tuple_(segment_lines.c.workspace_id, segment_lines.c.segment_id, segment_lines.c.line)
        query = (
            select(segment_lines.c.workspace_id, segment_lines.c.segment_id, segment_lines.c.line)
            .join(
                logged_segments,
                and_(
                    logged_segments.c.workspace_id == segment_lines.c.workspace_id,
                    logged_segments.c.segment_id == segment_lines.c.segment_id,
                ),
            )
            .join(
                operations,
                and_(
                    operations.c.workspace_id == logged_segments.c.workspace_id,
                    operations.c.id == logged_segments.c.operation_id,
                ),
            )
            .where(logged_segments.c.state == RunState.LOGGED, operations.c.ended_at < before)
        )
        with self._store.reading() as connection:
            lines = [tuple(row) for row in connection.execute(query.limit(limit))]
        if not lines:
            return 0
        with self._store.writing() as connection:
            return connection.execute(delete(segment_lines).where(line.in_(lines))).rowcount

    def removals(self, before: datetime, limit: int) -> int:
        """Forget what contacts were that went before, and what named them: that can't be taken back any more."""
        over = and_(
            removed_contacts.c.state.in_((RemovalState.GONE, RemovalState.BACK)),
            removed_contacts.c.removed_at < before,
        )
        named = select(removed_references.c.removal_id).join(
            removed_contacts, removed_contacts.c.id == removed_references.c.removal_id
        )
        row = tuple_(*removed_references.primary_key.columns)
        with self._store.reading() as connection:
            keys = connection.execute(
                named.with_only_columns(*removed_references.primary_key.columns).where(over).limit(limit)
            ).all()
            known = and_(over, cast(removed_contacts.c.before, Text) != "{}")
            ids = connection.scalars(select(removed_contacts.c.id).where(known).limit(limit)).all()
        if not keys and not ids:
            return 0
        with self._store.writing() as connection:
            connection.execute(delete(removed_references).where(row.in_([tuple(key) for key in keys])))
            forgotten = update(removed_contacts).where(removed_contacts.c.id.in_(ids))
            connection.execute(forgotten.values(before={}, filled={}))
        return len(keys) + len(ids)

    def arrivals(self, before: datetime, limit: int) -> int:
        """Empty what arrived and was decided before; its key stays, so that it is not recorded again."""
        over = and_(inbox.c.decided_at < before, text(FULL))
        ids = self._found(inbox.c.id, over, limit)
        if not ids:
            return 0
        emptied = update(inbox).where(inbox.c.id.in_(ids), over)
        with self._store.writing() as connection:
            return connection.execute(emptied.values(came={}, emptied=True, attachment_id=None)).rowcount

    def awaited_files(self) -> set[str]:
        """Return the paths of the files that are still to be delivered, or could be by **Try again**."""
        query = select(deliveries.c.payload).where(
            deliveries.c.kind == DeliveryKind.FILE,
            deliveries.c.state.not_in((DeliveryState.SENT, DeliveryState.SUPERSEDED)),
        )
        with self._store.reading() as connection:
            return {str(payload["path"]) for payload in connection.scalars(query)}

    def _drafts(self, over: ColumnElement[bool], limit: int) -> int:
        ids = self._found(drafts.c.id, over, limit)
        if not ids:
            return 0
        items = and_(operation_items.c.kind == "draft", operation_items.c.item_id.in_(ids))
        of_drafts = select(drafts.c.workspace_id).where(drafts.c.id.in_(ids))
        with self._store.writing() as connection:
            connection.execute(
                delete(operation_items).where(operation_items.c.workspace_id.in_(of_drafts), items)
            )
            return connection.execute(delete(drafts).where(drafts.c.id.in_(ids), over)).rowcount

    def _found(self, column: Any, over: ColumnElement[bool], limit: int) -> Sequence[int]:
        with self._store.reading() as connection:
            return connection.scalars(select(column).where(over).limit(limit)).all()
