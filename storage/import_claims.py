"""Whose turn it is to go on with an import that was ordered in Slack."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update

from bot.domain.ids import ImportOrderId
from bot.domain.import_orders import WORKED_ON, ImportOrder, OrderState
from storage.import_orders import LEASE, order_of
from storage.store import Store
from storage.tables.imports import import_orders


class ImportClaims:
    """What is to be done, of all workspaces."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def free(self) -> list[ImportOrderId]:
        """Return what nobody works on, in the order in which it was ordered."""
        query = (
            select(import_orders.c.id)
            .where(self._waits())
            .order_by(import_orders.c.ordered_at, import_orders.c.id)
        )
        with self._store.reading() as connection:
            return [ImportOrderId(one) for one in connection.scalars(query)]

    def claim(self, order: ImportOrderId) -> ImportOrder | None:
        """Begin to work on one; None when another process was first."""
        with self._store.writing() as connection:
            taken = connection.execute(
                update(import_orders)
                .where(import_orders.c.id == order, self._waits())
                .values(
                    lease_until=self._store.clock.now() + LEASE,
                    claims=import_orders.c.claims + 1,
                    tries=import_orders.c.tries + 1,
                )
            )
            if not taken.rowcount:
                return None
            row = (
                connection.execute(select(import_orders).where(import_orders.c.id == order)).mappings().one()
            )
        return order_of(row)

    def release(self, order: ImportOrder) -> None:
        """Let others go on: it was stopped with its process, and that was no failed try."""
        with self._store.writing() as connection:
            connection.execute(
                update(import_orders)
                .where(import_orders.c.id == order.id, import_orders.c.claims == order.claims)
                .values(lease_until=None, tries=0)
            )

    def unanswered(self, before: datetime) -> Iterator[ImportOrder]:
        """Yield what was looked through before a time and nobody answered since."""
        query = select(import_orders).where(
            import_orders.c.state == OrderState.ASKING, import_orders.c.ordered_at < before
        )
        with self._store.reading() as connection:
            rows = connection.execute(query).mappings().all()
        yield from map(order_of, rows)

    def _waits(self) -> ColumnElement[bool]:
        now, lease = self._store.clock.now(), import_orders.c.lease_until
        free = or_(lease.is_(None), lease <= now, lease > now + LEASE)
        return free & import_orders.c.state.in_(WORKED_ON)
