"""Which campaigns and opportunities can be chosen: those that are open."""

from dataclasses import replace
from datetime import date

from bot.domain.campaigns import Campaign
from bot.domain.ids import CampaignId, OpportunityId
from bot.domain.interactions import Template
from storage.work import Work


def campaigns_for(work: Work, today: date, own: CampaignId | None) -> tuple[Campaign, ...]:
    """Return the campaigns to choose from: those that run, and the one that is chosen already."""
    running = work.campaigns.running(today)
    chosen = work.campaigns.get(own) if own is not None and own not in {one.id for one in running} else None
    return (*running, chosen) if chosen else tuple(running)


def still_offered(
    work: Work, today: date, campaign: CampaignId | None, opportunity: OpportunityId | None
) -> tuple[CampaignId | None, OpportunityId | None]:
    """Return what of an older interaction a new one can be linked to."""
    ran = work.campaigns.get(campaign) if campaign is not None else None
    chance = work.opportunities.get(opportunity) if opportunity is not None else None
    return (
        campaign if ran is not None and ran.running(today) else None,
        opportunity if chance is not None and chance.status.open else None,
    )


def while_it_runs(work: Work, template: Template) -> Template:
    """Return a template as it fills a form: without its campaign, once that is closed or has ended."""
    if template.campaign is None:
        return template
    found = work.campaigns.get(template.campaign)
    running = found is not None and found.running(work.access.clock.now().date())
    return template if running else replace(template, campaign=None)
