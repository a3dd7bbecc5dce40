"""Sending to the bot, once or again, and writing down what came of it."""

import threading
import uuid
from dataclasses import dataclass, field, replace

from bot.playground.delivery import Delivery, Envelope, EnvelopeKind, Reply
from bot.playground.journal import Sent
from bot.playground.rules import problems_in_options
from bot.playground.shapes import Json
from bot.playground.state import Workspace

RETRIES = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act.

    `error` is None when it was acknowledged and the answer was accepted; `response` is what the bot answered,
    `errors` are messages at blocks, `sent` the payload's record (for repeating it).
    """

    acked: bool = False
    seconds: float = 0.0
    error: str | None = None
    response: Json | None = None
    errors: dict[str, str] = field(default_factory=dict)
    sent: Sent | None = None


class Post:
    def __init__(self, workspace: Workspace, delivery: Delivery) -> None:
        self._workspace = workspace
        self._delivery = delivery

    def send(self, kind: EnvelopeKind, payload: Json) -> Outcome:
        return self._send(Envelope(str(uuid.uuid4()), kind, payload, kind is not EnvelopeKind.EVENT))

    def send_later(self, kind: EnvelopeKind, payload: Json) -> None:
        """Without waiting, for what the bot caused itself."""
        threading.Thread(target=self.send, args=(kind, payload), name="playground-post", daemon=True).start()

    def retry_missed_events(self) -> list[Outcome]:
        """Sends again every event that was never acknowledged and has retries left, as Slack would."""
        tries: dict[str, list[Sent]] = {}
        for sent in self._workspace.journal.sent_of(EnvelopeKind.EVENT):
            tries.setdefault(sent.payload["event_id"], []).append(sent)
        missed = [sents for sents in tries.values() if not any(sent.acked for sent in sents)]
        return [self.retry(sents[0], len(sents)) for sents in missed if len(sents) <= RETRIES]

    def repeat(self, sent: Sent) -> Outcome:
        """The same envelope once more, as Socket Mode does when an acknowledgement went lost."""
        return self._send(_envelope_of(sent))

    def repeat_in_new_envelope(self, sent: Sent) -> Outcome:
        """The same payload under a new envelope id."""
        return self._send(replace(_envelope_of(sent), id=str(uuid.uuid4())))

    def retry(self, sent: Sent, attempt: int, reason: str = "timeout") -> Outcome:
        """An event once more, marked as retry number `attempt` (1 to 3)."""
        envelope = replace(_envelope_of(sent), id=str(uuid.uuid4()), retry_attempt=attempt)
        return self._send(replace(envelope, retry_reason=reason))

    def checked_suggestion(self, outcome: Outcome) -> Outcome:
        """The outcome, with the error that Slack would show when the options are not as they must be."""
        if outcome.error:
            return outcome
        problems = problems_in_options(outcome.response or {})
        if not problems:
            return outcome
        self._workspace.journal.warn("options refused: " + "; ".join(problems))
        return replace(outcome, error="invalid_options", response={})

    def _send(self, envelope: Envelope) -> Outcome:
        reply = self._delivery.deliver(envelope)
        sent = self._workspace.journal.delivered(_record(envelope, reply))
        return Outcome(reply.error is None, reply.seconds, reply.error, reply.response, sent=sent)


def _record(envelope: Envelope, reply: Reply) -> Sent:
    return Sent(
        envelope.id,
        envelope.kind,
        envelope.payload,
        at=0.0,
        acked=reply.error is None,
        response=reply.response,
        seconds=reply.seconds,
        error=reply.error or "",
        connection=reply.connection,
    )


def _envelope_of(sent: Sent) -> Envelope:
    kind = EnvelopeKind(sent.kind)
    return Envelope(sent.envelope_id, kind, sent.payload, kind is not EnvelopeKind.EVENT)
