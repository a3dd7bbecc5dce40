"""Interaction log entries: the list, as a message and as a modal (screens: Interaction log entries)."""

from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, CheckboxesElement, OverflowMenuElement

from bot.domain.entries import COUNTED, Asked, Filter, Listed, LogPage, Standing
from bot.domain.ids import PersonId
from bot.text import Text
from bot.views import ids, kit
from bot.views.asked import written
from bot.views.contacts import entry_row, own_entry_row
from bot.views.forms import FLAG, modal
from bot.views.ids import Action, Callback, verb
from bot.views.kit import Choice, Part, Payload


def message(page: LogPage, reader: PersonId, text: Text) -> Payload:
    """Return a page of the log as a message."""
    return kit.message(kit.line(kit.bold(text("Interaction log entries"))), *_blocks(page, reader, text))


def screen(page: LogPage, reader: PersonId, text: Text) -> dict[str, Any]:
    """Return a page of the log as a modal."""
    return modal(
        Callback.NOTICE, text("Interaction log entries"), _blocks(page, reader, text), close=text("Close")
    )


def asked_in(block: str) -> str | None:
    """Return the word that a block of the list carries, None for a block of anything else."""
    name, _, rest = block.partition("/")
    return rest.partition("/")[0] if name == ids.LISTED else None


def block_id(asked: Asked, place: object) -> str:
    """Return the id of one block of the list."""
    return f"{ids.LISTED}/{written(asked)}/{place}"


def _blocks(page: LogPage, reader: PersonId, text: Text) -> list[Block | None]:
    mine = page.asked.filter.person == reader
    return [
        kit.line(_whose(page, mine, text), " · ", _count(page, text)),
        *(_row(listed, page.asked, mine, text) for listed in page.entries),
        None if page.entries else kit.line(Part(_empty(page, mine, text), italic=True)),
        *_several(page, text),
        _turns(page, reader, mine, text),
    ]


def _whose(page: LogPage, mine: bool, text: Text) -> str:  # noqa: FBT001 - a fact, not a switch
    if page.asked.filter.logged is not None:
        return text("Of one logged segment")
    return text("Yours") if mine else text("Everyone's, as far as you may see")


def _count(page: LogPage, text: Text) -> str:
    counted = (
        text("more than {n} entries", n=f"{COUNTED:,}")
        if page.uncounted
        else text.count("{n} entry", "{n} entries", page.count)
    )
    number = page.asked.page + 1
    if page.uncounted:
        return text("{counted}, page {page}", counted=counted, page=number)
    if page.pages == 1:
        return counted
    return text("{counted}, page {page} of {pages}", counted=counted, page=number, pages=page.pages)


def _empty(page: LogPage, mine: bool, text: Text) -> str:  # noqa: FBT001 - a fact, not a switch
    if mine and page.asked.filter.standing is Standing.LIVE:
        return text("Nothing here yet. Log an interaction with /log, or look at what was canceled.")
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
    word = written(page.asked)
    live = len(page.live) > 1
    buttons = [
        kit.button(text("Evaluate several…"), Action.EVALUATE_SEVERAL, word) if live else None,
        kit.button(text("Cancel several…"), Action.CANCEL_SEVERAL, word) if live else None,
        kit.button(text("Reinstate several…"), Action.REINSTATE_SEVERAL, word)
        if len(page.canceled) > 1
        else None,
    ]
    return [kit.actions(*buttons, block_id=block_id(page.asked, "several"))] if any(buttons) else []


def _turns(page: LogPage, reader: PersonId, mine: bool, text: Text) -> ActionsBlock:  # noqa: FBT001
    wanted = page.asked.filter
    other = replace(wanted, person=None if mine else reader)
    switch = None if wanted.logged else Asked(other)
    return kit.actions(
        _to(page.newer, text("Newer"), 1),
        _to(page.older, text("Older"), 2),
        _to(switch, text("Everyone's") if mine else text("Only mine"), 3),
        _canceled(wanted, text),
        kit.button(text("Export"), Action.EXPORT_ENTRIES, written(Asked(wanted))) if page.entries else None,
        block_id=block_id(page.asked, "turn"),
    )


def _to(asked: Asked | None, label: str, place: int) -> Any:
    return None if asked is None else kit.button(label, f"{Action.ENTRIES}.{place}", written(asked))


def _canceled(wanted: Filter, text: Text) -> CheckboxesElement:
    choice = kit.option(Choice(text("Show canceled"), FLAG))
    return CheckboxesElement(
        action_id=Action.SHOW_CANCELED,
        options=[choice],
        initial_options=[choice] if wanted.standing is not Standing.LIVE else None,
    )
