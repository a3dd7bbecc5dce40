"""Campaigns and opportunities of the demo, with some of the latest interactions linked to them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.campaigns import Campaign, Opportunity, OpportunityStatus
from bot.domain.entries import Listed
from bot.domain.ids import CampaignId, OpportunityId, WorkspaceId
from bot.domain.people import EVERYTHING, Person
from bot.domain.templates import CAMPAIGN_SERIES, OPPORTUNITY_SERIES
from storage.store import Store
from storage.work import Work

LOOKED_AT = 8
SOLD = (
    ("Cladding for the new hall", OpportunityStatus.IN_PROGRESS),
    ("Forty window frames", OpportunityStatus.NOT_STARTED),
    ("Roof of the ferry terminal", OpportunityStatus.WON),
    ("Maintenance for three years", OpportunityStatus.LOST),
)


def seed_campaigns(store: Store, workspace: WorkspaceId) -> CampaignId:
    """Add a campaign that runs and one that is closed; return the one that runs."""
    with store.begin(workspace) as work:
        fair = _campaign(work, "Autumn fair", 30, active=True)
        _campaign(work, "Summer mailing", -60, active=False)
    return fair


def seed_opportunities(
    store: Store, workspace: WorkspaceId, salespeople: Sequence[Person], fair: CampaignId
) -> None:
    """Add an opportunity or two for each salesperson, and link to it what was said about it."""
    with store.begin(workspace) as work:
        for place, person in enumerate(salespeople):
            latest = work.entries.latest_of_person(person.id, EVERYTHING, LOOKED_AT)
            with_contact = [one for one in latest if one.entry.contact is not None]
            for which, listed in enumerate(with_contact[:2]):
                chance = _opportunity(work, person, listed, place * 2 + which, fair)
                work.entries.change(listed.entry, replace(listed.entry, opportunity=chance))


def _campaign(work: Work, name: str, ends_in: int, *, active: bool) -> CampaignId:
    today = work.access.clock.now().date()
    made = Campaign(
        id=CampaignId(work.access.ids()),
        number=work.numbers.take(CAMPAIGN_SERIES),
        description=name,
        starts=today + timedelta(days=ends_in - 60),
        ends=today + timedelta(days=ends_in),
        active=active,
    )
    work.campaigns.add(made)
    return made.id


def _opportunity(
    work: Work, person: Person, listed: Listed, which: int, campaign: CampaignId
) -> OpportunityId:
    words, status = SOLD[which % len(SOLD)]
    now, contact = work.access.clock.now(), listed.entry.contact
    assert contact is not None  # noqa: S101 - the caller looked
    made = Opportunity(
        id=OpportunityId(work.access.ids()),
        number=work.numbers.take(OPPORTUNITY_SERIES),
        description=words,
        contact=contact,
        company=listed.entry.company,
        salesperson=person.id,
        status=status,
        campaign=campaign,
        comment=listed.entry.comment,
        opened_at=now,
        closed_at=None if status.open else now,
    )
    work.opportunities.add(made)
    return made.id
