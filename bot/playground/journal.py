"""Everything that went over the wires, for tests and for the drawer of the page."""

from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.playground.changes import ChangeKind, Changes
from bot.playground.clock import Clock
from bot.playground.shapes import Json

LIMIT = 20_000
"""Records of each sort that are kept; a demo may run for weeks."""

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Call:
    """The bot called us: a Web API method, or "response_url", "upload", "download"."""

    method: str
    args: Json
    at: float
    answer: Json = field(default_factory=dict)
    status: int = 200

    @property
    def ok(self) -> bool:
        return bool(self.answer.get("ok", False))


@dataclass(frozen=True, slots=True)
class Sent:
    """We sent something to the bot; `error` is empty when it was acknowledged in time.

    `kind` is Slack's: "slash_commands", "interactive", "events_api". `seconds` is how long the bot took.
    """

    envelope_id: str
    kind: str
    payload: Json
    at: float
    acked: bool = False
    response: Json | None = None
    seconds: float = 0.0
    error: str = ""
    connection: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the drawer: `level` is "info", "warning" or "bot" (the bot's own log)."""

    at: float
    level: str
    text: str


class Journal:
    def __init__(self, changes: Changes, clock: Clock) -> None:
        self._changes = changes
        self._clock = clock
        self.calls: list[Call] = []
        self.sent: list[Sent] = []
        self.lines: list[Line] = []

    def called(self, call: Call) -> None:
        _keep(self.calls, call)
        self._changes.tell(ChangeKind.LOG)

    def refused(self, method: str, error: Json, status: int) -> None:
        """A call that a fault met before it was looked at."""
        self.called(Call(method, {}, self._clock.now(), error, status))

    def delivered(self, sent: Sent) -> Sent:
        sent = replace(sent, at=sent.at or self._clock.now())
        _keep(self.sent, sent)
        self._changes.tell(ChangeKind.LOG)
        return sent

    def warn(self, text: str) -> None:
        """Something that Slack would not have let pass, said loudly."""
        self.write("warning", text)

    def write(self, level: str, text: str) -> None:
        _keep(self.lines, Line(self._clock.now(), level, text))
        self._changes.tell(ChangeKind.LOG)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def sent_of(self, kind: str) -> list[Sent]:
        """By the type within the payload ("view_closed", "block_actions", …) or else by the envelope's."""
        return [sent for sent in self.sent if kind in (sent.payload.get("type"), sent.kind)]


def _keep(records: list[Record], record: Record) -> None:
    records.append(record)
    if len(records) > LIMIT:
        del records[: LIMIT // 10]
