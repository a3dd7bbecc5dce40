"""Campaigns and opportunities."""

from datetime import date
from typing import Any

from sqlalchemy import insert, or_, select

from bot.domain.campaigns import Campaign, Opportunity, OpportunityStatus
from bot.domain.ids import CampaignId, ContactId, OpportunityId, PersonId
from storage.access import Access
from storage.tables.templates import campaigns, opportunities


class Campaigns:
    """The campaigns and opportunities of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def running(self, day: date) -> list[Campaign]:
        """Return the campaigns that can be chosen on a day."""
        query = (
            select(campaigns)
            .where(
                self._access.mine(campaigns),
                campaigns.c.active,
                or_(campaigns.c.ends.is_(None), campaigns.c.ends >= day),
            )
            .order_by(campaigns.c.number)
            .limit(100)
        )
        return [_campaign(row) for row in self._access.connection.execute(query)]

    def names(self) -> dict[CampaignId, str]:
        """Return what every campaign is called, the ended ones too."""
        query = select(campaigns.c.id, campaigns.c.description).where(self._access.mine(campaigns))
        return {CampaignId(campaign): name for campaign, name in self._access.connection.execute(query)}

    def get(self, campaign: CampaignId) -> Campaign | None:
        """Return one campaign."""
        query = select(campaigns).where(self._access.mine(campaigns), campaigns.c.id == campaign)
        row = self._access.connection.execute(query).one_or_none()
        return None if row is None else _campaign(row)

    def add(self, campaign: Campaign) -> None:
        """Add a campaign."""
        self._access.connection.execute(
            insert(campaigns).values(
                id=campaign.id,
                workspace_id=self._access.workspace,
                number=campaign.number,
                description=campaign.description,
                starts=campaign.starts,
                ends=campaign.ends,
            )
        )

    def open_opportunities(
        self, contact: ContactId, company: ContactId | None, person: PersonId | None
    ) -> list[Opportunity]:
        """Return the open opportunities of a contact's company, narrowed to the salesperson if given."""
        of_contact = opportunities.c.contact_id == contact
        if company is not None:
            of_contact = or_(
                of_contact, opportunities.c.company_id == company, opportunities.c.contact_id == company
            )
        conditions: list[Any] = [self._access.mine(opportunities), of_contact]
        conditions.append(opportunities.c.status.in_([status for status in OpportunityStatus if status.open]))
        if person is not None:
            conditions.append(opportunities.c.salesperson_id == person)
        query = select(opportunities).where(*conditions).order_by(opportunities.c.number).limit(100)
        return [_opportunity(row) for row in self._access.connection.execute(query)]

    def opportunity(self, opportunity: OpportunityId) -> Opportunity | None:
        """Return one opportunity."""
        query = select(opportunities).where(
            self._access.mine(opportunities), opportunities.c.id == opportunity
        )
        row = self._access.connection.execute(query).one_or_none()
        return None if row is None else _opportunity(row)

    def add_opportunity(self, opportunity: Opportunity) -> None:
        """Add an opportunity."""
        self._access.connection.execute(
            insert(opportunities).values(
                id=opportunity.id,
                workspace_id=self._access.workspace,
                number=opportunity.number,
                description=opportunity.description,
                contact_id=opportunity.contact,
                company_id=opportunity.company,
                salesperson_id=opportunity.salesperson,
                status=opportunity.status,
            )
        )


def _campaign(row: Any) -> Campaign:
    return Campaign(
        id=CampaignId(row.id),
        number=row.number,
        description=row.description,
        starts=row.starts,
        ends=row.ends,
    )


def _opportunity(row: Any) -> Opportunity:
    return Opportunity(
        id=OpportunityId(row.id),
        number=row.number,
        description=row.description,
        contact=ContactId(row.contact_id),
        company=row.company_id,
        salesperson=row.salesperson_id,
        status=OpportunityStatus(row.status),
    )
