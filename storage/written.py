"""What one run wrote down to be said, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select

from bot.clock import TAGS
from bot.domain.deliveries import DeliveryState
from storage.store import Store
from storage.tables.deliveries import deliveries
from storage.tables.people import salespeople


@dataclass(frozen=True, slots=True)
class Written:
    """A message with the name of who gets it; `waits_until` is None once it is settled."""

    person: str
    text: str
    state: DeliveryState
    reason: str
    waits_until: datetime | None


def _words(payload: Mapping[str, Any]) -> str:
    """Return what a message says first of all; a file has its name."""
    return str(payload.get("text") or payload.get("name", ""))


def written_since(store: Store, first: int) -> list[Written]:
    """Return the messages that this process wrote since the identity `first`, in their order."""
    query = (
        select(deliveries, salespeople.c.name.label("person"))
        .outerjoin(
            salespeople,
            and_(
                salespeople.c.workspace_id == deliveries.c.workspace_id,
                salespeople.c.id == deliveries.c.person_id,
            ),
        )
        .where(deliveries.c.id >= first, deliveries.c.id % TAGS == store.ids.tag)
        .order_by(deliveries.c.id)
    )
    with store.reading() as connection:
        rows = connection.execute(query).mappings().all()
    return [
        Written(
            person=row["person"] or "nobody",
            text=_words(row["payload"]),
            state=DeliveryState(row["state"]),
            reason=row["reason"] or "",
            waits_until=None if row["settled_at"] else row["next_at"],
        )
        for row in rows
    ]
