"""The lines of segments: who is in, in which order, with what of their own."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, literal, select, update

from bot.domain.ids import CampaignId, ContactId, PersonId, SegmentId, TemplateId
from bot.domain.interactions import Correspondence, Evaluation, Flow, Initiator
from bot.domain.segments import Line
from storage.access import Access, Row, always
from storage.listed import listed
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

    def ordered(self, chosen: Select[Any]) -> list[ContactId]:
        """Return the contacts of a query whose one column is the contact's id, in the order in which they join.

        That is the order of `domain.md` 2.4: company name, company, companies before persons, name.
        """
        wanted = chosen.subquery("chosen")
        query = (
            select(contacts.c.id)
            .select_from(wanted)
            .join(contacts, and_(self._access.mine(contacts), contacts.c.id == next(iter(wanted.c))))
            .outerjoin(
                companies,
                and_(
                    companies.c.workspace_id == contacts.c.workspace_id,
                    companies.c.id == contacts.c.company_id,
                ),
            )
            .order_by(
                func.coalesce(companies.c.name, contacts.c.name),
                func.coalesce(contacts.c.company_id, contacts.c.id),
                contacts.c.type,
                contacts.c.name,
                contacts.c.id,
            )
        )
        return [ContactId(one) for one in self._access.connection.scalars(query)]

    def add_in_order(self, segment: SegmentId, action: int, chosen: Sequence[ContactId]) -> int:
        """Add a line for each of these contacts, in this order; return how many there still were."""
        first = (
            select(segments.c.next_line)
            .where(self._access.mine(segments), segments.c.id == segment)
            .scalar_subquery()
        )
        wanted = listed(self._access, chosen)
        there = exists().where(self._access.mine(contacts), contacts.c.id == wanted.c.value)
        rows = select(
            literal(int(self._access.workspace)),
            literal(int(segment)),
            first + wanted.c.place,
            wanted.c.value,
            literal(action),
        ).where(there)
        names = ["workspace_id", "segment_id", "line", "contact_id", "added_by"]
        statement = self._access.upsert(segment_lines).from_select(names, rows)
        added: int = self._access.connection.execute(statement).rowcount
        self._lead_past(segment, len(chosen))
        return added

    def which(self, segment: SegmentId, condition: ColumnElement[bool]) -> list[int]:
        """Return the lines that are in and of which a condition on `segment_lines` is true."""
        query = select(segment_lines.c.line).where(self.present(segment), condition)
        return list(self._access.connection.scalars(query.order_by(segment_lines.c.line)))

    def remove(self, segment: SegmentId, action: int, lines: Sequence[int]) -> int:
        """Take these lines out, as part of an action; return how many were in."""
        removed = self._access.connection.execute(
            update(segment_lines).where(self.present(segment), self._among(lines)).values(removed_by=action)
        )
        return removed.rowcount

    def added_by(self, segment: SegmentId, action: int) -> list[int]:
        """Return the lines that an action added."""
        return self._all(segment, segment_lines.c.added_by == action)

    def removed_by(self, segment: SegmentId, action: int) -> list[int]:
        """Return the lines that an action took out."""
        return self._all(segment, segment_lines.c.removed_by == action)

    def all(self, segment: SegmentId) -> list[int]:
        """Return all lines, those that were taken out too."""
        return self._all(segment, always())

    def bring_back(self, segment: SegmentId, lines: Sequence[int]) -> int:
        """Let lines be in again that were taken out, as they were; return how many that were."""
        back = self._access.connection.execute(
            update(segment_lines).where(self._of(segment), self._among(lines)).values(removed_by=None)
        )
        return back.rowcount

    def forget(self, segment: SegmentId, lines: Sequence[int]) -> int:
        """Delete lines for good; return how many that were."""
        return self._access.connection.execute(
            delete(segment_lines).where(self._of(segment), self._among(lines))
        ).rowcount

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
        return and_(self._of(segment), segment_lines.c.removed_by.is_(None))

    def _of(self, segment: SegmentId) -> ColumnElement[bool]:
        return and_(self._access.mine(segment_lines), segment_lines.c.segment_id == segment)

    def _all(self, segment: SegmentId, condition: ColumnElement[bool]) -> list[int]:
        query = select(segment_lines.c.line).where(self._of(segment), condition)
        return list(self._access.connection.scalars(query.order_by(segment_lines.c.line)))

    def _among(self, lines: Sequence[int]) -> ColumnElement[bool]:
        """Return the condition that a line is one of these; the first and the last keep the look short."""
        line = segment_lines.c.line
        return and_(line.between(lines[0], lines[-1]), line.in_(select(listed(self._access, lines).c.value)))

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
