"""Exports that are still to be written: ordered by people, each one process's for a while."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from bot.domain.entry_exports import Export, SheetFormat
from bot.domain.ids import ExportId, PersonId, WorkspaceId
from storage.access import Access
from storage.store import Store
from storage.tables.exports import exports

LEASE = timedelta(seconds=60)
"""An export that shows no progress for so long has lost its process; another one begins it anew."""


class Exports:
    """The exports of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, export: Export) -> None:
        """Order one."""
        self._access.connection.execute(
            insert(exports),
            {
                "id": export.id,
                "workspace_id": export.workspace,
                "person_id": export.person,
                "format": export.format,
                "asked": export.asked,
                "ordered_at": self._access.clock.now(),
            },
        )

    def keep(self, export: Export) -> bool:
        """Keep others from one for a while longer; False when it is somebody else's, or to be begun anew."""
        kept = self._access.connection.execute(
            update(exports).where(*self._claimed(export)).values(lease_until=self._access.clock.now() + LEASE)
        )
        return bool(kept.rowcount)

    def begin_anew(self) -> None:
        """Let nothing be handed over that was read so far: what stands in the log must no longer be told."""
        self._access.connection.execute(
            update(exports).where(self._access.mine(exports)).values(lease_until=None)
        )

    def end(self, export: Export) -> bool:
        """Take one off the list; False when it is somebody else's, or to be begun anew."""
        ended = self._access.connection.execute(delete(exports).where(*self._claimed(export)))
        return bool(ended.rowcount)

    def _claimed(self, export: Export) -> tuple[ColumnElement[bool], ...]:
        return (
            self._access.mine(exports),
            exports.c.id == export.id,
            exports.c.tries == export.tries,
            exports.c.lease_until.is_not(None),
        )


class ExportClaims:
    """What is to be written, of all workspaces."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def free(self) -> list[ExportId]:
        """Return what nobody works on, in the order in which it was ordered."""
        with self._store.reading() as connection:
            query = select(exports.c.id).where(self._waits()).order_by(exports.c.ordered_at, exports.c.id)
            return [ExportId(one) for one in connection.scalars(query)]

    def claim(self, export: ExportId) -> Export | None:
        """Begin to work on one; None when another process was first."""
        with self._store.writing() as connection:
            taken = connection.execute(
                update(exports)
                .where(exports.c.id == export, self._waits())
                .values(lease_until=self._store.clock.now() + LEASE, tries=exports.c.tries + 1)
            )
            if not taken.rowcount:
                return None
            row = connection.execute(select(exports).where(exports.c.id == export)).mappings().one()
        return Export(
            id=ExportId(row["id"]),
            workspace=WorkspaceId(row["workspace_id"]),
            person=PersonId(row["person_id"]),
            format=SheetFormat(row["format"]),
            asked=row["asked"],
            tries=row["tries"],
        )

    def release(self, export: Export) -> None:
        """Let others begin it anew: it was stopped, and that was no failed try."""
        with self._store.writing() as connection:
            connection.execute(
                update(exports)
                .where(exports.c.id == export.id)
                .values(lease_until=None, tries=export.tries - 1)
            )

    def _waits(self) -> ColumnElement[bool]:
        now, lease = self._store.clock.now(), exports.c.lease_until
        return or_(lease.is_(None), lease <= now, lease > now + LEASE)
