"""What somebody is told whose form, or whose button, is about an interaction that ended meanwhile."""

from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.postponed import Fate
from bot.text import Text
from bot.views import kit
from bot.views.confirmations import headline
from bot.views.forms import modal
from bot.views.ids import Action, Callback
from bot.views.kit import Part, Payload


def message(fate: Fate, text: Text) -> Payload:
    """Return what the message of the form becomes."""
    return kit.message(kit.lines(*_told(fate, text)), kit.actions(_way(fate, text)))


def page(fate: Fate, comment: str, text: Text) -> dict[str, Any]:
    """Return what the form becomes; the comment that stood in it can be copied from there."""
    return modal(
        Callback.NOTICE,
        text("Ended meanwhile"),
        [kit.lines(*_told(fate, text)), *_typed(fate, comment, text), kit.actions(_way(fate, text))],
        close=text("Close"),
    )


def sentence(fate: Fate, text: Text) -> str:
    """Return what became of it in one sentence."""
    if fate.given_back is not None:
        return text("That one was taken back meanwhile and waits again.")
    return text("That one has been logged meanwhile.") if _logged(fate) else text("That one was discarded.")


def _told(fate: Fate, text: Text) -> list[list[Part | str]]:
    what: list[list[Part | str]] = [list(headline(fate.listed, text))] if fate.listed else []
    if fate.given_back is not None:
        return [[kit.bold(text("This interaction was taken back meanwhile; it waits again."))], *what]
    if not _logged(fate):
        return [[kit.bold(text("This interaction was discarded meanwhile."))], *what]
    return [[kit.bold(text("This interaction has been logged already."))], *what, *_when(fate, text)]


def _when(fate: Fate, text: Text) -> list[list[Part | str]]:
    if fate.listed is None:
        return []
    entry = fate.listed.entry
    said: list[Part | str] = [text("Logged {when}", when=text.moment_within(entry.logged_at))]
    return [[*said, " · ", kit.quote(entry.comment)] if entry.comment.strip() else said]


def _typed(fate: Fate, comment: str, text: Text) -> list[Block]:
    known = fate.listed.entry.comment if fate.listed else ""
    if not comment.strip() or comment.strip() == known.strip():
        return []
    return [
        kit.line(kit.bold(text("What you typed here was not logged:"))),
        kit.line(kit.clip(comment, kit.TEXT_LIMIT)),
    ]


def _way(fate: Fate, text: Text) -> ButtonElement:
    """Return the one thing that can be done now."""
    if fate.given_back is not None:
        return kit.button(text("Resume"), Action.RESUME, fate.given_back)
    if fate.listed is not None and _logged(fate):
        return kit.button(text("Open entry"), Action.OPEN_ENTRY, fate.listed.entry.id)
    if fate.listed is not None:
        return kit.button(text("Log it again"), Action.LOG_AGAIN, fate.listed.entry.id)
    return kit.button(text("Undo"), Action.UNDISCARD, fate.form_id)


def _logged(fate: Fate) -> bool:
    return fate.listed is not None and not fate.listed.entry.canceled
