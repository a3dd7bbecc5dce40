"""Postponed interactions: the list (screens: Postponed)."""

from collections.abc import Sequence
from datetime import timedelta

from slack_sdk.models.blocks import Block, ConfirmObject

from bot.domain.contacts import Contact
from bot.domain.postponed import Draft
from bot.text import Text
from bot.views import kit
from bot.views.ids import Action
from bot.views.kit import Part, Payload

Waiting = Sequence[tuple[Draft, Contact | None]]
ROWS = 20
OLD = timedelta(days=2)


def waiting_list(waiting: Waiting, text: Text) -> Payload:
    """Return all postponed interactions, newest first."""
    if not waiting:
        return kit.message(kit.line(text("Nothing is waiting. If you close a form half-way, it waits here.")))
    headline = text.count(
        "You have {n} postponed interaction", "You have {n} postponed interactions", len(waiting)
    )
    rest = len(waiting) - ROWS
    return kit.message(
        kit.line(kit.bold(headline)),
        *rows(waiting[:ROWS], text),
        kit.small(text("… and {n} more.", n=rest)) if rest > 0 else None,
    )


def rows(waiting: Waiting, text: Text) -> list[Block]:
    """Return two blocks for each: what it is, what can be done with it."""
    return [block for draft, contact in waiting for block in _row(draft, contact, text)]


def _row(draft: Draft, contact: Contact | None, text: Text) -> tuple[Block, Block]:
    parts: list[Part | str] = [
        kit.bold(draft.form.description.strip() or text("(no template yet)")),
        f" · {contact.label if contact else text('(no contact yet)')}",
        f" · {_since(draft, text)}",
    ]
    parts += [" · ", kit.quote(draft.form.comment, 80)] if draft.form.comment.strip() else []
    return (
        kit.line(*parts),
        kit.actions(
            kit.button(text("Resume"), Action.RESUME, draft.form_id),
            kit.danger(text("Discard"), Action.DISCARD_DRAFT, draft.form_id, _sure(text)),
            block_id=f"draft.{draft.form_id}",
        ),
    )


def _since(draft: Draft, text: Text) -> str:
    day = draft.form.day or draft.opened_at.astimezone(text.zone).date()
    said = text("from {day}", day=text.day_within(day))
    old = text.now - draft.saved_at > OLD
    return f"{said} · {text('{n} days old', n=(text.now - draft.saved_at).days)}" if old else said


def _sure(text: Text) -> ConfirmObject:
    return kit.ask(
        text("Discard this interaction?"),
        text("What you typed is thrown away. You can undo that for ten minutes."),
        text("Discard"),
        text("Keep it"),
    )
