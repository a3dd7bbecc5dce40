"""How the work of all workspaces stands, from indexes alone: it is asked again and again (`docs/operations.md`)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, text

from bot.domain.deliveries import DeliveryState
from bot.domain.vitals import Vitals
from storage.jobs import JobRows
from storage.store import Store
from storage.tables.deliveries import deliveries
from storage.tables.interactions import drafts, entries
from storage.tables.people import workspaces

_HIGHEST = (
    select(func.max(entries.c.number)).where(entries.c.workspace_id == workspaces.c.id).scalar_subquery()
)
_ENTRIES = select(func.coalesce(func.sum(_HIGHEST), 0)).select_from(workspaces)
"""Entries are numbered one after the other within their workspace: the highest numbers count them."""
_DRAFTS = select(func.count()).select_from(drafts).where(text("state = 'open'"), drafts.c.kept)
_WAITING = (
    select(deliveries.c.state, func.count(), func.min(deliveries.c.next_at))
    .where(text("state IN ('due', 'sending', 'unknown')"))
    .group_by(deliveries.c.state)
)
"""The words of the partial indexes: SQLite takes those by their words."""


class VitalRows:
    """The figures of a database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self) -> Vitals:
        """Return how everything stands now.

        Raises:
            Refusal: the database does not answer.
        """
        with self._store.reading() as connection:
            waiting = connection.execute(_WAITING).all()
            logged = int(connection.scalar(_ENTRIES) or 0)
            postponed = int(connection.scalar(_DRAFTS) or 0)
        return Vitals(
            entries=logged,
            drafts=postponed,
            waiting={DeliveryState(row[0]): row[1] for row in waiting},
            overdue=self._overdue([row[2] for row in waiting]),
            jobs=tuple(JobRows(self._store).all().values()),
        )

    def _overdue(self, due: Sequence[datetime]) -> timedelta:
        now = self._store.clock.now()
        return max(now - min(due, default=now), timedelta())
