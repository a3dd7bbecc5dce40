"""Answers and deliveries of a workspace; the outbox's own claims are in `storage.outbox`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, cast, literal, select, update

from bot.domain.deliveries import RESPONSE_LIFE, Answer, DeliveryKind, DeliveryState
from bot.domain.ids import DeliveryId, PersonId
from storage.access import Access, Row
from storage.tables.deliveries import answers, deliveries
from storage.tables.people import salespeople
from storage.types import Instant

_WITHDRAW = (
    update(deliveries)
    .where(
        deliveries.c.workspace_id == bindparam("workspace"),
        deliveries.c.answer_key == bindparam("answer"),
        deliveries.c.state == DeliveryState.DUE,
    )
    .values(state=DeliveryState.SUPERSEDED, settled_at=bindparam("now", type_=Instant))
)


class Deliveries:
    """What is to be said to the people of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def open_answer(self, key: str, person: PersonId, response_url: str | None) -> None:
        """Remember where the answers of a form go: to this URL, without one to the direct message."""
        self._access.connection.execute(
            self._access.insert_once(answers, "key"),
            {
                "workspace_id": self._access.workspace,
                "key": key,
                "person_id": person,
                "response_url": response_url,
                "response_expires_at": self._access.clock.now() + RESPONSE_LIFE if response_url else None,
            },
        )

    def point_at_message(self, key: str, person: PersonId, response_url: str) -> None:
        """Let the next words for `key` replace the message whose button was pressed."""
        self._point(key, person, response_url, {"response_replaces": True})

    def answer_beside(self, key: str, person: PersonId, response_url: str) -> None:
        """Let the next words for `key` stand beside the message whose button was pressed, which stays."""
        self._point(key, person, response_url, {"response_replaces": False})

    def leave_behind(self, key: str, left: str) -> bool:
        """Let a message that stands somewhere be another answer's from now on; False when there is none."""
        changed = self._access.connection.execute(
            update(answers)
            .where(self._access.mine(answers), answers.c.key == key, answers.c.ts.is_not(None))
            .values(key=left)
        )
        return bool(changed.rowcount)

    def stand_anew(self, key: str, person: PersonId) -> None:
        """Let the next words for `key` be a new message in the direct message; the one before stays as it is."""
        nowhere = dict.fromkeys(("response_url", "response_expires_at", "channel", "ts"))
        statement = self._access.upsert(answers).values(
            workspace_id=self._access.workspace, key=key, person_id=person, **nowhere
        )
        self._access.connection.execute(
            statement.on_conflict_do_update(index_elements=["workspace_id", "key"], set_=nowhere)
        )

    def _point(self, key: str, person: PersonId, response_url: str, how: dict[str, Any]) -> None:
        new = how | {
            "response_url": response_url,
            "response_uses": 0,
            "response_expires_at": self._access.clock.now() + RESPONSE_LIFE,
        }
        statement = self._access.upsert(answers).values(
            workspace_id=self._access.workspace, key=key, person_id=person, **new
        )
        self._access.connection.execute(
            statement.on_conflict_do_update(index_elements=["workspace_id", "key"], set_=new)
        )

    def answer(self, key: str) -> Answer | None:
        """Return where the one message of a form stands."""
        query = select(answers).where(self._access.mine(answers), answers.c.key == key)
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else answer_of(row)

    def say(
        self,
        key: str,
        kind: DeliveryKind,
        person: PersonId,
        payload: dict[str, Any],
        *,
        answer: str | None = None,
        at: datetime | None = None,
    ) -> DeliveryId | None:
        """Write down a message; None when one with this key was written before.

        Words that wait for the same answer give way to these, unless these are for later (`at`).
        """
        now = self._access.clock.now()
        if answer is not None and at is None:
            self.withdraw(answer)
        delivery = DeliveryId(self._access.ids())
        written = self._access.connection.execute(
            self._access.insert_once(deliveries, "key"),
            {
                "id": delivery,
                "workspace_id": self._access.workspace,
                "key": key,
                "kind": kind,
                "person_id": person,
                "answer_key": answer,
                "payload": payload,
                "state": DeliveryState.DUE,
                "next_at": at or now,
                "created_at": now,
            },
        )
        return delivery if written.rowcount else None

    def standing(self, place: str) -> list[PersonId]:
        """Return the people in whose direct messages something stands: its key is its place and the person."""
        keys = select(literal(place) + cast(salespeople.c.id, Text)).where(self._access.mine(salespeople))
        query = select(answers.c.person_id).where(self._access.mine(answers), answers.c.key.in_(keys))
        return [PersonId(one) for one in self._access.connection.scalars(query)]

    def withdraw(self, answer: str) -> None:
        """Take back the words for an answer that have not been said yet."""
        waiting = {"workspace": self._access.workspace, "answer": answer, "now": self._access.clock.now()}
        self._access.connection.execute(_WITHDRAW, waiting)


def answer_of(row: Row | Mapping[str, Any]) -> Answer:
    """Return the domain value of a row."""
    return Answer(
        key=row["key"],
        person=PersonId(row["person_id"]),
        response_url=row["response_url"],
        response_replaces=row["response_replaces"],
        response_uses=row["response_uses"],
        response_expires_at=row["response_expires_at"],
        channel=row["channel"],
        ts=row["ts"],
    )
