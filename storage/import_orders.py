"""Imports ordered in Slack: how far each has come; who goes on with them is in `storage.import_claims`."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update

from bot.domain.ids import ImportId, ImportOrderId, PersonId, WorkspaceId
from bot.domain.import_orders import ImportOrder, OrderState
from storage.access import Access, Row
from storage.tables.imports import import_faults, import_orders

LEASE = timedelta(seconds=60)
"""An order that shows no progress for so long has lost its process; another one goes on with it."""
_PAGE = 1_000

Faults = Sequence[tuple[int, str]]
"""Rows that could not be taken over: their places among the rows, and why."""


class ImportOrders:
    """The orders of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, order: ImportOrder) -> None:
        """Write an order down; nobody works on it yet."""
        self._access.connection.execute(
            insert(import_orders),
            {
                "id": order.id,
                "workspace_id": self._access.workspace,
                "person_id": order.person,
                "state": order.state,
                "file": order.file,
                "slack_file": order.slack_file,
                "import_id": order.subject,
                "total": order.total,
                "counts": dict(order.counts),
                "ordered_at": self._access.clock.now(),
            },
        )

    def hold(self, wanted: ImportOrderId) -> ImportOrder | None:
        """Return an order, and keep others from changing it until the transaction ends."""
        query = select(import_orders).where(self._access.mine(import_orders), import_orders.c.id == wanted)
        row = self._access.connection.execute(query.with_for_update()).mappings().one_or_none()
        return None if row is None else order_of(row)

    def turn(self, order: ImportOrder, state: OrderState, subject: ImportId | None = None) -> bool:
        """Let a new state begin, free for whoever comes first; False when it is not in the old one any more."""
        turned = self._access.connection.execute(
            update(import_orders)
            .where(
                self._access.mine(import_orders),
                import_orders.c.id == order.id,
                import_orders.c.state == order.state,
            )
            .values(state=state, import_id=subject, lease_until=None, place=0, tries=0)
        )
        return bool(turned.rowcount)

    def counted(self, order: ImportOrder, total: int) -> None:
        """Write down how many rows the file has."""
        self._access.connection.execute(
            update(import_orders)
            .where(self._access.mine(import_orders), import_orders.c.id == order.id)
            .values(total=total)
        )

    def keep(self, order: ImportOrder, place: int, counts: Mapping[str, int]) -> bool:
        """Write down how far a claimed order has come; False when it was stopped, or is another process's now."""
        kept = self._access.connection.execute(
            update(import_orders)
            .where(*self._claimed(order))
            .values(place=place, counts=dict(counts), tries=0, lease_until=self._access.clock.now() + LEASE)
        )
        return bool(kept.rowcount)

    def note(self, order: ImportOrder, faults: Faults) -> None:
        """Write down rows that could not be taken over."""
        rows = [
            {"workspace_id": self._access.workspace, "order_id": order.id, "place": place, "reason": reason}
            for place, reason in faults
        ]
        if rows:
            self._access.connection.execute(insert(import_faults), rows)

    def faults(self, order: ImportOrder, place: int) -> Faults:
        """Return the next rows after a place that could not be taken over."""
        query = (
            select(import_faults.c.place, import_faults.c.reason)
            .where(
                self._access.mine(import_faults),
                import_faults.c.order_id == order.id,
                import_faults.c.place > place,
            )
            .order_by(import_faults.c.place)
            .limit(_PAGE)
        )
        return [(row.place, row.reason) for row in self._access.connection.execute(query)]

    def end(self, order: ImportOrder) -> bool:
        """Take an order off the list; False when somebody else did, or it has gone on to another state."""
        self._access.connection.execute(
            delete(import_faults).where(
                self._access.mine(import_faults), import_faults.c.order_id == order.id
            )
        )
        ended = self._access.connection.execute(
            delete(import_orders).where(
                self._access.mine(import_orders),
                import_orders.c.id == order.id,
                import_orders.c.state == order.state,
            )
        )
        return bool(ended.rowcount)

    def of_import(self, wanted: ImportId) -> ImportOrder | None:
        """Return the order that makes or takes back an import at this moment."""
        query = select(import_orders).where(
            self._access.mine(import_orders), import_orders.c.import_id == wanted
        )
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else order_of(row)

    def _claimed(self, order: ImportOrder) -> tuple[ColumnElement[bool], ...]:
        return (
            self._access.mine(import_orders),
            import_orders.c.id == order.id,
            import_orders.c.state == order.state,
            import_orders.c.claims == order.claims,
            import_orders.c.lease_until.is_not(None),
        )


def order_of(row: Row) -> ImportOrder:
    return ImportOrder(
        id=ImportOrderId(row["id"]),
        workspace=WorkspaceId(row["workspace_id"]),
        person=PersonId(row["person_id"]),
        state=OrderState(row["state"]),
        file=row["file"],
        slack_file=row["slack_file"],
        subject=None if row["import_id"] is None else ImportId(row["import_id"]),
        place=row["place"],
        total=row["total"],
        counts=row["counts"],
        claims=row["claims"],
        tries=row["tries"],
    )
