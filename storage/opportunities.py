"""Opportunities."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert, or_, select, update

from bot.domain.campaigns import Opportunity, OpportunityStatus
from bot.domain.ids import ContactId, OpportunityId, PersonId
from storage.access import Access
from storage.tables.interactions import entries
from storage.tables.templates import opportunities

_OPEN = opportunities.c.status.in_([status for status in OpportunityStatus if status.open])


class Opportunities:
    """The opportunities of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def open_of(
        self, contact: ContactId, company: ContactId | None, person: PersonId | None
    ) -> list[Opportunity]:
        """Return the open opportunities of a contact's company: a salesperson's and nobody's, if one is given."""
        conditions = [_of_contact(contact, company), _OPEN]
        if person is not None:
            his = opportunities.c.salesperson_id
            conditions.append(or_(his == person, his.is_(None)))
        return self._found(0, 100, *conditions)

    def page(self, contact: ContactId | None, offset: int, limit: int) -> list[Opportunity]:
        """Return some of the opportunities, of a contact or of everybody: the open ones first."""
        return self._found(offset, limit, *_with(contact))

    def count(self, contact: ContactId | None) -> int:
        """Return how many opportunities there are, with a contact or with everybody."""
        query = select(func.count()).select_from(opportunities)
        return (
            self._access.connection.scalar(query.where(self._access.mine(opportunities), *_with(contact)))
            or 0
        )

    def all(self) -> list[Opportunity]:
        """Return every opportunity, by number."""
        query = select(opportunities).where(self._access.mine(opportunities)).order_by(opportunities.c.number)
        return [_opportunity(row) for row in self._access.connection.execute(query)]

    def get(self, opportunity: OpportunityId) -> Opportunity | None:
        """Return one opportunity."""
        query = select(opportunities).where(
            self._access.mine(opportunities), opportunities.c.id == opportunity
        )
        row = self._access.connection.execute(query).one_or_none()
        return None if row is None else _opportunity(row)

    def numbered(self, number: str) -> Opportunity | None:
        """Return the opportunity of a number."""
        query = select(opportunities).where(
            self._access.mine(opportunities), opportunities.c.number == number
        )
        row = self._access.connection.execute(query).one_or_none()
        return None if row is None else _opportunity(row)

    def interactions(self, wanted: Sequence[OpportunityId]) -> dict[OpportunityId, int]:
        """Return how many interactions each of these has that are not canceled; none is left out."""
        query = (
            select(entries.c.opportunity_id, func.count())
            .where(
                self._access.mine(entries),
                entries.c.opportunity_id.in_(wanted),
                entries.c.opportunity_id.is_not(None),
                entries.c.canceled_at.is_(None),
            )
            .group_by(entries.c.opportunity_id)
        )
        return {OpportunityId(one): count for one, count in self._access.connection.execute(query)}

    def add(self, opportunity: Opportunity) -> None:
        """Add an opportunity."""
        self._access.connection.execute(
            insert(opportunities).values(workspace_id=self._access.workspace, **_columns(opportunity))
        )

    def change(self, opportunity: Opportunity) -> bool:
        """Write back an opportunity; False when it was changed since it was read."""
        changed = self._access.connection.execute(
            update(opportunities)
            .where(
                self._access.mine(opportunities),
                opportunities.c.id == opportunity.id,
                opportunities.c.revision == opportunity.revision,
            )
            .values(**_columns(opportunity) | {"revision": opportunity.revision + 1})
        )
        return bool(changed.rowcount)

    def _found(self, offset: int, limit: int, *conditions: ColumnElement[bool]) -> list[Opportunity]:
        query = (
            select(opportunities)
            .where(self._access.mine(opportunities), *conditions)
            .order_by(case((_OPEN, 0), else_=1), opportunities.c.number)
            .offset(offset)
            .limit(limit)
        )
        return [_opportunity(row) for row in self._access.connection.execute(query)]


def _of_contact(contact: ContactId, company: ContactId | None) -> ColumnElement[bool]:
    of_contact = opportunities.c.contact_id == contact
    if company is None:
        return of_contact
    return or_(of_contact, opportunities.c.company_id == company, opportunities.c.contact_id == company)


def _with(contact: ContactId | None) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that an opportunity is a contact's; a company's are also those of its people."""
    if contact is None:
        return ()
    return (or_(opportunities.c.contact_id == contact, opportunities.c.company_id == contact),)


def _opportunity(row: Any) -> Opportunity:
    return Opportunity(
        id=OpportunityId(row.id),
        number=row.number,
        description=row.description,
        contact=ContactId(row.contact_id),
        company=row.company_id,
        salesperson=row.salesperson_id,
        status=OpportunityStatus(row.status),
        campaign=row.campaign_id,
        comment=row.comment,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        revision=row.revision,
    )


def _columns(opportunity: Opportunity) -> dict[str, Any]:
    return {
        "id": opportunity.id,
        "number": opportunity.number,
        "description": opportunity.description,
        "contact_id": opportunity.contact,
        "company_id": opportunity.company,
        "salesperson_id": opportunity.salesperson,
        "status": opportunity.status,
        "campaign_id": opportunity.campaign,
        "comment": opportunity.comment,
        "opened_at": opportunity.opened_at,
        "closed_at": opportunity.closed_at,
        "revision": opportunity.revision,
    }
