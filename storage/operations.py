"""Operations, the history of changes, and the keys of requests already carried out."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.engine import Row as SqlRow

from bot.domain.ids import DraftId, EntryId, OperationId, PersonId
from bot.domain.operations import UNDO_WINDOW, ItemKind, Operation, OperationKind, SetupKind
from storage.access import Access
from storage.tables.deliveries import request_keys
from storage.tables.interactions import entries, history, operation_items, operations


class Operations:
    """What people did, as far as it can be undone."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, operation: Operation) -> None:
        """Write an operation; what it touches follows with `touch`."""
        self._access.connection.execute(
            insert(operations),
            {
                "id": operation.id,
                "workspace_id": self._access.workspace,
                "actor_id": operation.actor,
                "kind": operation.kind,
                "ended_at": operation.ended_at,
                "answer_key": operation.answer,
            },
        )
        self.touch(operation.id, *operation.items)

    def touch(self, operation: OperationId, *items: tuple[ItemKind, int]) -> None:
        """Add what an operation made."""
        if items:
            self._access.connection.execute(
                insert(operation_items),
                [
                    {
                        "workspace_id": self._access.workspace,
                        "operation_id": operation,
                        "kind": kind,
                        "item_id": item,
                    }
                    for kind, item in items
                ],
            )

    def get(self, operation: OperationId) -> Operation | None:
        """Return one operation with what it touched."""
        query = select(operations).where(self._access.mine(operations), operations.c.id == operation)
        row = self._access.connection.execute(query).one_or_none()
        return None if row is None else self._operation(row)

    def of_entry(self, entry: EntryId) -> Operation | None:
        """Return the operation that logged an entry."""
        query = select(entries.c.operation_id).where(self._access.mine(entries), entries.c.id == entry)
        found = self._access.connection.scalar(query)
        return None if found is None else self.get(OperationId(found))

    def of_discard(self, draft: DraftId, actor: PersonId) -> Operation | None:
        """Return the person's newest operation that threw this draft away, alone or with others."""
        query = (
            select(operations)
            .join(
                operation_items,
                and_(
                    operation_items.c.workspace_id == operations.c.workspace_id,
                    operation_items.c.operation_id == operations.c.id,
                ),
            )
            .where(
                self._access.mine(operations),
                operations.c.actor_id == actor,
                operations.c.kind == OperationKind.DISCARD,
                operation_items.c.kind == ItemKind.DRAFT,
                operation_items.c.item_id == draft,
            )
            .order_by(operations.c.ended_at.desc())
            .limit(1)
        )
        row = self._access.connection.execute(query).one_or_none()
        return None if row is None else self._operation(row)

    def latest_undoable(self, actor: PersonId, now: datetime) -> Operation | None:
        """Return the person's newest operation that can still be undone."""
        query = (
            select(operations)
            .where(
                self._access.mine(operations),
                operations.c.actor_id == actor,
                operations.c.undone_at.is_(None),
                operations.c.ended_at > now - UNDO_WINDOW,
            )
            .order_by(operations.c.ended_at.desc(), operations.c.id.desc())
            .limit(1)
        )
        row = self._access.connection.execute(query).one_or_none()
        return None if row is None else self._operation(row)

    def end(self, operation: OperationId) -> None:
        """Let the ten minutes of an operation that took its time begin now."""
        self._access.connection.execute(
            update(operations)
            .where(self._access.mine(operations), operations.c.id == operation)
            .values(ended_at=self._access.clock.now())
        )

    def undo(self, operation: OperationId) -> bool:
        """Mark an operation as undone; False when it was already."""
        changed = self._access.connection.execute(
            update(operations)
            .where(
                self._access.mine(operations), operations.c.id == operation, operations.c.undone_at.is_(None)
            )
            .values(undone_at=self._access.clock.now())
        )
        return bool(changed.rowcount)

    def _operation(self, row: SqlRow[Any]) -> Operation:
        query = select(operation_items.c.kind, operation_items.c.item_id).where(
            self._access.mine(operation_items), operation_items.c.operation_id == row.id
        )
        items = tuple((ItemKind(kind), item) for kind, item in self._access.connection.execute(query))
        return Operation(
            id=OperationId(row.id),
            actor=PersonId(row.actor_id),
            kind=OperationKind(row.kind),
            ended_at=row.ended_at,
            undone_at=row.undone_at,
            answer=row.answer_key,
            items=items,
        )


class History:
    """Who changed what, when: append-only."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def note(
        self,
        kind: ItemKind | SetupKind,
        item: int,
        actor: PersonId | None,
        *changes: tuple[str, object, object],
    ) -> None:
        """Append a line for each (field, old, new), all of one moment."""
        if changes:
            at = self._access.clock.now()
            lines = [{**self._line(kind, item, actor, change), "at": at} for change in changes]
            self._access.connection.execute(insert(history), lines)

    def others(self, kind: ItemKind, item: int, actor: PersonId, since: datetime) -> bool:
        """Whether somebody other than `actor` changed this since a moment."""
        query = select(history.c.id).where(
            self._access.mine(history),
            history.c.kind == kind,
            history.c.item_id == item,
            history.c.actor_id != actor,
            history.c.at >= since,
        )
        return self._access.connection.execute(query.limit(1)).first() is not None

    def of(self, kind: ItemKind | SetupKind, item: int) -> list[SqlRow[Any]]:
        """Return the lines of one thing, oldest first."""
        query = (
            select(history.c.at, history.c.actor_id, history.c.field, history.c.old, history.c.new)
            .where(self._access.mine(history), history.c.kind == kind, history.c.item_id == item)
            .order_by(history.c.at, history.c.id)
        )
        return list(self._access.connection.execute(query))

    def _line(
        self,
        kind: ItemKind | SetupKind,
        item: int,
        actor: PersonId | None,
        change: tuple[str, object, object],
    ) -> dict[str, Any]:
        field, old, new = change
        return {
            "id": self._access.ids(),
            "workspace_id": self._access.workspace,
            "kind": kind,
            "item_id": item,
            "actor_id": actor,
            "field": field,
            "old": None if old is None else str(old),
            "new": None if new is None else str(new),
        }


class Requests:
    """Keys of requests already carried out; a repeat gets the first answer."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def first_answer(self, key: str) -> dict[str, Any] | None:
        """Return the answer that this request got before, None when it is new."""
        query = select(request_keys.c.result).where(
            self._access.mine(request_keys), request_keys.c.key == key
        )
        found: dict[str, Any] | None = self._access.connection.scalar(query)
        return found

    def remember(self, key: str, result: dict[str, Any]) -> bool:
        """Keep the answer; False when another process was first."""
        kept = self._access.connection.execute(
            self._access.insert_once(request_keys, "key").values(
                workspace_id=self._access.workspace,
                key=key,
                result=result,
                created_at=self._access.clock.now(),
            )
        )
        return bool(kept.rowcount)
