"""Campaigns and opportunities (`domain.md` 1.11, 1.12)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.ids import CampaignId, ContactId, OpportunityId, PersonId


class OpportunityStatus(StrEnum):
    """How far an opportunity has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    WON = "won"
    LOST = "lost"

    @property
    def open(self) -> bool:
        """Whether it can still be chosen."""
        return self in (OpportunityStatus.NOT_STARTED, OpportunityStatus.IN_PROGRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign; both ends of its period belong to it."""

    id: CampaignId
    number: str
    description: str
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity:
    """A chance to sell, with one contact or company."""

    id: OpportunityId
    number: str
    description: str
    contact: ContactId
    company: ContactId | None
    salesperson: PersonId | None
    status: OpportunityStatus
