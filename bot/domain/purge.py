"""Deleting canceled entries for good: announced first, then deleted, unless somebody keeps them (`product.md` 9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import CardId, WorkspaceId

RETENTION = timedelta(days=90)
NOTICE = timedelta(hours=24)
"""A card stands this long before what it announced may go."""


class CardState(StrEnum):
    """announced → kept | deleting → done; empty when nothing of it was left to delete."""

    ANNOUNCED = "announced"
    KEPT = "kept"
    DELETING = "deleting"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeCard:
    """The announcement of the entries canceled after `after` and until `until`."""

    id: CardId
    workspace: WorkspaceId
    after: datetime
    until: datetime
    state: CardState
    announced_at: datetime
    kept_until: datetime | None = None
    count: int = 0
    deleted: int = 0
