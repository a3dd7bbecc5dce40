"""Campaigns on the screen, for admins: the list, one campaign, its form (`domain.md` 1.11)."""

from collections.abc import Iterator
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.campaigns import Campaign, CampaignLine, CampaignList
from bot.domain.entries import Asked, Filter
from bot.text import Text
from bot.views import kit
from bot.views.asked import written
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Choice, Part

DESCRIPTION, STARTS, ENDS, SALESPERSON = "description", "starts", "ends", "campaign_salesperson"


def campaigns(shown: CampaignList, text: Text) -> dict[str, Any]:
    """Return a page of the campaigns."""
    empty = text(
        "There is no campaign yet. Interactions and segments can be linked to one, and counted by it."
    )
    return modal(
        Callback.NOTICE,
        text("Campaigns"),
        [
            None if shown.lines else kit.line(Part(empty, italic=True)),
            *(_row(line, text) for line in shown.lines),
            kit.actions(
                kit.primary(text("New campaign"), Action.NEW_CAMPAIGN),
                *turns(shown.page, shown.pages, Action.CAMPAIGNS, "", text),
            ),
        ],
        close=text("Close"),
    )


def campaign(one: Campaign, salesperson: str, interactions: int, text: Text) -> dict[str, Any]:
    """Return one campaign."""
    facts = [
        (text("No."), one.number),
        (text("Status"), standing(one, text)),
        (text("Period"), _period(one, text)),
        (text("Salesperson"), salesperson),
        (text("Interactions"), str(interactions)),
    ]
    return modal(
        Callback.NOTICE,
        text("Campaign"),
        [
            kit.header(one.description),
            kit.lines(*(kit.fact(label, value) for label, value in facts if value)),
            kit.actions(*_buttons(one, text)),
        ],
        close=text("Close"),
    )


def form(meta: Meta, one: Campaign | None, salesperson: Choice | None, text: Text) -> dict[str, Any]:
    """Return the form for a campaign."""
    fields = Fields(meta)
    starts, ends = (one.starts, one.ends) if one else (None, None)
    hint = text("Once it has ended it is offered no more. Both may be empty.")
    return modal(
        Callback.CAMPAIGN,
        text("Campaign") if one else text("New campaign"),
        [
            fields.line(DESCRIPTION, text("Description"), one.description if one else "", optional=False),
            fields.day(STARTS, text("First day"), starts.isoformat() if starts else None, optional=True),
            fields.day(ENDS, text("Last day"), ends.isoformat() if ends else None, optional=True, hint=hint),
            fields.search(
                SALESPERSON, text("Salesperson"), text("Search by name"), salesperson, optional=True
            ),
        ],
        submit=text("Save"),
        close=text("Cancel"),
        meta=meta,
    )


def standing(one: Campaign, text: Text) -> str:
    """Return whether a campaign can be chosen."""
    if not one.active:
        return text("closed")
    return text("open") if one.running(text.today) else text("ended")


def counted(interactions: int, text: Text) -> str:
    """Return how many interactions there are."""
    return text.count("{n} interaction", "{n} interactions", interactions)


def turns(page: int, pages: int, action: Action, prefix: str, text: Text) -> Iterator[ButtonElement]:
    """Return the buttons to the pages beside; several in a row are told apart by a number."""
    if page > 0:
        yield kit.button(text("Previous"), f"{action}.1", f"{prefix}{page - 1}")
    if page + 1 < pages:
        yield kit.button(text("Next"), f"{action}.2", f"{prefix}{page + 1}")


def _row(line: CampaignLine, text: Text) -> Block:
    one = line.campaign
    words = [one.number, one.description, standing(one, text), counted(line.interactions, text)]
    beside = kit.named(text("Open"), text("Open {name}", name=one.number), Action.OPEN_CAMPAIGN, one.id)
    return kit.item([" · ".join(words)], beside, f"campaign.{one.id}")


def _period(one: Campaign, text: Text) -> str:
    starts, ends = (text.full_day(day) if day else "" for day in (one.starts, one.ends))
    if starts and ends:
        return text("{first} to {last}", first=starts, last=ends)
    if starts:
        return text("since {day}", day=starts)
    return text("until {day}", day=ends) if ends else ""


def _buttons(one: Campaign, text: Text) -> Iterator[ButtonElement]:
    yield kit.button(text("Edit"), Action.EDIT_CAMPAIGN, one.id)
    if one.active:
        yield kit.button(text("Close campaign"), Action.CLOSE_CAMPAIGN, one.id)
    else:
        yield kit.button(text("Reopen"), Action.REOPEN_CAMPAIGN, one.id)
    behind = written(Asked(Filter(campaign=one.id)))
    yield kit.button(text("Show interactions"), Action.ENTRIES, behind)
    yield kit.button(text("All campaigns"), Action.CAMPAIGNS)
