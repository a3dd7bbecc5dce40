"""What could not be said: failed deliveries of a workspace, and trying them again."""

from datetime import datetime

from sqlalchemy import and_, select, update

from bot.domain.deliveries import DeliveryKind, DeliveryState, Failure
from bot.domain.ids import DeliveryId
from storage.access import Access
from storage.tables.deliveries import deliveries
from storage.tables.people import salespeople


class Failures:
    """The failed deliveries of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def since(self, moment: datetime, limit: int) -> list[Failure]:
        """Return what failed since a moment, newest first."""
        query = (
            select(deliveries, salespeople.c.name.label("person"))
            .outerjoin(
                salespeople,
                and_(
                    salespeople.c.workspace_id == deliveries.c.workspace_id,
                    salespeople.c.id == deliveries.c.person_id,
                ),
            )
            .where(
                self._access.mine(deliveries),
                deliveries.c.state == DeliveryState.FAILED,
                deliveries.c.settled_at >= moment,
            )
            .order_by(deliveries.c.settled_at.desc(), deliveries.c.id.desc())
            .limit(limit)
        )
        return [
            Failure(
                id=DeliveryId(row["id"]),
                kind=DeliveryKind(row["kind"]),
                person=row["person"] or "",
                reason=row["reason"] or "",
                failed_at=row["settled_at"],
            )
            for row in self._access.connection.execute(query).mappings()
        ]

    def try_again(self, delivery: DeliveryId) -> bool:
        """Let a failed delivery be sent once more; False when it is no longer a failed one."""
        changed = self._access.connection.execute(
            update(deliveries)
            .where(
                self._access.mine(deliveries),
                deliveries.c.id == delivery,
                deliveries.c.state == DeliveryState.FAILED,
            )
            .values(
                state=DeliveryState.DUE,
                attempts=0,
                reason=None,
                settled_at=None,
                next_at=self._access.clock.now(),
            )
        )
        return bool(changed.rowcount)
