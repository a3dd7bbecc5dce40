"""Deliveries: what is to be said to people, written down before it is said (`architecture.md`, how a job flows)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.ids import DeliveryId, PersonId, SlackUser, WorkspaceId

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
    REMINDER = "reminder"
    CARD = "card"
    """Announces to admins what will be deleted."""
    DIGEST = "digest"


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

    def way(self, kind: DeliveryKind, now: datetime) -> "Way":
        """Return how the next words of this answer reach the person.

        A command's URL only ever posts anew; that of a pressed button replaces the button's message.
        """
        if self.channel and self.ts:
            return Way.UPDATE
        if self.responds_at(now) and (kind is not DeliveryKind.REPLACEMENT or self.response_replaces):
            return Way.RESPOND
        return Way.POST


class Way(StrEnum):
    """How words reach a person."""

    UPDATE = "update"
    """In place of the message that stands."""

    RESPOND = "respond"
    """To the response URL."""

    POST = "post"
    """Into the direct message."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A delivery that this process alone sends, with what it has to know for that."""

    delivery: Delivery
    answer: Answer | None
    slack_id: SlackUser | None
    """None: the person has left."""

    def way(self, now: datetime) -> Way:
        """Return how it reaches the person."""
        return Way.POST if self.answer is None else self.answer.way(self.delivery.kind, now)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands; nowhere, when somebody deleted it."""

    channel: str | None = None
    ts: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What became of a claim: it ended in `state`, or it is to be tried again at `next_at`."""

    delivery: Delivery
    state: DeliveryState
    attempts: int
    reason: str | None = None
    next_at: datetime | None = None
    place: Place | None = None
    """Where the answer's message stands from now on; None leaves that as it was."""

    refused_url: str | None = None
    """A response URL that Slack no longer takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A message that was given up, by whom it should have reached and why it did not."""

    id: DeliveryId
    kind: DeliveryKind
    person: str
    reason: str
    failed_at: datetime
