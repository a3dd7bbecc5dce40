"""Rows of campaigns and opportunities (`domain.md` 1.11, 1.12)."""

from dataclasses import replace
from typing import Any

from bot.domain.campaigns import Campaign, CampaignTyped, Opportunity, OpportunityStatus, described
from bot.domain.contacts import Contact
from bot.domain.erasure import is_erased
from bot.domain.ids import CampaignId, OpportunityId
from bot.domain.import_cells import Fault
from bot.domain.setup_lists import Row
from bot.domain.templates import CAMPAIGN_SERIES, OPPORTUNITY_SERIES
from bot.services.numbering import Numbering
from bot.services.setup_rows import Outcome, person_of, refuse, same
from storage.work import Work


class CampaignRows:
    """Takes campaigns, each known by its number, else by its description."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known = {one.number: one for one in work.campaigns.all()}
        self._numbers = Numbering(work, CAMPAIGN_SERIES)

    def take(self, row: Row) -> Outcome:
        """Make or change a campaign.

        Raises:
            Fault: it has no description, ends before it starts, or names nobody whom we know.
        """
        before = self._before(row)
        base = before or Campaign(id=CampaignId(self._work.access.ids()), number="", description="")
        after = replace(base, **self._said(row))
        _checked(after)
        if before is None:
            after = replace(after, number=self._numbers.of(row.get("number")))
            self._work.campaigns.add(after)
        elif after != before:
            self._work.campaigns.change(after)
        self._known[after.number] = replace(after, revision=after.revision + (after != before))
        if before is None:
            return Outcome.NEW
        return Outcome.UNCHANGED if after == before else Outcome.CHANGED

    def _before(self, row: Row) -> Campaign | None:
        if row.get("number"):
            return self._known.get(row["number"])
        named = (one for one in self._known.values() if same(one.description, row.get("description") or ""))
        return next(named, None)

    def _said(self, row: Row) -> dict[str, Any]:
        found = {name: row[name] for name in ("starts", "ends", "active") if name in row}
        if "description" in row:
            found["description"] = row["description"] or ""
        if "salesperson" in row:
            found["salesperson"] = person_of(self._work, row["salesperson"])
        return found


class OpportunityRows:
    """Takes opportunities, each known by its number, else by its contact and description."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._campaigns = {one.number: one.id for one in work.campaigns.all()}
        self._numbers = Numbering(work, OPPORTUNITY_SERIES)

    def take(self, row: Row) -> Outcome:
        """Make or change an opportunity.

        Raises:
            Fault: it has no description or contact, or names what is not there.
        """
        contact = self._contact(row)
        before = self._before(row, contact)
        said = self._said(row)
        if contact is not None:
            said |= {"contact": contact.id, "company": contact.company}
        refuse(described(said.get("description", before.description if before else "")))
        if before is None:
            self._work.opportunities.add(self._made(row, contact, said))
            return Outcome.NEW
        after = self._closed(replace(before, **said), before)
        if after == before:
            return Outcome.UNCHANGED
        self._work.opportunities.change(after)
        return Outcome.CHANGED

    def _made(self, row: Row, contact: Contact | None, said: dict[str, Any]) -> Opportunity:
        if contact is None:
            raise Fault("“{title}” is blank: fill it in.", title="Contact No.")
        if contact.privacy_blocked:
            raise Fault("{name} asked not to be recorded: leave the row out.", name=contact.name)
        made = Opportunity(
            id=OpportunityId(self._work.access.ids()),
            number=self._numbers.of(row.get("number")),
            **{"salesperson": None, "status": OpportunityStatus.NOT_STARTED, "description": ""} | said,
            opened_at=self._work.access.clock.now(),
        )
        return self._closed(made, None)

    def _closed(self, after: Opportunity, before: Opportunity | None) -> Opportunity:
        """Return it with the moment at which it was closed."""
        if after.status.open:
            return replace(after, closed_at=None)
        still = before is not None and before.status is after.status
        return after if still else replace(after, closed_at=self._work.access.clock.now())

    def _before(self, row: Row, contact: Contact | None) -> Opportunity | None:
        if row.get("number"):
            return self._work.opportunities.numbered(row["number"])
        if contact is None:
            return None
        found = self._work.opportunities.page(contact.id, 0, 1000)
        his = (one for one in found if one.contact == contact.id)
        return next((one for one in his if same(one.description, row.get("description") or "")), None)

    def _contact(self, row: Row) -> Contact | None:
        if not row.get("contact"):
            return None
        found = next(iter(self._work.contacts.numbered([row["contact"]])), None)
        if found is None or is_erased(found):
            raise Fault("There is no contact {number}: import contacts first.", number=row["contact"])
        return found

    def _said(self, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if "description" in row:
            found["description"] = row["description"] or ""
        if "comment" in row:
            found["comment"] = row["comment"]
        if row.get("status"):
            found["status"] = row["status"]
        if "salesperson" in row:
            found["salesperson"] = person_of(self._work, row["salesperson"])
        if "campaign" in row:
            found["campaign"] = self._campaign(row["campaign"])
        return found

    def _campaign(self, number: str | None) -> CampaignId | None:
        if number is None:
            return None
        if number not in self._campaigns:
            raise Fault("There is no campaign {number}: import it first.", number=number)
        return self._campaigns[number]


def _checked(campaign: Campaign) -> None:
    typed = CampaignTyped(
        description=campaign.description,
        starts=campaign.starts,
        ends=campaign.ends,
        salesperson=campaign.salesperson,
    )
    refuse(typed.problems())
