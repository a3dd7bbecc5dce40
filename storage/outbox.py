"""The outbox's own view of the deliveries: settled and claimed in one transaction, across processes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, String, and_, bindparam, exists, or_, select, update

from bot.clock import TAGS
from bot.domain.deliveries import LEASE, Claim, Delivery, DeliveryKind, DeliveryState, Settlement, Way
from bot.domain.ids import DeliveryId, PersonId, SlackUser, WorkspaceId
from storage.access import Row
from storage.deliveries import answer_of
from storage.store import Store
from storage.tables.deliveries import answers, deliveries
from storage.tables.people import salespeople
from storage.types import Id, Instant

_WAITING = (DeliveryState.DUE, DeliveryState.UNKNOWN, DeliveryState.SENDING)
_NOW = bindparam("now", type_=Instant)
_UNTIL = bindparam("until", type_=Instant)


def _waits_for_earlier() -> Any:
    """Return the condition that earlier words for the same answer are not out yet."""
    earlier = deliveries.alias("earlier")
    return exists().where(
        earlier.c.workspace_id == deliveries.c.workspace_id,
        earlier.c.answer_key == deliveries.c.answer_key,
        earlier.c.id < deliveries.c.id,
        or_(
            earlier.c.state == DeliveryState.SENDING,
            and_(earlier.c.state.in_(_WAITING), earlier.c.next_at <= _NOW),
        ),
    )


_ANY_TAG = -1
_TAG = bindparam("tag", type_=Id)
_ASKED_FOR = and_(
    deliveries.c.id >= bindparam("since", type_=Id), or_(_TAG == _ANY_TAG, deliveries.c.id % TAGS == _TAG)
)
_IS_DUE = and_(
    deliveries.c.state.in_(_WAITING), deliveries.c.next_at <= _NOW, ~_waits_for_earlier(), _ASKED_FOR
)
_ANY_DUE = select(deliveries.c.id).where(_IS_DUE).limit(1)
_DUE = (
    select(
        deliveries,
        *(column.label(f"its_{column.name}") for column in answers.c),
        salespeople.c.slack_id,
    )
    .outerjoin(
        answers,
        and_(answers.c.workspace_id == deliveries.c.workspace_id, answers.c.key == deliveries.c.answer_key),
    )
    .outerjoin(
        salespeople,
        and_(
            salespeople.c.workspace_id == deliveries.c.workspace_id,
            salespeople.c.id == deliveries.c.person_id,
            salespeople.c.active,
        ),
    )
    .where(_IS_DUE)
    .order_by(deliveries.c.next_at, deliveries.c.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(of=deliveries, skip_locked=True)
)
_MINE = and_(deliveries.c.id == bindparam("claimed", type_=Id), deliveries.c.state == DeliveryState.SENDING)
_ITS_ANSWER = and_(
    answers.c.workspace_id == bindparam("workspace", type_=Id),
    answers.c.key == bindparam("answer", type_=String),
)
_CLAIM = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("claimed", expanding=True, type_=Id)))
    .values(
        state=DeliveryState.SENDING,
        next_at=_UNTIL,
        lease_until=_UNTIL,
        attempts=deliveries.c.attempts + 1,
    )
)
_RENEW = (
    update(deliveries)
    .where(
        deliveries.c.id.in_(bindparam("claimed", expanding=True, type_=Id)),
        deliveries.c.state == DeliveryState.SENDING,
    )
    .values(next_at=_UNTIL, lease_until=_UNTIL)
)
_USE_URL = update(answers).where(_ITS_ANSWER).values(response_uses=answers.c.response_uses + 1)
_END = (
    update(deliveries)
    .where(_MINE)
    .values(
        state=bindparam("ended"),
        attempts=bindparam("tried"),
        reason=bindparam("why"),
        settled_at=_NOW,
        lease_until=None,
    )
)
_PUT_OFF = (
    update(deliveries)
    .where(_MINE)
    .values(
        state=bindparam("ended"),
        attempts=bindparam("tried"),
        reason=bindparam("why"),
        next_at=_UNTIL,
        lease_until=None,
    )
)
_STANDS = update(answers).where(_ITS_ANSWER).values(channel=bindparam("channel"), ts=bindparam("at"))
_DROP_URL = (
    update(answers)
    .where(_ITS_ANSWER, answers.c.response_url == bindparam("refused"))
    .values(response_url=None)
)


class OutboxRows:
    """Deliveries of all workspaces, as the outbox works through them; or those that this process made since then."""

    def __init__(self, store: Store, since: int | None = None) -> None:
        self._store = store
        self._which = {"since": since or 0, "tag": _ANY_TAG if since is None else store.ids.tag}

    def turn(self, settled: Sequence[Settlement], limit: int) -> list[Claim]:
        """Write down what became of earlier claims, and take what is due; nobody else gets that until its lease ends.

        What was left in the middle of sending (a killed process) comes back as UNKNOWN once its lease is over.

        Raises:
            Refusal: the database can't write now; nothing was settled or taken.
        """
        now = self._store.clock.now()
        if not settled and (limit < 1 or not self._any_due(now)):
            return []
        with self._store.writing() as connection:
            for settlement in settled:
                _settle(connection, settlement, now)
            return self._claimed(connection, now, limit) if limit else []

    def renew(self, sending: Sequence[DeliveryId]) -> None:
        """Keep others from deliveries that are still being sent.

        Raises:
            Refusal: the database can't write now.
        """
        with self._store.writing() as connection:
            connection.execute(_RENEW, {"claimed": list(sending), "until": self._store.clock.now() + LEASE})

    def _any_due(self, now: datetime) -> bool:
        with self._store.reading() as connection:
            return connection.execute(_ANY_DUE, {"now": now, **self._which}).first() is not None

    def _claimed(self, connection: Connection, now: datetime, limit: int) -> list[Claim]:
        asked = {"now": now, "limit": limit, **self._which}
        return _taken(connection, [_claim(row) for row in connection.execute(_DUE, asked).mappings()], now)


def _taken(connection: Connection, claims: list[Claim], now: datetime) -> list[Claim]:
    if claims:
        taken = [claim.delivery.id for claim in claims]
        connection.execute(_CLAIM, {"claimed": taken, "until": now + LEASE})
    responding = [_key(claim.delivery) for claim in claims if claim.way(now) is Way.RESPOND]
    if responding:
        connection.execute(_USE_URL, responding)
    return claims


def _settle(connection: Connection, settlement: Settlement, now: datetime) -> None:
    delivery = settlement.delivery
    words = {
        "claimed": delivery.id,
        "ended": settlement.state,
        "tried": settlement.attempts,
        "why": settlement.reason,
    }
    if settlement.next_at is None:
        connection.execute(_END, words | {"now": now})
    else:
        connection.execute(_PUT_OFF, words | {"until": settlement.next_at})
    if settlement.place is not None and delivery.answer_key is not None:
        place = {"channel": settlement.place.channel, "at": settlement.place.ts}
        connection.execute(_STANDS, _key(delivery) | place)
    if settlement.refused_url is not None:
        connection.execute(_DROP_URL, _key(delivery) | {"refused": settlement.refused_url})


def _key(delivery: Delivery) -> dict[str, Any]:
    return {"workspace": delivery.workspace, "answer": delivery.answer_key}


def _claim(row: Row) -> Claim:
    answer = {column.name: row[f"its_{column.name}"] for column in answers.c}
    return Claim(
        delivery=_delivery(row),
        answer=None if answer["key"] is None else answer_of(answer),
        slack_id=row["slack_id"] and SlackUser(row["slack_id"]),
    )


def _delivery(row: Row) -> Delivery:
    """Return the domain value; what was being sent when its process died is UNKNOWN."""
    state = DeliveryState(row["state"])
    return Delivery(
        id=DeliveryId(row["id"]),
        workspace=WorkspaceId(row["workspace_id"]),
        key=row["key"],
        kind=DeliveryKind(row["kind"]),
        person=row["person_id"] and PersonId(row["person_id"]),
        answer_key=row["answer_key"],
        payload=row["payload"],
        state=DeliveryState.UNKNOWN if state is DeliveryState.SENDING else state,
        attempts=row["attempts"],
        next_at=row["next_at"],
    )
