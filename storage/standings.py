"""How things stand with a contact: what waits for him, and the segments he is in; a company with its people."""

from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select

from bot.domain.ids import ContactId
from bot.domain.people import Scope
from bot.domain.postponed import Draft, DraftState
from bot.domain.segments import Segment, SegmentState
from bot.domain.tasks import Task
from storage.access import Access, always
from storage.postponed import draft_of
from storage.segments import segment_of, within_segments
from storage.tables.contacts import contacts
from storage.tables.interactions import drafts, tasks
from storage.tables.segments import segment_lines, segments
from storage.tasks import task_of


class Standings:
    """What stands open with contacts; `scope` names the people whose things the reader may know of."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def drafts(self, contact: ContactId, scope: Scope, limit: int) -> list[Draft]:
        """Return postponed interactions with a contact, newest first."""
        query = (
            select(drafts)
            .where(
                self._access.mine(drafts),
                drafts.c.state == DraftState.OPEN,
                drafts.c.kept,
                self._meant(drafts.c.contact_id, contact),
                _of(drafts.c.owner_id, scope),
            )
            .order_by(drafts.c.saved_at.desc())
        )
        return [draft_of(row) for row in self._access.connection.execute(query.limit(limit)).mappings()]

    def tasks(self, contact: ContactId, scope: Scope, limit: int) -> list[Task]:
        """Return open follow-ups with a contact, the earliest due first."""
        query = (
            select(tasks)
            .where(
                self._access.mine(tasks),
                tasks.c.closed_at.is_(None),
                self._meant(tasks.c.contact_id, contact),
                _of(tasks.c.salesperson_id, scope),
            )
            .order_by(tasks.c.due, tasks.c.id)
        )
        return [task_of(row) for row in self._access.connection.execute(query.limit(limit)).mappings()]

    def segments(self, contact: ContactId, scope: Scope, limit: int) -> list[Segment]:
        """Return segments in work in which a contact is, changed last first."""
        line = exists().where(
            segment_lines.c.workspace_id == segments.c.workspace_id,
            segment_lines.c.segment_id == segments.c.id,
            segment_lines.c.contact_id == contact,
            segment_lines.c.removed_by.is_(None),
        )
        query = (
            select(segments)
            .where(
                self._access.mine(segments),
                segments.c.state != SegmentState.LOGGED,
                within_segments(scope),
                line,
            )
            .order_by(segments.c.changed_at.desc(), segments.c.id.desc())
        )
        return [segment_of(row) for row in self._access.connection.execute(query.limit(limit)).mappings()]

    def _meant(self, column: Any, contact: ContactId) -> ColumnElement[bool]:
        people = select(contacts.c.id).where(self._access.mine(contacts), contacts.c.company_id == contact)
        return or_(column == contact, column.in_(people))


def _of(column: Any, scope: Scope) -> ColumnElement[bool]:
    return always() if scope.people is None else column.in_(sorted(scope.people))
