"""Campaigns and opportunities (`domain.md` 1.11, 1.12)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import CampaignId, ContactId, OpportunityId, PersonId
from bot.domain.messages import Message, n_

LISTED = 20
"""So many stand on a page of a list."""

LONGEST_DESCRIPTION = 100
NO_DESCRIPTION = n_("Write what it is called.")
TOO_LONG = n_("This is too long: shorten it to {limit} characters.")


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
    """A campaign; both ends of its period belong to it. A closed one (`active` no more) can't be chosen."""

    id: CampaignId
    number: str
    description: str
    starts: date | None = None
    ends: date | None = None
    salesperson: PersonId | None = None
    active: bool = True
    revision: int = 0

    def running(self, day: date) -> bool:
        """Whether it can be chosen on a day."""
        return self.active and (self.ends is None or self.ends >= day)


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
    campaign: CampaignId | None = None
    comment: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    revision: int = 0

    @property
    def label(self) -> str:
        """What it is called where it is linked to."""
        return f"{self.number} · {self.description}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignTyped:
    """The fields of the form of a campaign."""

    description: str
    starts: date | None
    ends: date | None
    salesperson: PersonId | None

    def problems(self) -> dict[str, Message]:
        """Return what is wrong, by field."""
        found = described(self.description)
        if self.starts and self.ends and self.ends < self.starts:
            found["ends"] = Message("It can't end before it starts.")
        return found


def described(description: str) -> dict[str, Message]:
    """Return what is wrong with a description."""
    if not description.strip():
        return {"description": Message(NO_DESCRIPTION)}
    if len(description) > LONGEST_DESCRIPTION:
        return {"description": Message(TOO_LONG, {"limit": LONGEST_DESCRIPTION})}
    return {}


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign in a list, with how many interactions it has that are not canceled."""

    campaign: Campaign
    interactions: int


@dataclass(frozen=True, slots=True)
class CampaignList:
    """A page of the campaigns, from 0: open ones first, then by number."""

    lines: tuple[CampaignLine, ...]
    page: int
    pages: int


def pages_of(count: int) -> int:
    """Return how many pages a list of so many things has."""
    return max(1, -(-count // LISTED))
