"""The lists behind a digest's exceptions: contacts that fell silent, drafts that wait too long."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.contacts import Contact
from bot.domain.digests import NamedTeam
from bot.domain.postponed import Draft
from bot.domain.team_figures import SHOWN, QuietContact
from bot.text import Text
from bot.views import kit
from bot.views.forms import modal
from bot.views.ids import Action, Callback
from bot.views.kit import Part, Payload

ROWS = 40
OldDraft = tuple[Draft, Contact | None, str]
"""A draft, its contact, and its owner's name."""


def quiet_message(team: NamedTeam, found: Sequence[QuietContact], text: Text) -> Payload:
    """Return the silent contacts as a message."""
    return kit.message(*_quiet(team, found, text))


def quiet_page(team: NamedTeam, found: Sequence[QuietContact], text: Text) -> dict[str, Any]:
    """Return the silent contacts as a modal."""
    return _page(_quiet(team, found, text), text)


def drafts_message(team: NamedTeam, found: Sequence[OldDraft], text: Text) -> Payload:
    """Return the old drafts as a message."""
    return kit.message(*_drafts(team, found, text))


def drafts_page(team: NamedTeam, found: Sequence[OldDraft], text: Text) -> dict[str, Any]:
    """Return the old drafts as a modal."""
    return _page(_drafts(team, found, text), text)


def _page(blocks: Sequence[Block | None], text: Text) -> dict[str, Any]:
    return modal(Callback.NOTICE, text("Digest"), blocks, close=text("Close"))


def _quiet(team: NamedTeam, found: Sequence[QuietContact], text: Text) -> list[Block | None]:
    heading = text("{team}: contacts without an interaction for 30 days", team=team.name)
    return [
        kit.line(kit.bold(heading)),
        *(_contact(one, text) for one in found[:ROWS]),
        *_rest(len(found), text),
    ]


def _contact(one: QuietContact, text: Text) -> Block:
    last = text("never") if one.last is None else text("last {day}", day=text.day_within(one.last))
    words = f"{one.label} · {last} · {one.salesperson}"
    label = text("Log interaction")
    button = kit.named(label, f"{label}: {one.label}", Action.LOG_CONTACT, one.id)
    return kit.item([words], button, f"quiet.{one.id}")


def _drafts(team: NamedTeam, found: Sequence[OldDraft], text: Text) -> list[Block | None]:
    heading = text("{team}: drafts older than a week", team=team.name)
    return [
        kit.line(kit.bold(heading)),
        *(kit.line(_draft(one, text)) for one in found[:ROWS]),
        *_rest(len(found), text),
    ]


def _draft(one: OldDraft, text: Text) -> str:
    draft, contact, owner = one
    missing = text("(contact deleted)") if draft.form.contact else text("(no contact yet)")
    return f"• {owner} · {contact.label if contact else missing} · {text.age(draft.saved_at)}"


def _rest(count: int, text: Text) -> list[Block]:
    if not count:
        return [kit.line(Part(text("There are none any more."), italic=True))]
    if count > SHOWN:
        return [kit.small(text("… and many more."))]
    return [kit.small(text("… and {n} more.", n=count - ROWS))] if count > ROWS else []
