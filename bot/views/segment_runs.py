"""Logging a segment: the dialog, the message while it runs, and what it becomes (screens: Segment)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.runs import WHY, Checked, Faulty, stoppable
from bot.domain.segments import Logged, RunState, Segment
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Part, Payload

FOLLOW_UP, SEND, REST = "follow_up", "send_attachments", "rest"


@dataclass(frozen=True, slots=True)
class Made:
    """A segment that a run made, with its number of contacts."""

    segment: Segment
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a run: what it made, and how many contacts it left out, with the first names."""

    follow_up: Made | None = None
    rest: Made | None = None
    left: Sequence[str] = ()
    count: int = 0


def dialog(meta: Meta, checked: Checked, text: Text, *, send: bool = False) -> dict[str, Any]:
    """Return the dialog **Log segment**; with faulty lines it names them, and offers to log the rest later.

    `send`: the box stands ticked, and the lines were looked at with that in mind.
    """
    fields = Fields(meta)
    faulty = bool(checked.faulty)
    later = text("Log the others now, these later: they move to a segment of their own.")
    return modal(
        Callback.LOG_SEGMENT,
        text("Log segment"),
        [
            kit.header(text.count("Log {n} interaction?", "Log {n} interactions?", checked.fit)),
            kit.line(f"{checked.segment.number} · {checked.segment.description}"),
            *(_faulty(checked, text) if faulty else ()),
            fields.flag(REST, text("Log the rest later"), ticked=False, hint=later) if faulty else None,
            fields.flag(FOLLOW_UP, text("Create follow-up segment"), ticked=True),
            fields.flag(SEND, text("Send attachments"), ticked=send, hint=_zip(text)),
        ],
        submit=text("Log"),
        close=text("Close"),
        meta=meta,
    )


def running(run: Logged, text: Text) -> Payload:
    """Return how far a run has come, with **Stop** as long as it can be stopped."""
    stop = None
    if stoppable(run):
        sure = kit.ask(
            text("Stop logging?"),
            text("What was logged of {number} is taken back.", number=run.segment_number),
            text("Stop"),
            text("Go on"),
        )
        stop = kit.actions(kit.danger(text("Stop"), Action.STOP_RUN, run.id, sure))
    return kit.message(kit.line(kit.bold(_progress(run, text))), stop)


def ended(run: Logged, outcome: Outcome, text: Text, *, undoable: bool = True) -> Payload:
    """Return what became of a run; `run` is as it was in its last state."""
    if run.state is RunState.UNDOING:
        return _undone(run, outcome, text)
    if run.state is RunState.DELETING:
        return kit.message(
            kit.line(text("Logged segment {n} was deleted; its interactions stay.", n=run.number))
        )
    if run.first_run:
        return _logged(run, outcome, text, undoable=undoable)
    return _acted(run, outcome, text, undoable=undoable)


def _faulty(checked: Checked, text: Text) -> list[Block]:
    more = checked.faulty - len(checked.first)
    rows = [[f"• {_name(one, text)}: {_why(one, text)}"] for one in checked.first]
    rest = [[text("… and {n} more.", n=more)]] if more > 0 else []
    words = text.count("{n} line can't be logged:", "{n} lines can't be logged:", checked.faulty)
    mend = kit.button(text("Mend"), Action.MEND, checked.segment.id)
    return [kit.lines([kit.bold(words)], *rows, *rest), kit.actions(mend)]


def _name(faulty: Faulty, text: Text) -> str:
    name = faulty.name or text("Line {n}", n=faulty.line)
    return f"{name} ({faulty.company})" if faulty.company and faulty.company != faulty.name else name


def _why(faulty: Faulty, text: Text) -> str:
    why = text(WHY[faulty.fault])
    return f"{why} ({text.say(faulty.detail)})" if faulty.detail else why


def _zip(text: Text) -> str:
    return text("Letters and mails come to you as one zip; Saleslog never sends anything to contacts.")


def _progress(run: Logged, text: Text) -> str:
    what = {
        RunState.LOGGING: text(
            "Logging {number}: {done} of {total}",
            number=run.segment_number,
            done=f"{run.done:,}",
            total=f"{run.total:,}",
        ),
        RunState.RESTING: text("Logging {number}: setting the rest aside", number=run.segment_number),
        RunState.FOLLOWING: text("Making the follow-up of {number}", number=run.segment_number),
        RunState.PACKING: text(
            "Packing letters and mails of {number}: {done} of {total}",
            number=run.segment_number,
            done=f"{run.done:,}",
            total=f"{run.total:,}",
        ),
        RunState.UNDOING: text("Taking back what was logged of {number}", number=run.segment_number),
        RunState.CANCELING: text("Canceling logged segment {n}", n=run.number),
        RunState.REINSTATING: text("Reinstating logged segment {n}", n=run.number),
        RunState.DELETING: text("Deleting logged segment {n}", n=run.number),
    }
    return f"{what[run.state]}…"


def _logged(run: Logged, outcome: Outcome, text: Text, *, undoable: bool) -> Payload:
    words = text.count(
        "✓ Logged {n} interaction of {segment} as logged segment {register}.",
        "✓ Logged {n} interactions of {segment} as logged segment {register}.",
        run.done,
        segment=run.segment_number,
        register=run.number,
    )
    return kit.message(
        kit.lines([kit.bold(words)], *_offspring(outcome, text), *_left(run, outcome, text)),
        kit.actions(
            kit.button(text("Undo"), Action.UNDO, run.operation) if undoable else None,
            kit.button(text("Entries"), Action.LOGGED_ENTRIES, run.id),
            *_open(outcome, text),
        ),
    )


def _offspring(outcome: Outcome, text: Text) -> list[list[str]]:
    rows = []
    if outcome.follow_up is not None:
        number = outcome.follow_up.segment.number
        rows.append([text("Follow-up segment {number} is ready.", number=number)])
    if outcome.rest is not None:
        words = text.count(
            "{n} contact that could not be logged is in {segment}.",
            "{n} contacts that could not be logged are in {segment}.",
            outcome.rest.lines,
            segment=outcome.rest.segment.number,
        )
        rows.append([words])
    return rows


def _left(run: Logged, outcome: Outcome, text: Text) -> list[list[Part]]:
    """Return who was not logged, unless they are in a segment of their own."""
    count = outcome.count - (outcome.rest.lines if outcome.rest else 0)
    if count <= 0 or run.state is RunState.UNDOING:
        return []
    words = text.count(
        "{n} contact was left out: blocked, deleted or changed meanwhile.",
        "{n} contacts were left out: blocked, deleted or changed meanwhile.",
        count,
    )
    names = "" if outcome.rest else _names(outcome, text)
    return [[Part(f"{words} {names}".strip(), italic=True)]]


def _names(outcome: Outcome, text: Text) -> str:
    names = [name or text("(contact deleted)") for name in outcome.left]
    more = outcome.count - len(names)
    return ", ".join([*names, text("{n} more", n=more)] if more > 0 else names)


def _open(outcome: Outcome, text: Text) -> list[Any]:
    return [
        kit.button(
            text("Open {number}", number=made.segment.number),
            f"{Action.OPEN_SEGMENT}.{place}",
            made.segment.id,
        )
        for place, made in enumerate((outcome.follow_up, outcome.rest))
        if made is not None
    ]


def _undone(run: Logged, outcome: Outcome, text: Text) -> Payload:
    words = (
        text("Nothing of {number} could be logged. It is in work again.", number=run.segment_number)
        if not run.done
        else text(
            "Undone: the interactions of {number} are taken back, and it is in work again.",
            number=run.segment_number,
        )
    )
    stay = text.count(
        "{n} interaction was changed by somebody else meanwhile; it stays: {names}.",
        "{n} interactions were changed by somebody else meanwhile; they stay: {names}.",
        outcome.count,
        names=_names(outcome, text),
    )
    kept = [
        [text("{number} was changed meanwhile; it stays.", number=made.segment.number)]
        for made in (outcome.follow_up, outcome.rest)
        if made is not None
    ]
    segment = kit.button(text("Open {number}", number=run.segment_number), Action.OPEN_SEGMENT, run.segment)
    return kit.message(
        kit.lines([kit.bold(words)], *([[stay]] if outcome.count else []), *kept),
        kit.actions(segment) if run.segment is not None else None,
    )


def _acted(run: Logged, outcome: Outcome, text: Text, *, undoable: bool) -> Payload:
    undo = kit.button(text("Undo"), Action.UNDO, run.act) if undoable else None
    entries = kit.button(text("Entries"), Action.LOGGED_ENTRIES, run.id)
    if run.state is RunState.CANCELING and run.canceled_at is None:
        words = text("The campaign's interactions of logged segment {n} are canceled.", n=run.number)
        return kit.message(kit.line(kit.bold(words)), kit.actions(entries))
    if run.state is RunState.CANCELING:
        words = text("Logged segment {n} is canceled, with all its interactions.", n=run.number)
        return kit.message(kit.line(kit.bold(words)), kit.actions(undo, entries))
    if run.state is RunState.REINSTATING:
        words = text("Logged segment {n} counts again, with all its interactions.", n=run.number)
        return kit.message(kit.line(kit.bold(words)), kit.actions(undo, entries))
    return _followed(run, outcome, text)


def _followed(run: Logged, outcome: Outcome, text: Text) -> Payload:
    made = outcome.follow_up
    words = text.count(
        "{segment} is ready, with {n} contact of logged segment {register}.",
        "{segment} is ready, with {n} contacts of logged segment {register}.",
        made.lines if made else 0,
        segment=made.segment.number if made else "",
        register=run.number,
    )
    left = text.count(
        "{n} was left out (blocked, excluded, canceled or deleted): {names}.",
        "{n} were left out (blocked, excluded, canceled or deleted): {names}.",
        outcome.count,
        names=_names(outcome, text),
    )
    return kit.message(
        kit.lines([kit.bold(words)], *([[Part(left, italic=True)]] if outcome.count else [])),
        kit.actions(*_open(outcome, text)) if made else None,
    )
