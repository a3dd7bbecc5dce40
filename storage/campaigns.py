"""Campaigns."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, insert, or_, select, update

from bot.domain.campaigns import Campaign
from bot.domain.ids import CampaignId
from storage.access import Access
from storage.tables.interactions import entries
from storage.tables.templates import campaigns


class Campaigns:
    """The campaigns of a workspace."""

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

    def all(self) -> list[Campaign]:
        """Return every campaign, by number."""
        query = select(campaigns).where(self._access.mine(campaigns)).order_by(campaigns.c.number)
        return [_campaign(row) for row in self._access.connection.execute(query)]

    def page(self, offset: int, limit: int) -> list[Campaign]:
        """Return some of the campaigns, the open ones first."""
        query = (
            select(campaigns)
            .where(self._access.mine(campaigns))
            .order_by(campaigns.c.active.desc(), campaigns.c.number)
            .offset(offset)
            .limit(limit)
        )
        return [_campaign(row) for row in self._access.connection.execute(query)]

    def count(self) -> int:
        """Return how many campaigns there are."""
        query = select(func.count()).select_from(campaigns).where(self._access.mine(campaigns))
        return self._access.connection.scalar(query) or 0

    def interactions(self, wanted: Sequence[CampaignId]) -> dict[CampaignId, int]:
        """Return how many interactions each of these has that are not canceled; none is left out."""
        query = (
            select(entries.c.campaign_id, func.count())
            .where(
                self._access.mine(entries),
                entries.c.campaign_id.in_(wanted),
                entries.c.campaign_id.is_not(None),
                entries.c.canceled_at.is_(None),
            )
            .group_by(entries.c.campaign_id)
        )
        return {CampaignId(one): count for one, count in self._access.connection.execute(query)}

    def add(self, campaign: Campaign) -> None:
        """Add a campaign."""
        self._access.connection.execute(
            insert(campaigns).values(workspace_id=self._access.workspace, **_columns(campaign))
        )

    def change(self, campaign: Campaign) -> bool:
        """Write back a campaign; False when it was changed since it was read."""
        changed = self._access.connection.execute(
            update(campaigns)
            .where(
                self._access.mine(campaigns),
                campaigns.c.id == campaign.id,
                campaigns.c.revision == campaign.revision,
            )
            .values(**_columns(campaign) | {"revision": campaign.revision + 1})
        )
        return bool(changed.rowcount)


def _campaign(row: Any) -> Campaign:
    return Campaign(
        id=CampaignId(row.id),
        number=row.number,
        description=row.description,
        starts=row.starts,
        ends=row.ends,
        salesperson=row.salesperson_id,
        active=row.active,
        revision=row.revision,
    )


def _columns(campaign: Campaign) -> dict[str, Any]:
    return {
        "id": campaign.id,
        "number": campaign.number,
        "description": campaign.description,
        "starts": campaign.starts,
        "ends": campaign.ends,
        "salesperson_id": campaign.salesperson,
        "active": campaign.active,
        "revision": campaign.revision,
    }
