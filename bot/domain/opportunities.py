"""What the page, the lists and the forms of opportunities show (`domain.md` 1.12)."""

from dataclasses import dataclass

from bot.domain.campaigns import Campaign, Opportunity, OpportunityStatus, described
from bot.domain.ids import CampaignId, PersonId
from bot.domain.messages import Message
from bot.domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class OpportunityTyped:
    """The fields of the form of an opportunity."""

    description: str
    salesperson: PersonId | None
    campaign: CampaignId | None
    status: OpportunityStatus
    comment: str

    def problems(self) -> dict[str, Message]:
        """Return what is wrong, by field."""
        return described(self.description)


@dataclass(frozen=True, slots=True)
class OpportunityLine:
    """An opportunity in a list, with its contact and how many interactions it has that are not canceled."""

    opportunity: Opportunity
    contact: str
    interactions: int


@dataclass(frozen=True, slots=True)
class OpportunityList:
    """A page of opportunities, from 0: open ones first, then by number; `contact` where they are of one alone."""

    lines: tuple[OpportunityLine, ...]
    page: int
    pages: int
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An opportunity as its page shows it; `campaigns` are those to choose from."""

    opportunity: Opportunity
    contact: str
    salesperson: Person | None
    campaign: Campaign | None
    interactions: int
    changeable: bool
    campaigns: tuple[Campaign, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a new opportunity begins with; without a contact that is still to be chosen."""

    contact: str
    salesperson: Person
    campaigns: tuple[Campaign, ...]
    campaign: CampaignId | None = None
    description: str = ""
    comment: str = ""
