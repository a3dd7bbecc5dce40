"""How payloads reach the bot, whatever the wire."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.playground.shapes import Json

PATIENCE = 3.0
"""Seconds that Slack waits for an acknowledgement."""


class EnvelopeKind(StrEnum):
    COMMAND = "slash_commands"
    INTERACTIVE = "interactive"
    EVENT = "events_api"


@dataclass(frozen=True, slots=True)
class Envelope:
    id: str
    kind: EnvelopeKind
    payload: Json
    accepts_response: bool = True
    retry_attempt: int = 0
    retry_reason: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """`error` is None when acknowledged, else "operation_timeout", "dispatch_failed" or "http_error"."""

    error: str | None
    response: Json | None = None
    seconds: float = 0.0
    connection: int = 0


class Delivery(Protocol):
    def deliver(self, envelope: Envelope) -> Reply:
        """Sends to one deliverer and blocks until it acknowledged, at most `PATIENCE` seconds."""
        ...
