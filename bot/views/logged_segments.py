"""Logged segments: the list, and the question before one is deleted (`product.md` 8)."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.ids import CampaignId
from bot.domain.runs import RegisterPage
from bot.domain.segments import Logged, RunState
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback, verb
from bot.views.kit import Choice, Part, Payload

CAMPAIGN = "campaign"
LISTED = "logged"
"""Begins the id of every block of the list."""


def message(page: RegisterPage, text: Text) -> Payload:
    """Return a page of the logged segments."""
    if not page.rows:
        empty = text("No segment was logged yet. Open one, and press Log.")
        return kit.message(
            kit.line(Part(empty, italic=True)), kit.actions(kit.button(text("Segments"), Action.SEGMENTS))
        )
    return kit.message(
        kit.line(kit.bold(text("Logged segments")), " · ", _count(page, text)),
        *(_row(run, name, page, text) for run, name in page.rows),
        _turns(page, text),
    )


def page_in(block: str) -> int | None:
    """Return the number of the page in which a block stands, None for a block of anything else."""
    name, _, rest = block.partition(".")
    number = rest.partition(".")[0]
    return int(number) if name == LISTED and number.isdecimal() else None


def sure_to_delete(run: Logged, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the question before a logged segment is deleted."""
    return modal(
        Callback.DELETE_LOGGED,
        text("Delete logged segment"),
        [
            kit.line(kit.bold(text("Delete logged segment {n} for good?", n=run.number))),
            kit.line(_title(run)),
            kit.small(text("Its interactions stay, canceled; they no longer belong to it.")),
        ],
        submit=text("Delete"),
        close=text("Keep it"),
        meta=meta,
    )


def cancel_campaign(
    run: Logged, campaigns: Mapping[CampaignId, str], meta: Meta, text: Text
) -> dict[str, Any]:
    """Return the form in which a campaign is chosen whose part of a logged segment is to be canceled."""
    choices = [Choice(name, str(campaign)) for campaign, name in campaigns.items()]
    first = choices[0].value if choices else None
    return modal(
        Callback.CANCEL_CAMPAIGN,
        text("Cancel campaign entry"),
        [
            kit.line(_title(run)),
            Fields(meta).select(CAMPAIGN, text("Campaign"), choices, first, optional=False),
            kit.small(text("Its interactions are canceled with it. Reinstate brings them back.")),
        ],
        submit=text("Cancel it"),
        close=text("Keep it"),
        meta=meta,
    )


def _title(run: Logged) -> str:
    return f"{run.segment_number} · {run.description}"


def _count(page: RegisterPage, text: Text) -> str:
    counted = text.count("{n} segment", "{n} segments", page.count)
    if page.pages == 1:
        return counted
    return text("{counted}, page {page} of {pages}", counted=counted, page=page.number + 1, pages=page.pages)


def _row(run: Logged, name: str, page: RegisterPage, text: Text) -> Block:
    logged = text.count("{n} interaction", "{n} interactions", run.done)
    words = [
        f"{run.number} · {_title(run)}",
        f"\n{text.moment(run.at)} · {name} · {logged}",
        *_state(run, text),
    ]
    return kit.item(
        words, kit.more(Action.MORE, *_choices(run, page, text)), f"{LISTED}.{page.number}.{run.id}"
    )


def _state(run: Logged, text: Text) -> list[Part | str]:
    if run.state is not RunState.LOGGED:
        return [" · ", text("in progress; the end is told in our direct message")]
    return [" · ", text("canceled")] if run.canceled_at else []


def _choices(run: Logged, page: RegisterPage, text: Text) -> list[Choice]:
    canceled = page.canceled(run)
    turn = (
        (text("Reinstate"), Action.REINSTATE_LOGGED) if canceled else (text("Cancel"), Action.CANCEL_LOGGED)
    )
    wanted = [
        (text("Entries"), Action.LOGGED_ENTRIES),
        turn,
        (text("Create follow-up segment"), Action.FOLLOW_UP_LOGGED),
        (text("Reuse contacts"), Action.REUSE_LOGGED),
        *([(text("Delete"), Action.DELETE_LOGGED)] if run.canceled_at and page.deletable else []),
        *([(text("Cancel a campaign entry…"), Action.CANCEL_CAMPAIGN)] if _partly(run, page) else []),
    ]
    return [Choice(label, verb(action, run.id)) for label, action in wanted]


def _partly(run: Logged, page: RegisterPage) -> bool:
    return run.canceled_at is None and page.live_campaigns(run)


def _turns(page: RegisterPage, text: Text) -> Block | None:
    newer = kit.button(text("Newer"), f"{Action.LOGGED_SEGMENTS}.1", page.number - 1) if page.number else None
    more = page.number + 1 < page.pages
    older = kit.button(text("Older"), f"{Action.LOGGED_SEGMENTS}.2", page.number + 1) if more else None
    if newer is None and older is None:
        return None
    return kit.actions(newer, older, block_id=f"{LISTED}.{page.number}.turn")
