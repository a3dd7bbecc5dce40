"""Views of campaigns and opportunities."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.campaigns import Campaign, CampaignLine, CampaignList, Opportunity, OpportunityStatus
from bot.domain.ids import CampaignId, ContactId, OpportunityId
from bot.domain.opportunities import Offer, OpportunityLine, OpportunityList, Sheet
from bot.domain.reminder_policy import Policy
from bot.views import campaigns, opportunities, reminder_policy
from bot.views.kit import Choice
from tests.views.things import META, NOW, TEXT, Say, autumn, chance, eva

Page = Callable[[Say], dict[str, Any]]
STARTS, ENDS = date(2026, 11, 1), date(2026, 12, 24)


def campaign(say: Say, number: int = 21, **facts: Any) -> Campaign:
    return replace(autumn(say), id=CampaignId(number), number=f"CP{number:04}", **facts)


def many_campaigns(say: Say) -> dict[str, Any]:
    lines = tuple(CampaignLine(campaign(say, number), number) for number in range(1, 19))
    closed = CampaignLine(campaign(say, 19, active=False), 1)
    ended = CampaignLine(campaign(say, 20, ends=date(2026, 1, 31)), 0)
    return campaigns.campaigns(CampaignList((*lines, closed, ended), 1, 3), TEXT)


def opportunity(say: Say, number: int = 31, **facts: Any) -> Opportunity:
    return replace(chance(say), id=OpportunityId(number), number=f"OP{number:06}", **facts)


def sheet(say: Say, *, changeable: bool = True, **facts: Any) -> Sheet:
    return Sheet(
        opportunity=opportunity(say, comment=say("Wants it in spring."), opened_at=NOW, **facts),
        contact=say("Anna Berg (Fjordbygg AS)"),
        salesperson=eva(say),
        campaign=autumn(say),
        interactions=3,
        changeable=changeable,
        campaigns=(autumn(say),),
    )


def offer(say: Say, contact: str = "") -> Offer:
    return Offer(
        contact=contact,
        salesperson=eva(say),
        campaigns=(autumn(say),),
        campaign=CampaignId(21),
        description=say("Outgoing call"),
        comment=say("Wants it in spring."),
    )


def of_anna(say: Say) -> dict[str, Any]:
    lines = tuple(
        OpportunityLine(opportunity(say, number, status=status), say("Anna Berg"), number)
        for number, status in enumerate(OpportunityStatus, 1)
    )
    shown = OpportunityList(lines, 0, 1, say("Anna Berg (Fjordbygg AS)"))
    return opportunities.opportunities(shown, lines[0].opportunity.contact, TEXT)


def of_all(say: Say) -> dict[str, Any]:
    lines = tuple(
        OpportunityLine(opportunity(say, number), say("Anna Berg") if number < 20 else "", 1)
        for number in range(1, 21)
    )
    return opportunities.opportunities(OpportunityList(lines, 1, 3), None, TEXT)


MODALS: dict[str, Page] = {
    "setup, reminders": lambda _: reminder_policy.form(Policy(), META, TEXT),
    "campaigns": many_campaigns,
    "campaigns, none": lambda _: campaigns.campaigns(CampaignList((), 0, 1), TEXT),
    "campaign": lambda say: campaigns.campaign(campaign(say, starts=STARTS, ends=ENDS), say("Eva"), 12, TEXT),
    "campaign, closed": lambda say: campaigns.campaign(
        campaign(say, active=False, starts=STARTS), "", 1, TEXT
    ),
    "campaign, new": lambda _: campaigns.form(META, None, None, TEXT),
    "campaign, edit": lambda say: campaigns.form(
        META, campaign(say, starts=STARTS, ends=ENDS), Choice(say("Eva"), "3"), TEXT
    ),
    "opportunities": of_all,
    "opportunities, contact": of_anna,
    "opportunities, none": lambda _: opportunities.opportunities(
        OpportunityList((), 0, 1), ContactId(11), TEXT
    ),
    "opportunity": lambda say: opportunities.opportunity(sheet(say), TEXT),
    "opportunity, won": lambda say: opportunities.opportunity(
        sheet(say, status=OpportunityStatus.WON, closed_at=NOW), TEXT
    ),
    "opportunity, another's": lambda say: opportunities.opportunity(sheet(say, changeable=False), TEXT),
    "opportunity, edit": lambda say: opportunities.edit_form(META, sheet(say), TEXT),
    "opportunity, edit won": lambda say: opportunities.edit_form(
        META, sheet(say, status=OpportunityStatus.WON), TEXT
    ),
    "opportunity, new": lambda say: opportunities.new_form(META, offer(say), TEXT),
    "opportunity, new of contact": lambda say: opportunities.new_form(
        META, offer(say, say("Anna Berg")), TEXT
    ),
    "opportunity, of entry": lambda say: opportunities.form_of_entry(
        META, offer(say, say("Anna Berg")), TEXT
    ),
}
