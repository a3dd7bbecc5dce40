"""Postponed interactions: their rows, and the forms about several of them (screens: Postponed)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import OverflowMenuElement

from bot.domain.contacts import Contact
from bot.domain.postponed import Draft
from bot.domain.snoozes import Snooze
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback, verb
from bot.views.kit import Choice, Part
from bot.views.listing import Listing

Waiting = Sequence[tuple[Draft, Contact | None]]
OLD_DAYS = 2
BOX = "box"
"""What the names of the fields with boxes begin with."""

BOXES = 10
"""How many boxes Slack takes in one field."""

MOST = 60
"""How many drafts one form offers to discard: their ids travel in its metadata."""

NAMED = 10
ON_CARD = 5


def rows(waiting: Waiting, text: Text, listing: Listing) -> list[Block]:
    """Return two blocks for each: what it is, what can be done with it."""
    return [block for draft, contact in waiting for block in _row(draft, contact, text, listing)]


def _row(draft: Draft, contact: Contact | None, text: Text, listing: Listing) -> tuple[Block, Block]:
    put_off = is_snoozed(draft, text)
    parts: list[Part | str] = [*headline(draft, contact, text), f" · {_since(draft, text)}"]
    if put_off and draft.snoozed_until:
        until = text.moment_within(draft.snoozed_until)
        parts += [" · ", kit.bold(text("snoozed until {when}", when=until))]
    parts += [" · ", kit.quote(draft.form.comment, 80)] if draft.form.comment.strip() else []
    return (
        kit.line(*parts),
        kit.actions(
            kit.button(text("Resume"), Action.RESUME, draft.form_id),
            kit.button(text("Bring back"), Action.BRING_BACK, f"draft:{draft.form_id}") if put_off else None,
            _menu(draft, text),
            block_id=listing.block(draft.form_id),
        ),
    )


def _menu(draft: Draft, text: Text) -> OverflowMenuElement:
    form = draft.form_id
    return kit.more(
        Action.MORE,
        Choice(text("Snooze 1 h"), verb(Action.SNOOZE, Snooze.HOUR, form)),
        Choice(text("Snooze until tomorrow"), verb(Action.SNOOZE, Snooze.TOMORROW, form)),
        Choice(text("Snooze until the next working day"), verb(Action.SNOOZE, Snooze.WORKING_DAY, form)),
        Choice(text("Pick a time…"), verb(Action.SNOOZE_TO, "draft", form)),
        Choice(text("Discard…"), verb(Action.DISCARD_ASK, draft.id)),
    )


def on_own_card(waiting: Waiting, text: Text) -> list[Block]:
    """Return the way to all that waits, on the person's own card."""
    if not waiting:
        return []
    label = text("Postponed interactions ({n})", n=len(waiting))
    return [kit.actions(kit.button(label, Action.POSTPONED, 0), block_id="drafts")]


def on_card(waiting: Waiting, text: Text) -> list[Block]:
    """Return what a manager may know of a colleague's drafts: with whom and how old, never what was typed."""
    if not waiting:
        return []
    shown = [[f"• {_who(draft, contact, text)} · {text.age(draft.saved_at)}"] for draft, contact in waiting]
    rest = len(waiting) - ON_CARD
    return [
        kit.lines([kit.bold(text("Postponed interactions ({n})", n=len(waiting)))], *shown[:ON_CARD]),
        *([kit.small(text("… and {n} more.", n=rest))] if rest > 0 else []),
    ]


def headline(draft: Draft, contact: Contact | None, text: Text) -> list[Part | str]:
    """Return `Outgoing call · Anna Berg (Fjordbygg AS)`."""
    what = draft.form.description.strip() or text("(no template yet)")
    return [kit.bold(what), f" · {_who(draft, contact, text)}"]


def _who(draft: Draft, contact: Contact | None, text: Text) -> str:
    if contact is not None:
        return contact.label
    return text("(contact deleted)") if draft.form.contact else text("(no contact yet)")


def is_snoozed(draft: Draft, text: Text) -> bool:
    """Whether it is put off now."""
    return draft.snoozed_until is not None and draft.snoozed_until > text.now


def _since(draft: Draft, text: Text) -> str:
    day = draft.form.day or draft.opened_at.astimezone(text.zone).date()
    said = text("from {day}", day=text.day_within(day))
    age = (text.today - draft.saved_at.astimezone(text.zone).date()).days
    return f"{said} · {text('{n} days old', n=age)}" if age > OLD_DAYS else said


def filter_form(meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form to show only what concerns one contact or company."""
    return modal(
        Callback.FILTER_DRAFTS,
        text("Filter by contact"),
        [
            Fields(meta).search(
                "contact_filter", text("Contact or company"), text("Name, company, e-mail or city"), None
            ),
            kit.small(text("A company shows what waits with all its people.")),
        ],
        submit=text("Show"),
        close=text("Close"),
        meta=meta,
    )


def several_form(waiting: Waiting, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form to choose what is discarded."""
    fields, offered = Fields(meta), waiting[:MOST]
    groups = [offered[first : first + BOXES] for first in range(0, len(offered), BOXES)]
    rest = len(waiting) - len(offered)
    return modal(
        Callback.DISCARD_SEVERAL,
        text("Discard several"),
        [
            *(_boxes(fields, number, group, text) for number, group in enumerate(groups)),
            kit.small(text("… and {n} more, once these are gone.", n=rest)) if rest > 0 else None,
        ],
        submit=text("Discard…"),
        close=text("Close"),
        meta=meta,
    )


def _boxes(fields: Fields, number: int, group: Waiting, text: Text) -> Block:
    first = number * BOXES + 1
    label = text("{first} to {last}, newest first", first=first, last=first + len(group) - 1)
    choices = [Choice(_label(draft, contact, text), str(draft.id)) for draft, contact in group]
    return fields.boxes(f"{BOX}{number}", label, choices)


def _label(draft: Draft, contact: Contact | None, text: Text) -> str:
    said = "".join(part.text if isinstance(part, Part) else part for part in headline(draft, contact, text))
    return f"{kit.clip(said, 45)} · {_since(draft, text)}"


def sure(chosen: Waiting, meta: Meta, text: Text) -> dict[str, Any]:
    """Ask before postponed interactions are thrown away: how many, and which."""
    question = text.count("Discard {n} interaction?", "Discard {n} interactions?", len(chosen))
    named = [["• ", *headline(*one, text), f" · {_since(one[0], text)}"] for one in chosen[:NAMED]]
    rest = len(chosen) - NAMED
    return modal(
        Callback.DISCARD_DRAFTS,
        text("Discard"),
        [
            kit.line(kit.bold(question)),
            kit.lines(*named),
            kit.small(text("… and {n} more.", n=rest)) if rest > 0 else None,
            kit.line(text("What you typed is thrown away. You can undo that for ten minutes.")),
        ],
        submit=text("Discard"),
        close=text("Keep it") if len(chosen) == 1 else text("Keep them"),
        meta=replace(meta, subjects=tuple(int(draft.id) for draft, _ in chosen)),
    )
