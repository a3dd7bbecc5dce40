"""Files that nothing uses any more, of all workspaces: marked first, thrown away once no **Undo** brings them back."""

from datetime import datetime

from sqlalchemy import and_, delete, select, update

from storage.attachments import UNUSED
from storage.store import Store
from storage.tables.templates import attachments


def tidied(store: Store, before: datetime, limit: int) -> int:
    """Throw away files of all workspaces that nothing has used since; return their number.

    What is found unused is marked first, and waits: an **Undo** may bring it back.
    """
    marked = attachments.c.unused_since.is_not(None)
    now = store.clock.now()
    with store.reading() as connection:
        fresh = connection.scalars(select(attachments.c.id).where(~marked, UNUSED).limit(limit)).all()
        again = connection.scalars(select(attachments.c.id).where(marked, ~UNUSED).limit(limit)).all()
        old = and_(attachments.c.unused_since < before, UNUSED)
        gone = connection.scalars(select(attachments.c.id).where(old).limit(limit)).all()
    if not (fresh or again or gone):
        return 0
    with store.writing() as connection:
        for ids, since in ((fresh, now), (again, None)):
            connection.execute(
                update(attachments).where(attachments.c.id.in_(ids)).values(unused_since=since)
            )
        return connection.execute(delete(attachments).where(attachments.c.id.in_(gone), old)).rowcount
