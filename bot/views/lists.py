"""What waits, as a message or a modal that changes in place (screens: Postponed)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.departures import LeftBehind
from bot.text import Text
from bot.views import departures, kit, postponed, tasks
from bot.views.forms import modal
from bot.views.ids import Action, Callback
from bot.views.kit import Payload
from bot.views.listing import Listing, Said, Where
from bot.views.postponed import Waiting
from bot.views.tasks import Named

ROWS = 15
"""Two blocks each; a message holds fifty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Everything that waits in one list; `about` names the contact it is filtered by."""

    listing: Listing
    drafts: Waiting = ()
    tasks: Named = ()
    about: str = ""
    said: Said | None = None
    left: Sequence[LeftBehind] = ()
    """What falls to him of people who have left."""

    @property
    def size(self) -> int:
        """How many things wait."""
        return len(self.drafts) + len(self.tasks)

    @property
    def page(self) -> int:
        """The page that is shown: the last one, where there are fewer by now."""
        return min(self.listing.page, self.last)

    @property
    def last(self) -> int:
        """The last page."""
        return max(0, self.size - 1) // ROWS


def message(pile: Pile, text: Text) -> Payload:
    """Return the list as a message."""
    return kit.message(*blocks(pile, text))


def page(pile: Pile, text: Text) -> dict[str, Any]:
    """Return the list as a modal."""
    title = text("Postponed") if pile.listing.where is Where.DRAFTS else text("Follow-ups")
    return modal(Callback.LIST, title, blocks(pile, text), close=text("Close"))


def notice(told: Said, text: Text) -> dict[str, Any]:
    """Return a modal that says what was just done, where no list stands below it."""
    shown = said(told, Listing(Where.HOME), text)
    return modal(Callback.NOTICE, text("Done"), shown, close=text("Close"))


def blocks(pile: Pile, text: Text) -> list[Block]:
    """Return what was just done, the things of this page, and what can be done with all of them."""
    shown = slice(pile.page * ROWS, (pile.page + 1) * ROWS)
    listing = pile.listing.turned(pile.page)
    return [
        *said(pile.said, listing, text),
        kit.line(kit.bold(_headline(pile, text))),
        *departures.rows(pile.left, text, listing),
        *tasks.rows(pile.tasks[shown], text, listing),
        *postponed.rows(pile.drafts[shown], text, listing),
        *_pages(pile, text),
        *_all(pile, listing, text),
    ]


def said(told: Said | None, listing: Listing, text: Text) -> list[Block]:
    """Return one line on what was just done, with the way back."""
    if told is None:
        return []
    buttons = [
        *([kit.button(text("Log it"), Action.TASK_LOG, told.log)] if told.log else []),
        *([kit.button(text("Undo"), Action.TAKE_BACK, told.operation)] if told.operation else []),
    ]
    line = kit.line(f"✓ {told.words}")
    return [line, kit.actions(*buttons, block_id=listing.block("said"))] if buttons else [line]


def _headline(pile: Pile, text: Text) -> str:
    if pile.listing.where is not Where.DRAFTS:
        if not pile.size:
            return text("No follow-up is waiting.")
        return text.count("You have {n} follow-up", "You have {n} follow-ups", pile.size)
    if pile.about:
        return _filtered(pile, text)
    if not pile.size:
        return text("Nothing is waiting. If you close a form half-way, it waits here.")
    return text.count("You have {n} postponed interaction", "You have {n} postponed interactions", pile.size)


def _filtered(pile: Pile, text: Text) -> str:
    if not pile.size:
        return text("Nothing is waiting with {name}.", name=pile.about)
    return text.count(
        "You have {n} postponed interaction with {name}",
        "You have {n} postponed interactions with {name}",
        pile.size,
        name=pile.about,
    )


def _pages(pile: Pile, text: Text) -> Sequence[Block]:
    if not pile.last:
        return ()
    return (kit.small(text("Page {page} of {last}", page=pile.page + 1, last=pile.last + 1)),)


def _all(pile: Pile, listing: Listing, text: Text) -> Sequence[Block]:
    """Return the buttons below the list, if there are any."""
    drafts = listing.where is Where.DRAFTS
    buttons = [
        kit.button(text("Newer"), f"{Action.TURN_PAGE}.0", pile.page - 1) if pile.page else None,
        kit.button(text("Older"), f"{Action.TURN_PAGE}.1", pile.page + 1) if pile.page < pile.last else None,
        kit.button(text("Filter by contact"), Action.FILTER_DRAFTS) if drafts and pile.size > 1 else None,
        kit.button(text("Show all"), Action.POSTPONED, 0) if drafts and pile.about else None,
        kit.button(text("Discard several…"), Action.DISCARD_SEVERAL) if drafts and pile.size > 1 else None,
    ]
    found = [button for button in buttons if button is not None]
    return (kit.actions(*found, block_id=listing.block("all")),) if found else ()
