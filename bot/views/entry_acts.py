"""Evaluate, cancel and reinstate: the forms for one and for several, and what is said afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.entries import Listed
from bot.domain.ids import EntryId, OperationId
from bot.domain.interactions import Evaluation, Field
from bot.domain.operations import OperationKind
from bot.text import Text
from bot.views import kit
from bot.views.confirmations import canceled, headline, template_words
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Choice, Part, Payload
from bot.views.words import EVALUATIONS

NONE = "none"
"""What stands for no evaluation: a select knows no empty choice."""

CHOSEN = "entries"
SAID = 40
"""So much of what was said tells two entries of the same contact apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What was done to how many entries, and why others were left out."""

    kind: OperationKind
    entries: Sequence[Listed]
    operation: OperationId
    evaluation: Evaluation | None = None
    left: Sequence[str] = ()
    undoable: bool = True


def evaluate_form(entries: Sequence[Listed], meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form with the five choices and none: for the one entry, or for those that are ticked."""
    fields = Fields(meta)
    choices = [Choice(text(word), value) for value, word in EVALUATIONS.items()]
    choices.append(Choice(text("No evaluation"), NONE))
    one = entries[0] if meta.subjects else None
    now = (one.entry.evaluation or NONE) if one else None
    return modal(
        Callback.EVALUATE,
        text("Evaluate"),
        [
            kit.line(*headline(one, text)) if one else _several(entries, fields, text),
            fields.select(Field.EVALUATION, text("Evaluation"), choices, now, optional=False),
        ],
        submit=text("Evaluate"),
        close=text("Close"),
        meta=meta,
    )


def cancel_form(entries: Sequence[Listed], meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form in which entries are ticked that are to be canceled."""
    return modal(
        Callback.CANCEL_SEVERAL,
        text("Cancel several"),
        [_several(entries, Fields(meta), text)],
        submit=text("Continue"),
        close=text("Close"),
        meta=meta,
    )


def reinstate_form(entries: Sequence[Listed], meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form in which canceled entries are ticked that are to count again."""
    return modal(
        Callback.REINSTATE_SEVERAL,
        text("Reinstate several"),
        [_several(entries, Fields(meta), text)],
        submit=text("Continue"),
        close=text("Close"),
        meta=meta,
    )


def sure_to_cancel(entries: Sequence[Listed], meta: Meta, text: Text) -> dict[str, Any]:
    """Return the counted question before several are canceled."""
    asked = text.count("Cancel {n} interaction?", "Cancel {n} interactions?", len(entries))
    means = text(
        "They no longer count in lists, figures and digests. You can undo this for ten minutes, and reinstate later."
    )
    return modal(
        Callback.CANCEL_SURE,
        text("Cancel several"),
        _question(asked, means, entries, text),
        submit=text.count("Cancel {n}", "Cancel {n}", len(entries)),
        close=text("Keep them"),
        meta=meta,
    )


def sure_to_reinstate(entries: Sequence[Listed], meta: Meta, text: Text) -> dict[str, Any]:
    """Return the counted question before several are reinstated."""
    asked = text.count("Reinstate {n} interaction?", "Reinstate {n} interactions?", len(entries))
    return modal(
        Callback.REINSTATE_SURE,
        text("Reinstate several"),
        _question(asked, text("They count again. You can undo this for ten minutes."), entries, text),
        submit=text.count("Reinstate {n}", "Reinstate {n}", len(entries)),
        close=text("Leave them"),
        meta=meta,
    )


def _several(entries: Sequence[Listed], fields: Fields, text: Text) -> Block:
    choices = [Choice(label(listed, text), str(listed.entry.id)) for listed in entries]
    return fields.several(CHOSEN, text("Interactions"), choices)


def _question(asked: str, means: str, entries: Sequence[Listed], text: Text) -> list[Block | None]:
    return [
        kit.line(kit.bold(asked)),
        kit.lines(*([f"• {label(listed, text)}"] for listed in entries)),
        kit.small(means),
    ]


def label(listed: Listed, text: Text) -> str:
    """Return an entry as the label of a box: `Today 14:03 · Outgoing call · Anna Berg · “Agreed the…”`."""
    entry = listed.entry
    when = text.day(entry.day) + (f" {text.time(entry.at)}" if entry.at else "")
    who = listed.contact_name or text("(contact deleted)")
    said = entry.comment.strip() or (entry.description if entry.description != listed.template_name else "")
    quoted = (kit.quote(said, SAID).text,) if said else ()
    return " · ".join((when, template_words(listed, text), who, *quoted))


def acted(done: Acted, text: Text) -> Payload:
    """Return the one message of an act, with **Undo**."""
    undo = kit.button(text("Undo"), Action.UNDO, done.operation) if done.undoable else None
    one = len(done.entries) == 1 and not done.left
    if done.kind is OperationKind.CANCEL and one and done.undoable:
        return canceled(done.entries[0], done.operation, text)
    return kit.message(
        kit.lines(
            [kit.bold(_did(done, text))],
            *([f"• {label(listed, text)}"] for listed in done.entries),
            *([Part(words, italic=True)] for words in done.left),
        ),
        kit.actions(undo) if undo else None,
    )


def _did(done: Acted, text: Text) -> str:
    count = len(done.entries)
    if done.kind is OperationKind.CANCEL:
        return text.count("Canceled {n} interaction:", "Canceled {n} interactions:", count)
    if done.kind is OperationKind.REINSTATE:
        return text.count("Reinstated {n} interaction:", "Reinstated {n} interactions:", count)
    if done.evaluation is None:
        return text.count(
            "Took the evaluation off {n} interaction:", "Took the evaluation off {n} interactions:", count
        )
    word = text(EVALUATIONS[done.evaluation])
    return text.count(
        "Evaluated {n} interaction as {word}:", "Evaluated {n} interactions as {word}:", count, word=word
    )


def taken_back(said: str, left: Sequence[str], text: Text) -> Payload:
    """Return what the message of an act becomes after **Undo**; `left` names what somebody changed meanwhile."""
    more = kit.button(text("All my entries"), Action.ENTRIES)
    return kit.message(kit.lines([kit.bold(said)], *([row] for row in left)), kit.actions(more))


def refused(left: Sequence[str], text: Text) -> dict[str, Any]:
    """Return why nothing at all was done."""
    words = left or [text("Nothing was left to do: it has been done already.")]
    return modal(
        Callback.NOTICE, text("Not possible"), [kit.lines(*([row] for row in words))], close=text("Close")
    )


def ids_of(entries: Sequence[Listed]) -> tuple[EntryId, ...]:
    """Return the ids of entries."""
    return tuple(listed.entry.id for listed in entries)
