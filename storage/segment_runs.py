"""Logged segments: the register of each run, how far it has come, and who works on it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, insert, or_, select, update

from bot.domain.ids import EntryId, LoggedId, OperationId, PersonId, SegmentId, WorkspaceId
from bot.domain.people import Scope
from bot.domain.segments import Logged, RunState
from storage.access import Access, Row
from storage.registers import joined, shown
from storage.store import Store
from storage.tables.segments import logged_segments, segment_entries, segments

LEASE = timedelta(seconds=10)
"""How long others leave a run alone after its last step."""

_ENDED = (RunState.LOGGED, RunState.UNDONE)


class SegmentRuns:
    """The registers of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, logged: Logged) -> None:
        """Write a new register.

        Raises:
            Conflict: its segment is in the register already (said by the transaction).
        """
        self._access.connection.execute(
            insert(logged_segments),
            {
                "id": logged.id,
                "workspace_id": self._access.workspace,
                "number": logged.number,
                "segment_id": logged.segment,
                "segment_number": logged.segment_number,
                "description": logged.description,
                "state": logged.state,
                "logged_by": logged.by,
                "logged_at": logged.at,
                "operation_id": logged.operation,
                "total": logged.total,
                "follow_up": logged.follow_up,
                "rest": logged.rest,
                "send": logged.send,
                "asked_by": logged.asked_by,
                "answer_key": logged.answer,
            },
        )

    def get(self, logged: LoggedId) -> Logged | None:
        """Return one register, in whatever state."""
        return self._one(logged_segments.c.id == logged)

    def of_segment(self, number: str) -> Logged | None:
        """Return the register in which the segment of this number stands; one that was undone is none."""
        return self._one(
            (logged_segments.c.segment_number == number) & (logged_segments.c.state != RunState.UNDONE)
        )

    def of_entry(self, entry: EntryId) -> Logged | None:
        """Return the register of the segment with which an entry was logged."""
        lines = select(segment_entries.c.logged_id).where(
            self._access.mine(segment_entries), segment_entries.c.entry_id == entry
        )
        return self._one(logged_segments.c.id.in_(lines))

    def count(self, scope: Scope) -> int:
        """Return how many registers the reader may see."""
        query = select(func.count()).select_from(joined).where(shown(self._access, scope))
        return self._access.connection.scalar(query) or 0

    def page(self, scope: Scope, offset: int, limit: int) -> list[Logged]:
        """Return some registers, newest first; those that were undone are left out."""
        query = (
            select(logged_segments)
            .select_from(joined)
            .where(shown(self._access, scope))
            .order_by(logged_segments.c.logged_at.desc(), logged_segments.c.id.desc())
            .offset(offset)
            .limit(limit)
        )
        return [_logged(row) for row in self._access.connection.execute(query).mappings()]

    def touched(self, segment: SegmentId) -> bool:
        """Whether somebody worked on a segment that a run made: it bears one change since, that of its lines."""
        logged = exists().where(
            logged_segments.c.workspace_id == segments.c.workspace_id,
            logged_segments.c.segment_id == segments.c.id,
        )
        query = select(segments.c.id).where(self._access.mine(segments), segments.c.id == segment)
        untouched = query.where(segments.c.revision == 1, ~logged)
        return self._access.connection.scalar(untouched) is None

    def move(self, seen: Logged, cursor: int, done: int) -> bool:
        """Move the cursor on after a step; False when the run is no longer as it was seen."""
        return self._guarded(seen, cursor=cursor, done=done, lease_until=self._lease())

    def turn(self, seen: Logged, state: RunState, values: Mapping[str, Any]) -> bool:
        """Take a run into another state, from its first line on; False when it is no longer as it was seen."""
        lease = self._lease() if state.running and seen.state.running else None
        return self._guarded(seen, state=state, cursor=0, lease_until=lease, **values)

    def begin(self, logged: LoggedId, before: RunState, state: RunState, values: Mapping[str, Any]) -> bool:
        """Begin something with a register that stands in `before`; False when it no longer does."""
        changed = self._access.connection.execute(
            update(logged_segments)
            .where(
                self._access.mine(logged_segments),
                logged_segments.c.id == logged,
                logged_segments.c.state == before,
            )
            .values(state=state, cursor=0, **values)
        )
        return bool(changed.rowcount)

    def note(self, logged: LoggedId, values: Mapping[str, Any]) -> None:
        """Write down what belongs to a register."""
        self._access.connection.execute(
            update(logged_segments)
            .where(self._access.mine(logged_segments), logged_segments.c.id == logged)
            .values(**values)
        )

    def _guarded(self, seen: Logged, **values: Any) -> bool:
        changed = self._access.connection.execute(
            update(logged_segments)
            .where(
                self._access.mine(logged_segments),
                logged_segments.c.id == seen.id,
                logged_segments.c.state == seen.state,
                logged_segments.c.cursor == seen.cursor,
            )
            .values(**values)
        )
        return bool(changed.rowcount)

    def _lease(self) -> Any:
        return self._access.clock.now() + LEASE

    def _one(self, condition: ColumnElement[bool]) -> Logged | None:
        query = select(logged_segments).where(self._access.mine(logged_segments), condition)
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else _logged(row)


class RunClaims:
    """What is being done to registers, of all workspaces: each is one process's for a while."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def free(self) -> list[tuple[WorkspaceId, LoggedId]]:
        """Return what nobody works on."""
        query = select(logged_segments.c.workspace_id, logged_segments.c.id)
        with self._store.reading() as connection:
            rows = connection.execute(query.where(self._waits()).order_by(logged_segments.c.id)).all()
        return [(WorkspaceId(workspace), LoggedId(logged)) for workspace, logged in rows]

    def claim(self, logged: LoggedId) -> bool:
        """Begin to work on one; False when another process was first."""
        with self._store.writing() as connection:
            taken = connection.execute(
                update(logged_segments)
                .where(logged_segments.c.id == logged, self._waits())
                .values(lease_until=self._store.clock.now() + LEASE)
            )
        return bool(taken.rowcount)

    def release(self, logged: LoggedId) -> None:
        """Let others go on."""
        with self._store.writing() as connection:
            connection.execute(
                update(logged_segments).where(logged_segments.c.id == logged).values(lease_until=None)
            )

    def _waits(self) -> ColumnElement[bool]:
        now, lease = self._store.clock.now(), logged_segments.c.lease_until
        free = or_(lease.is_(None), lease <= now, lease > now + LEASE)
        return logged_segments.c.state.not_in(_ENDED) & free


def _logged(row: Row) -> Logged:
    return Logged(
        id=LoggedId(row["id"]),
        number=row["number"],
        segment=None if row["segment_id"] is None else SegmentId(row["segment_id"]),
        segment_number=row["segment_number"],
        description=row["description"],
        state=RunState(row["state"]),
        by=PersonId(row["logged_by"]),
        at=row["logged_at"],
        operation=None if row["operation_id"] is None else OperationId(row["operation_id"]),
        total=row["total"],
        done=row["done"],
        cursor=row["cursor"],
        follow_up=row["follow_up"],
        follow_up_segment=None if row["follow_up_id"] is None else SegmentId(row["follow_up_id"]),
        rest=row["rest"],
        rest_segment=None if row["rest_id"] is None else SegmentId(row["rest_id"]),
        send=row["send"],
        canceled_at=row["canceled_at"],
        asked_by=PersonId(row["asked_by"]),
        answer=row["answer_key"],
    )
