"""Deliveries: what is to be said to people, written down before it is said (`architecture.md`, how a job flows)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.ids import DeliveryId, PersonId, WorkspaceId

RESPONSE_LIFE = timedelta(minutes=30)
RESPONSE_USES = 5
LEASE = timedelta(seconds=30)
ATTEMPTS = 24
"""Failed tries before a message is given up: more than an hour of an absent Slack."""


class DeliveryKind(StrEnum):
    """What kind of message it is."""

    CONFIRMATION = "confirmation"
    ANSWER = "answer"
    REPLACEMENT = "replacement"
    """Only ever takes the place of a message that is there; where none can be replaced it says nothing."""
    HOME = "home"
    FILE = "file"


class DeliveryState(StrEnum):
    """due → sending → sent | failed | unknown; superseded when newer words took its place."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Where the one message of a form stands: behind a response URL, in a direct message, or nowhere yet."""

    key: str
    person: PersonId
    response_url: str | None = None
    response_replaces: bool = False
    response_uses: int = 0
    response_expires_at: datetime | None = None
    channel: str | None = None
    ts: str | None = None

    def responds_at(self, now: datetime) -> bool:
        """Whether the response URL can still be used (30 minutes, 5 uses)."""
        if self.response_url is None or self.response_expires_at is None:
            return False
        return self.response_uses < RESPONSE_USES and now < self.response_expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A message on its way to one person; `payload` is its text and blocks."""

    id: DeliveryId
    workspace: WorkspaceId
    key: str
    kind: DeliveryKind
    person: PersonId | None
    answer_key: str | None
    payload: dict[str, Any]
    state: DeliveryState
    attempts: int
    next_at: datetime
