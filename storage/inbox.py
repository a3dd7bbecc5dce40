"""The inbox: what arrived by itself, what became of it, and what still asks."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, update

from bot.domain.ids import (
    ArrivalId,
    AttachmentId,
    CampaignId,
    ContactId,
    EntryId,
    OpportunityId,
    PersonId,
)
from bot.domain.inbox import Arrival, ArrivalKind, ArrivalState, Kept, Reason, read, word_of
from bot.domain.removals import RemovalKind, RemovalState
from storage.access import Access, Row, always
from storage.tables.inbox import inbox
from storage.tables.interactions import entries
from storage.tables.removals import removed_contacts
from storage.tables.templates import campaigns, opportunities


class Inbox:
    """What arrived in a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, kept: Kept, came: Arrival) -> bool:
        """Write something that arrived; False when something of its kind with its key arrived before."""
        written = self._access.connection.execute(
            self._access.insert_once(inbox, "kind", "key"),
            {"workspace_id": self._access.workspace, "attachment_id": came.attachment}
            | {"word": word_of(came.type), "came": came.written()}
            | _columns(kept),
        )
        return bool(written.rowcount)

    def get(self, arrival: ArrivalId) -> Kept | None:
        """Return one thing that arrived."""
        return next(iter(self._read(self._mine(inbox.c.id == arrival))), None)

    def of_keys(self, kind: ArrivalKind, keys: Sequence[str]) -> dict[str, Kept]:
        """Return what arrived before, by key."""
        found = self._read(self._mine(inbox.c.kind == kind, inbox.c.key.in_(keys))) if keys else []
        return {kept.key: kept for kept in found}

    def open(self, person: PersonId | None, offset: int, limit: int) -> list[Kept]:
        """Return what asks, the oldest first: of one salesperson, without one of everybody."""
        query = self._mine(*_asking(person)).order_by(inbox.c.came_at, inbox.c.id)
        return self._read(query.offset(offset).limit(limit))

    def count(self, person: PersonId | None) -> int:
        """Return how much asks: of one salesperson, without one of everybody."""
        query = select(func.count()).select_from(inbox).where(self._access.mine(inbox), *_asking(person))
        return int(self._access.connection.scalar(query) or 0)

    def alike(self, kind: ArrivalKind, type_word: str, limit: int) -> list[Kept]:
        """Return what asks and is of the same type, the oldest first."""
        same = (inbox.c.kind == kind, inbox.c.word == word_of(type_word))
        query = self._mine(*_asking(None), *same).order_by(inbox.c.came_at, inbox.c.id)
        return self._read(query.limit(limit))

    def decide(self, kept: Kept, state: ArrivalState, by: PersonId | None, entry: EntryId | None) -> bool:
        """Close what asks; False when somebody else was first."""
        now = self._access.clock.now()
        return self._change(
            kept, ArrivalState.OPEN, state=state, decided_by=by, decided_at=now, entry_id=entry
        )

    def reopen(self, kept: Kept, reason: Reason) -> bool:
        """Let something ask again whose answer was taken back; False when it is not what it was."""
        emptied = {"decided_by": None, "decided_at": None, "entry_id": None}
        return self._change(kept, kept.state, state=ArrivalState.OPEN, reason=reason, **emptied)

    def heir(self, number: str) -> ContactId | None:
        """Return who took over from the contact that had this number."""
        query = select(removed_contacts.c.heir_id).where(
            self._access.mine(removed_contacts),
            removed_contacts.c.number == number,
            removed_contacts.c.kind == RemovalKind.MERGE,
            removed_contacts.c.state == RemovalState.GONE,
        )
        return self._access.connection.scalar(query.limit(1))

    def campaign(self, number: str) -> CampaignId | None:
        """Return the campaign with this number."""
        query = select(campaigns.c.id).where(self._access.mine(campaigns), campaigns.c.number == number)
        return self._access.connection.scalar(query)

    def opportunity(self, number: str) -> OpportunityId | None:
        """Return the opportunity with this number."""
        mine = self._access.mine(opportunities)
        query = select(opportunities.c.id).where(mine, opportunities.c.number == number)
        return self._access.connection.scalar(query)

    def hang(self, entry: EntryId, attachment: AttachmentId) -> None:
        """Give a new entry the file that it arrived with."""
        self._access.connection.execute(
            update(entries)
            .where(self._access.mine(entries), entries.c.id == entry)
            .values(attachment_id=attachment)
        )

    def _change(self, kept: Kept, before: ArrivalState, **values: Any) -> bool:
        changed = self._access.connection.execute(
            update(inbox)
            .where(self._access.mine(inbox), inbox.c.id == kept.id, inbox.c.state == before)
            .values(**values)
        )
        return bool(changed.rowcount)

    def _mine(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        return select(inbox).where(self._access.mine(inbox), *conditions)

    def _read(self, query: Select[Any]) -> list[Kept]:
        return [_kept(row) for row in self._access.connection.execute(query).mappings()]


def _asking(person: PersonId | None) -> tuple[ColumnElement[bool], ...]:
    whose = always() if person is None else inbox.c.salesperson_id == person
    return (inbox.c.state == ArrivalState.OPEN, whose)


def _columns(kept: Kept) -> dict[str, Any]:
    return {
        "id": kept.id,
        "kind": kept.kind,
        "key": kept.key,
        "checksum": kept.checksum,
        "state": kept.state,
        "reason": kept.reason,
        "came_at": kept.came_at,
        "salesperson_id": kept.salesperson,
        "entry_id": kept.entry,
        "decided_by": kept.decided_by,
        "decided_at": kept.decided_at,
    }


def _kept(row: Row) -> Kept:
    return Kept(
        id=ArrivalId(row["id"]),
        kind=ArrivalKind(row["kind"]),
        key=row["key"],
        checksum=row["checksum"],
        state=ArrivalState(row["state"]),
        reason=Reason(row["reason"]) if row["reason"] else None,
        came=read(row["came"]) if row["came"] else None,
        came_at=row["came_at"],
        salesperson=row["salesperson_id"],
        entry=row["entry_id"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
    )
