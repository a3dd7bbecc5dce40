"""Interaction log entries: the list, as a message and as a modal (screens: Interaction log entries)."""

from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, CheckboxesElement, OverflowMenuElement

from bot.domain.entries import COUNTED, Asked, Filter, Listed, LogPage, Standing
from bot.domain.entry_controls import Relaxation, everyones
from bot.domain.ids import PersonId
from bot.text import Text
from bot.views import ids, kit
from bot.views.asked import for_button, short
from bot.views.contacts import entry_row, own_entry_row
from bot.views.entry_controls import controls, wider
from bot.views.filter_words import Names, in_words
from bot.views.forms import FLAG, modal
from bot.views.ids import Action, Callback, verb
from bot.views.kit import Choice, Part, Payload


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the log as its reader sees it: with the names in its filter; an empty one with what would find more."""

    page: LogPage
    names: Names
    reader: PersonId
    wider: frozenset[Relaxation] = frozenset()

    @property
    def mine(self) -> bool:
        """Whether the list holds the reader's own entries."""
        return self.page.asked.filter.person == self.reader

    @property
    def switched(self) -> Filter:
        """The filter to which the switch between the reader's own and everyone's leads."""
        return replace(everyones(self.page.asked.filter), person=None if self.mine else self.reader)


def message(shown: Shown, text: Text) -> Payload:
    """Return a page of the log as a message."""
    return kit.message(kit.line(kit.bold(text("Interaction log entries"))), *blocks(shown, text))


def screen(shown: Shown, text: Text) -> dict[str, Any]:
    """Return a page of the log as a modal."""
    return modal(Callback.NOTICE, text("Interaction log entries"), blocks(shown, text), close=text("Close"))


def asked_in(block: str) -> str | None:
    """Return the word that a block of the list carries, None for a block of anything else."""
    name, _, rest = block.partition("/")
    return rest.partition("/")[0] if name == ids.LISTED else None


def block_id(asked: Asked, place: object) -> str:
    """Return the id of one block of the list."""
    return f"{ids.LISTED}/{short(asked)}/{place}"


def blocks(shown: Shown, text: Text, headline: str = "") -> list[Block | None]:
    """Return the headline, the controls, the entries, and what can be done with them."""
    page, wanted = shown.page, shown.page.asked.filter
    said = f"{_said(shown, text)} · {counted(page, number_of(page, text), text)}"
    empty = Part(_empty(page, shown.mine, text), italic=True)
    return [
        kit.line(kit.bold(headline) if headline else said),
        controls(wanted, shown.names, shown.reader, block_id(page.asked, "filter"), text),
        *(_row(listed, page.asked, shown.mine, text) for listed in page.entries),
        *([] if page.entries else [kit.line(empty), _wider(shown, text)]),
        *_several(page, text),
        _turns(shown, text),
    ]


def _said(shown: Shown, text: Text) -> str:
    wanted = shown.page.asked.filter
    live = f" · {text('not canceled')}" if wanted.standing is Standing.LIVE else ""
    return f"{in_words(wanted, shown.names, shown.reader, text)}{live}"


def _wider(shown: Shown, text: Text) -> Block | None:
    asked = shown.page.asked
    return wider(asked.filter, shown.wider, block_id(asked, "wider"), text)


def counted(page: LogPage, said: str, text: Text) -> str:
    """Return how many entries there are, as `said`, and which page this is."""
    number = page.asked.page + 1
    if page.uncounted:
        return text("{counted}, page {page}", counted=said, page=number)
    if page.pages == 1:
        return said
    return text("{counted}, page {page} of {pages}", counted=said, page=number, pages=page.pages)


def number_of(page: LogPage, text: Text) -> str:
    """Return how many entries there are, as far as they were counted."""
    if page.count > COUNTED:
        return text("more than {n} entries", n=f"{COUNTED:,}")
    if page.at_least:
        return text("at least {n} entries", n=f"{page.count:,}")
    return text.count("{n} entry", "{n} entries", page.count)


def _empty(page: LogPage, mine: bool, text: Text) -> str:  # noqa: FBT001 - a fact, not a switch
    if mine and page.asked.filter == Filter(person=page.asked.filter.person):
        return text("Nothing here yet. Log an interaction with /log, or look at what was canceled.")
    if page.asked.filter.text:
        return text("Nothing here. The beginning of each word is enough, as in “cata” for catalogue.")
    return text("Nothing here.")


def _row(listed: Listed, asked: Asked, mine: bool, text: Text) -> Block:  # noqa: FBT001 - a fact, not a switch
    words = own_entry_row(listed, text) if mine else entry_row(listed, text)
    gone = [text("Canceled: ")] if listed.entry.canceled else []
    return kit.item([*gone, *words], _menu(listed, text), block_id(asked, listed.entry.id))


def _menu(listed: Listed, text: Text) -> OverflowMenuElement:
    entry = listed.entry
    opened = Choice(text("Open"), verb(Action.OPEN_ENTRY, entry.id))
    history = Choice(text("History"), verb(Action.HISTORY, entry.id))
    if entry.canceled:
        return kit.more(
            Action.MORE, opened, Choice(text("Reinstate"), verb(Action.REINSTATE, entry.id)), history
        )
    return kit.more(
        Action.MORE,
        opened,
        Choice(text("Evaluate"), verb(Action.EVALUATE, entry.id)),
        Choice(text("Cancel"), verb(Action.CANCEL_ENTRY, entry.id)),
        Choice(text("Create task"), verb(Action.FOLLOW_UP, entry.id)),
        history,
    )


def _several(page: LogPage, text: Text) -> list[Block]:
    """Return the row of acts on several; one alone is reached by its ⋯."""
    word = for_button(page.asked)
    live = len(page.live) > 1
    buttons = [
        kit.button(text("Evaluate several…"), Action.EVALUATE_SEVERAL, word) if live else None,
        kit.button(text("Cancel several…"), Action.CANCEL_SEVERAL, word) if live else None,
        kit.button(text("Reinstate several…"), Action.REINSTATE_SEVERAL, word)
        if len(page.canceled) > 1
        else None,
    ]
    return [kit.actions(*buttons, block_id=block_id(page.asked, "several"))] if any(buttons) else []


def _turns(shown: Shown, text: Text) -> ActionsBlock:
    page, wanted = shown.page, shown.page.asked.filter
    switch = None if wanted.logged else Asked(shown.switched)
    return kit.actions(
        _to(page.newer, text("Newer"), 1),
        _to(page.older, text("Older"), 2),
        _to(switch, text("Everyone's") if shown.mine else text("Only mine"), 3),
        _canceled(wanted, text),
        kit.button(text("Export"), Action.EXPORT_ENTRIES, short(Asked(wanted))) if page.entries else None,
        block_id=block_id(page.asked, "turn"),
    )


def _to(asked: Asked | None, label: str, place: int) -> Any:
    return None if asked is None else kit.button(label, f"{Action.ENTRIES}.{place}", for_button(asked))


def _canceled(wanted: Filter, text: Text) -> CheckboxesElement:
    choice = kit.option(Choice(text("Show canceled"), FLAG))
    return CheckboxesElement(
        action_id=Action.SHOW_CANCELED,
        options=[choice],
        initial_options=[choice] if wanted.standing is not Standing.LIVE else None,
    )
