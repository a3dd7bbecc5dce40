"""Files that nothing uses any more, of all workspaces: marked first, thrown away once no **Undo** brings them back."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, exists, insert, select

from bot.domain.purge import BEGINNING
from storage.attachments import UNUSED, dropped
from storage.store import Store
from storage.tables.templates import attachments, unused_files

_MARK = exists().where(
    unused_files.c.workspace_id == attachments.c.workspace_id, unused_files.c.file_id == attachments.c.id
)

CONDEMNED = BEGINNING + timedelta(days=1)
"""What was marked before this moment goes at once."""


def mark_unused(store: Store) -> None:
    """Note which files nothing uses now, and which are used again."""
    with store.reading() as connection:
        fresh = connection.execute(
            select(attachments.c.workspace_id, attachments.c.id).where(~_MARK, UNUSED)
        ).all()
        again = connection.scalars(select(attachments.c.id).where(_MARK, ~UNUSED)).all()
    if not fresh and not again:
        return
    now = store.clock.now()
    rows = [{"workspace_id": workspace, "file_id": file, "since": now} for workspace, file in fresh]
    with store.writing() as connection:
        connection.execute(delete(unused_files).where(unused_files.c.file_id.in_(again)))
        if rows:
            connection.execute(insert(unused_files), rows)


def drop_unused(store: Store, before: datetime) -> int:
    """Throw away a few files that nothing has used since; return their number."""
    old = exists().where(
        unused_files.c.workspace_id == attachments.c.workspace_id,
        unused_files.c.file_id == attachments.c.id,
        unused_files.c.since < before,
    )
    with store.reading() as connection:
        if not connection.scalar(select(attachments.c.id).where(and_(old, UNUSED)).limit(1)):
            return 0
    with store.writing() as connection:
        return dropped(connection, old, UNUSED)
