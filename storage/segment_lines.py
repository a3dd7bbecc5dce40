"""The lines of segments: who is in, in which order, with what of their own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, literal, select, update

from bot.domain.ids import CampaignId, ContactId, PersonId, SegmentId, TemplateId
from bot.domain.interactions import Correspondence, Evaluation, Flow, Initiator
from bot.domain.segments import Line
from storage.access import Access, Row
from storage.tables.contacts import contacts
from storage.tables.segments import segment_lines, segments

companies = contacts.alias("line_companies")


class SegmentLines:
    """The lines of the segments of a workspace; removed ones stay until nobody can go back to them."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def count(self, segment: SegmentId) -> int:
        """Return the number of lines that are in."""
        found = self._access.connection.scalar(select(func.count()).where(self.present(segment)))
        return found or 0

    def get(self, segment: SegmentId, line: int) -> Line | None:
        """Return one line that is in."""
        query = select(segment_lines).where(self.present(segment), segment_lines.c.line == line)
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else line_of(row)

    def page(self, segment: SegmentId, offset: int, limit: int) -> list[Line]:
        """Return some lines that are in, in their order."""
        query = select(segment_lines).where(self.present(segment)).order_by(segment_lines.c.line)
        rows = self._access.connection.execute(query.offset(offset).limit(limit)).mappings()
        return [line_of(row) for row in rows]

    def after(self, segment: SegmentId, line: int, limit: int) -> list[Line]:
        """Return the next lines that are in, in their order."""
        query = select(segment_lines).where(self.present(segment), segment_lines.c.line > line)
        rows = self._access.connection.execute(query.order_by(segment_lines.c.line).limit(limit)).mappings()
        return [line_of(row) for row in rows]

    def holds(self, segment: SegmentId, contact: ContactId) -> bool:
        """Whether a contact is in."""
        query = select(segment_lines.c.line).where(
            self.present(segment), segment_lines.c.contact_id == contact
        )
        return self._access.connection.execute(query.limit(1)).first() is not None

    def contacts_in(self, segment: SegmentId) -> Select[Any]:
        """Return the query of the contacts that are in."""
        return select(segment_lines.c.contact_id).where(self.present(segment))

    def add(self, segment: SegmentId, action: int, chosen: Select[Any]) -> int:
        """Add a line for each contact of a query whose one column is the contact's id; return their number.

        They come in the order of `domain.md` 2.4: company name, company, companies before persons, name.
        """
        wanted = chosen.subquery("chosen")
        wanted_id = next(iter(wanted.c))
        order = func.row_number().over(
            order_by=(
                func.coalesce(companies.c.name, contacts.c.name),
                func.coalesce(contacts.c.company_id, contacts.c.id),
                contacts.c.type,
                contacts.c.name,
                contacts.c.id,
            )
        )
        first = self._access.connection.scalar(
            select(segments.c.next_line).where(self._access.mine(segments), segments.c.id == segment)
        )
        rows = (
            select(
                literal(int(self._access.workspace)),
                literal(int(segment)),
                literal(first) + order - 1,
                contacts.c.id,
                literal(action),
            )
            .select_from(wanted)
            .join(contacts, and_(self._access.mine(contacts), contacts.c.id == wanted_id))
            .outerjoin(
                companies,
                and_(
                    companies.c.workspace_id == contacts.c.workspace_id,
                    companies.c.id == contacts.c.company_id,
                ),
            )
        )
        return self._insert(segment, rows)

    def add_in_order(self, segment: SegmentId, action: int, chosen: Sequence[ContactId]) -> int:
        """Add a line for each of these contacts, in this order."""
        first = self._access.connection.scalar(
            select(segments.c.next_line).where(self._access.mine(segments), segments.c.id == segment)
        )
        rows = [
            {
                "workspace_id": self._access.workspace,
                "segment_id": segment,
                "line": line,
                "contact_id": contact,
                "added_by": action,
            }
            for line, contact in enumerate(chosen, first or 1)
        ]
        if rows:
            self._access.connection.execute(insert(segment_lines), rows)
            self._lead_past(segment, len(rows))
        return len(rows)

    def remove(self, segment: SegmentId, action: int, which: ColumnElement[bool]) -> int:
        """Take out the lines that `which` (a condition on `segment_lines`) is true of; return their number."""
        removed = self._access.connection.execute(
            update(segment_lines).where(self.present(segment), which).values(removed_by=action)
        )
        return removed.rowcount

    def remove_one(self, segment: SegmentId, action: int, line: int) -> int:
        """Take out one line; return how many that were."""
        return self.remove(segment, action, segment_lines.c.line == line)

    def go_back(self, segment: SegmentId, action: int) -> None:
        """Take back what an action did to the membership, with every line as it was."""
        mine = and_(self._access.mine(segment_lines), segment_lines.c.segment_id == segment)
        self._access.connection.execute(delete(segment_lines).where(mine, segment_lines.c.added_by == action))
        self._access.connection.execute(
            update(segment_lines).where(mine, segment_lines.c.removed_by == action).values(removed_by=None)
        )

    def change(self, segment: SegmentId, line: Line) -> bool:
        """Write back what is a line's own; False when the line is no longer in."""
        changed = self._access.connection.execute(
            update(segment_lines)
            .where(self.present(segment), segment_lines.c.line == line.number)
            .values(
                template_id=line.template,
                description=line.description,
                text=line.text,
                evaluation=line.evaluation,
                attempt_failed=line.attempt_failed,
                correspondence=line.correspondence,
                date=line.day,
                salesperson_id=line.salesperson,
                language=line.language,
                flow=line.flow,
                initiated_by=line.initiated_by,
                duration=line.duration,
                cost=line.cost,
                campaign_id=line.campaign,
                attachment_id=line.attachment,
            )
        )
        return bool(changed.rowcount)

    def rejoin(self, segment: SegmentId, template: TemplateId) -> None:
        """Let the lines whose own template has become the header's share it again, with all that comes with it."""
        named = "template_id date salesperson_id campaign_id correspondence language flow initiated_by"
        copies = (*named.split(), "duration", "cost")
        self._access.connection.execute(
            update(segment_lines)
            .where(
                self._access.mine(segment_lines),
                segment_lines.c.segment_id == segment,
                segment_lines.c.template_id == template,
            )
            .values(dict.fromkeys(copies))
        )

    def present(self, segment: SegmentId) -> ColumnElement[bool]:
        """Return the condition that a line is in the segment."""
        return and_(
            self._access.mine(segment_lines),
            segment_lines.c.segment_id == segment,
            segment_lines.c.removed_by.is_(None),
        )

    def _insert(self, segment: SegmentId, rows: Select[Any]) -> int:
        names = ["workspace_id", "segment_id", "line", "contact_id", "added_by"]
        statement = self._access.upsert(segment_lines).from_select(names, rows)
        added: int = self._access.connection.execute(statement).rowcount
        self._lead_past(segment, added)
        return added

    def _lead_past(self, segment: SegmentId, lines: int) -> None:
        self._access.connection.execute(
            update(segments)
            .where(self._access.mine(segments), segments.c.id == segment)
            .values(next_line=segments.c.next_line + lines)
        )


def line_of(row: Row) -> Line:
    """Return a row of `segment_lines` as a line."""
    return Line(
        number=row["line"],
        contact=None if row["contact_id"] is None else ContactId(row["contact_id"]),
        template=None if row["template_id"] is None else TemplateId(row["template_id"]),
        description=row["description"],
        text=row["text"],
        evaluation=Evaluation(row["evaluation"]) if row["evaluation"] else None,
        attempt_failed=row["attempt_failed"],
        correspondence=Correspondence(row["correspondence"]) if row["correspondence"] else None,
        day=row["date"],
        salesperson=None if row["salesperson_id"] is None else PersonId(row["salesperson_id"]),
        language=row["language"],
        flow=Flow(row["flow"]) if row["flow"] else None,
        initiated_by=Initiator(row["initiated_by"]) if row["initiated_by"] else None,
        duration=row["duration"],
        cost=row["cost"],
        campaign=None if row["campaign_id"] is None else CampaignId(row["campaign_id"]),
        attachment=row["attachment_id"],
    )
