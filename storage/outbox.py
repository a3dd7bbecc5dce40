"""The outbox's own view of the deliveries: claimed one by one across processes, and settled."""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, and_, bindparam, exists, or_, select, update
from sqlalchemy.engine import Row as SqlRow

from bot.domain.deliveries import LEASE, Answer, Delivery, DeliveryKind, DeliveryState
from bot.domain.ids import DeliveryId, PersonId, SlackUser, WorkspaceId
from storage.deliveries import answer_of
from storage.store import Store
from storage.tables.deliveries import answers, deliveries
from storage.tables.people import salespeople
from storage.types import Instant

_WAITING = (DeliveryState.DUE, DeliveryState.UNKNOWN, DeliveryState.SENDING)


def _due() -> Any:
    """Select what is due, in order; words for one answer go out one after the other."""
    earlier, now = deliveries.alias("earlier"), bindparam("now", type_=Instant)
    busy = exists().where(
        earlier.c.workspace_id == deliveries.c.workspace_id,
        earlier.c.answer_key == deliveries.c.answer_key,
        earlier.c.id < deliveries.c.id,
        or_(
            earlier.c.state == DeliveryState.SENDING,
            and_(earlier.c.state.in_(_WAITING), earlier.c.next_at <= now),
        ),
    )
    return (
        select(deliveries)
        .where(deliveries.c.state.in_(_WAITING), deliveries.c.next_at <= now, ~busy)
        .order_by(deliveries.c.next_at, deliveries.c.id)
        .limit(bindparam("limit", type_=Integer))
    )


_DUE = _due()


class OutboxRows:
    """Deliveries of all workspaces, as the outbox works through them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def claim(self, limit: int) -> list[Delivery]:
        """Take due deliveries; nobody else gets them until their lease is over.

        What was left in the middle of sending (a killed process) comes back as UNKNOWN once its lease is over.
        """
        now = self._store.clock.now()
        with self._store.reading() as connection:
            if connection.execute(_DUE, {"now": now, "limit": 1}).first() is None:
                return []
        with self._store.writing() as connection:
            rows = connection.execute(_DUE, {"now": now, "limit": limit}).all()
            return [_delivery(row) for row in rows if self._claimed(connection, row, now)]

    def answer(self, delivery: Delivery) -> Answer | None:
        """Return where the message of a delivery stands now."""
        if delivery.answer_key is None:
            return None
        query = select(answers).where(
            answers.c.workspace_id == delivery.workspace, answers.c.key == delivery.answer_key
        )
        with self._store.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else answer_of(row)

    def slack_id(self, workspace: WorkspaceId, person: PersonId) -> SlackUser | None:
        """Return the Slack id of an active person."""
        query = select(salespeople.c.slack_id).where(
            salespeople.c.workspace_id == workspace, salespeople.c.id == person, salespeople.c.active
        )
        with self._store.reading() as connection:
            found = connection.scalar(query)
        return None if found is None else SlackUser(found)

    def use_response_url(self, delivery: Delivery) -> None:
        """Count one use of the response URL, before it is used."""
        self._answer(delivery, response_uses=answers.c.response_uses + 1)

    def drop_response_url(self, delivery: Delivery) -> None:
        """Forget a response URL that Slack no longer takes."""
        self._answer(delivery, response_url=None)

    def stands(self, delivery: Delivery, channel: str, ts: str) -> None:
        """Remember where the message was posted."""
        self._answer(delivery, channel=channel, ts=ts)

    def gone(self, delivery: Delivery) -> None:
        """Forget where the message stood: somebody deleted it."""
        self._answer(delivery, channel=None, ts=None)

    def settle(self, delivery: Delivery, state: DeliveryState, reason: str | None = None) -> None:
        """End a delivery."""
        self._delivery(
            delivery, state=state, reason=reason, lease_until=None, settled_at=self._store.clock.now()
        )

    def put_off(self, delivery: Delivery, until: datetime, reason: str, *, known: bool) -> None:
        """Try again later; `known` says whether Slack certainly did not take the message this time."""
        state = delivery.state if known else DeliveryState.UNKNOWN
        self._delivery(delivery, state=state, next_at=until, reason=reason, lease_until=None)

    def ask_later(self, delivery: Delivery, until: datetime, reason: str) -> None:
        """Wait until we may ask at all, and do not count this as an attempt."""
        self._delivery(
            delivery,
            state=delivery.state,
            next_at=until,
            reason=reason,
            lease_until=None,
            attempts=delivery.attempts,
        )

    def _claimed(self, connection: Any, row: SqlRow[Any], now: datetime) -> bool:
        changed = connection.execute(
            update(deliveries)
            .where(
                deliveries.c.id == row.id,
                deliveries.c.state == row.state,
                deliveries.c.next_at == row.next_at,
            )
            .values(
                state=DeliveryState.SENDING,
                next_at=now + LEASE,
                lease_until=now + LEASE,
                attempts=row.attempts + 1,
            )
        )
        return bool(changed.rowcount)

    def _answer(self, delivery: Delivery, **values: Any) -> None:
        if delivery.answer_key is None:
            return
        with self._store.writing() as connection:
            connection.execute(
                update(answers)
                .where(answers.c.workspace_id == delivery.workspace, answers.c.key == delivery.answer_key)
                .values(**values)
            )

    def _delivery(self, delivery: Delivery, **values: Any) -> None:
        with self._store.writing() as connection:
            connection.execute(
                update(deliveries)
                .where(deliveries.c.id == delivery.id, deliveries.c.state == DeliveryState.SENDING)
                .values(**values)
            )


def _delivery(row: SqlRow[Any]) -> Delivery:
    """Return the domain value; what was being sent when its process died is UNKNOWN."""
    state = DeliveryState(row.state)
    return Delivery(
        id=DeliveryId(row.id),
        workspace=WorkspaceId(row.workspace_id),
        key=row.key,
        kind=DeliveryKind(row.kind),
        person=row.person_id and PersonId(row.person_id),
        answer_key=row.answer_key,
        payload=row.payload,
        state=DeliveryState.UNKNOWN if state is DeliveryState.SENDING else state,
        attempts=row.attempts,
        next_at=row.next_at,
    )
