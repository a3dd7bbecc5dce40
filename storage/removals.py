"""Contacts that go: a few rows at a time, everything that names one is given to its heir, and back by Undo."""

from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from bot.domain.campaigns import OpportunityStatus
from bot.domain.contacts import Contact
from bot.domain.ids import ContactId, OperationId, PersonId, RemovalId, WorkspaceId
from bot.domain.postponed import DraftState
from bot.domain.removals import Counts, Removal, RemovalKind, RemovalState
from bot.domain.segments import SegmentState
from bot.domain.tasks import TaskStatus
from storage.access import Access
from storage.contact_rows import contact_of
from storage.contacts import Contacts
from storage.references import PLACES, Place
from storage.removal_moves import give, give_back, left_behind
from storage.tables.contacts import contacts
from storage.tables.interactions import drafts, entries, tasks
from storage.tables.removals import removed_contacts, removed_references
from storage.tables.segments import segment_lines, segments
from storage.tables.templates import opportunities

_UNDER_WAY = (RemovalState.MOVING, RemovalState.RETURNING)
_CLOSED = (TaskStatus.COMPLETED, TaskStatus.CANCELED)


class Removals:
    """The contacts of a workspace that go or have gone."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, removal: Removal) -> None:
        """Write down that a contact goes; `step` and `leave` do it."""
        self._access.connection.execute(
            insert(removed_contacts),
            {
                "id": removal.id,
                "workspace_id": self._access.workspace,
                "contact_id": removal.contact,
                "number": removal.number,
                "kind": removal.kind,
                "heir_id": removal.heir,
                "state": removal.state,
                "operation_id": removal.operation,
                "before": dict(removal.before),
                "filled": dict(removal.filled),
                "removed_at": self._access.clock.now(),
            },
        )

    def lock(self, removal: RemovalId) -> Removal | None:
        """Return one, and let nobody else go on with it until the commit."""
        query = select(removed_contacts).where(
            self._access.mine(removed_contacts), removed_contacts.c.id == removal
        )
        row = self._access.connection.execute(query.with_for_update()).one_or_none()
        return None if row is None else _removal(row)

    def of_operation(self, operation: OperationId) -> Removal | None:
        """Return the one that an operation began."""
        query = select(removed_contacts.c.id).where(
            self._access.mine(removed_contacts), removed_contacts.c.operation_id == operation
        )
        found = self._access.connection.scalar(query)
        return None if found is None else self.lock(RemovalId(found))

    def turn(self, removal: RemovalId, state: RemovalState) -> None:
        """Note how far one has come."""
        self._access.connection.execute(
            update(removed_contacts)
            .where(self._access.mine(removed_contacts), removed_contacts.c.id == removal)
            .values(state=state)
        )

    def busy(self, *some: ContactId) -> bool:
        """Whether one of these goes, or is the heir of one that goes, at this moment."""
        query = select(removed_contacts.c.id).where(
            self._access.mine(removed_contacts),
            removed_contacts.c.state.in_(_UNDER_WAY),
            or_(removed_contacts.c.contact_id.in_(some), removed_contacts.c.heir_id.in_(some)),
        )
        return self._access.connection.execute(query.limit(1)).first() is not None

    def heir_of(self, number: str) -> ContactId | None:
        """Return who bears what was logged under a number that is gone, None where nobody does."""
        query = (
            select(removed_contacts.c.heir_id)
            .where(
                self._access.mine(removed_contacts),
                removed_contacts.c.number == number.strip().upper(),
                removed_contacts.c.kind == RemovalKind.MERGE,
                removed_contacts.c.state.in_((RemovalState.GONE, RemovalState.MOVING)),
            )
            .order_by(removed_contacts.c.id.desc())
            .limit(1)
        )
        found = self._access.connection.scalar(query)
        return None if found is None else ContactId(found)

    def heirs(self) -> dict[str, str]:
        """Return the numbers of contacts that were merged into others, with the numbers of these."""
        query = (
            select(removed_contacts.c.number, contacts.c.number)
            .join(
                contacts,
                and_(
                    contacts.c.workspace_id == removed_contacts.c.workspace_id,
                    contacts.c.id == removed_contacts.c.heir_id,
                ),
            )
            .where(
                self._access.mine(removed_contacts),
                removed_contacts.c.kind == RemovalKind.MERGE,
                removed_contacts.c.state == RemovalState.GONE,
            )
        )
        return {row[0]: row[1] for row in self._access.connection.execute(query)}

    def merged_into(self, contact: ContactId) -> list[Contact]:
        """Return the contacts that were merged into another, as far as it is still known what they were."""
        query = select(removed_contacts.c.before).where(
            self._access.mine(removed_contacts),
            removed_contacts.c.heir_id == contact,
            removed_contacts.c.kind == RemovalKind.MERGE,
        )
        rows = [before for before in self._access.connection.scalars(query) if before]
        return [contact_of(row | {"company_name": ""}) for row in rows]

    def step(self, removal: Removal, limit: int) -> int:
        """Give some of what names the contact to its heir; return how many, 0 when nothing names it any more."""
        self._by_index()
        for place in PLACES.values():
            keys = self._naming(place, removal.contact, limit)
            if keys:
                give(self._access, removal, place, keys)
                return len(keys)
        return 0

    def step_back(self, removal: Removal, limit: int) -> int:
        """Give some of what was given away back; return how many, 0 when nothing is left to give."""
        self._by_index()
        query = (
            select(removed_references)
            .where(self._access.mine(removed_references), removed_references.c.removal_id == removal.id)
            .order_by(*removed_references.primary_key.columns)
            .limit(limit)
        )
        found = self._access.connection.execute(query).all()
        give_back(self._access, removal, found)
        return len(found)

    def left_behind(self, removal: Removal) -> int:
        """Return how much was changed since it was given away, so that it does not come back."""
        return sum(left_behind(self._access, removal, place) for place in PLACES.values())

    def counts(self, contact: ContactId) -> Counts:
        """Return how much names a contact."""
        of_contact = or_(entries.c.contact_id == contact, entries.c.company_id == contact)
        chances = or_(opportunities.c.contact_id == contact, opportunities.c.company_id == contact)
        still_open = opportunities.c.status.in_([one for one in OpportunityStatus if one.open])
        mine = tasks.c.contact_id == contact
        present = and_(segment_lines.c.contact_id == contact, segment_lines.c.removed_by.is_(None))
        return Counts(
            entries=self._count(entries, of_contact),
            drafts=self._count(
                drafts, and_(drafts.c.contact_id == contact, drafts.c.state == DraftState.OPEN)
            ),
            tasks=self._count(tasks, mine),
            open_tasks=self._count(tasks, and_(mine, tasks.c.status.not_in(_CLOSED))),
            lines=self._count(segment_lines, present),
            people=self._count(contacts, contacts.c.company_id == contact),
            opportunities=self._count(opportunities, chances),
            open_opportunities=self._count(opportunities, and_(chances, still_open)),
        )

    def draft_owners(self, contact: ContactId) -> list[PersonId]:
        """Return the owners of the postponed interactions with a contact, each as often as he has one."""
        query = select(drafts.c.owner_id).where(
            self._access.mine(drafts),
            drafts.c.contact_id == contact,
            drafts.c.state == DraftState.OPEN,
            drafts.c.kept,
        )
        return [PersonId(owner) for owner in self._access.connection.scalars(query)]

    def segments_of(self, contact: ContactId, *states: SegmentState) -> list[str]:
        """Return the numbers of the segments in these states in which a contact is."""
        query = (
            select(segments.c.number)
            .join(
                segment_lines,
                and_(
                    segment_lines.c.workspace_id == segments.c.workspace_id,
                    segment_lines.c.segment_id == segments.c.id,
                ),
            )
            .where(
                self._access.mine(segments),
                segments.c.state.in_(states),
                segment_lines.c.contact_id == contact,
                segment_lines.c.removed_by.is_(None),
            )
            .distinct()
            .order_by(segments.c.number)
        )
        return list(self._access.connection.scalars(query))

    def leave(self, removal: Removal) -> None:
        """Let the contact go, which nothing names any more."""
        Contacts(self._access).remove(frozenset({removal.contact}))
        self.turn(removal.id, RemovalState.GONE)

    def drop_lines(self, contact: ContactId) -> None:
        """Forget that a contact once was in segments that are not logged: Go back can't bring it back any more."""
        active = select(segments.c.id).where(
            self._access.mine(segments), segments.c.state == SegmentState.ACTIVE
        )
        self._access.connection.execute(
            delete(segment_lines).where(
                self._access.mine(segment_lines),
                segment_lines.c.contact_id == contact,
                segment_lines.c.removed_by.is_not(None),
                segment_lines.c.segment_id.in_(active),
            )
        )

    def _by_index(self) -> None:
        """Let PostgreSQL plan for indexes: of what was just written it does not know yet how much it is."""
        if self._access.dialect == "postgresql":
            self._access.connection.exec_driver_sql("SELECT set_config('enable_seqscan', 'off', true)")

    def _naming(self, place: Place, contact: ContactId, limit: int) -> list[tuple[int, ...]]:
        query = (
            select(*place.keys).where(self._access.mine(place.table), place.column == contact).limit(limit)
        )
        return [tuple(row) for row in self._access.connection.execute(query)]

    def _count(self, table: Any, which: Any) -> int:
        query = select(func.count()).select_from(table).where(self._access.mine(table), which)
        return int(self._access.connection.execute(query).scalar_one())


def under_way(connection: Connection) -> list[tuple[WorkspaceId, RemovalId]]:
    """Return the removals that have not come to their end, of all workspaces."""
    query = select(removed_contacts.c.workspace_id, removed_contacts.c.id).where(
        removed_contacts.c.state.in_(_UNDER_WAY)
    )
    return [(WorkspaceId(workspace), RemovalId(one)) for workspace, one in connection.execute(query)]


def _removal(row: Row[Any]) -> Removal:
    return Removal(
        id=RemovalId(row.id),
        contact=ContactId(row.contact_id),
        number=row.number,
        kind=RemovalKind(row.kind),
        heir=None if row.heir_id is None else ContactId(row.heir_id),
        state=RemovalState(row.state),
        operation=OperationId(row.operation_id),
        before=row.before,
        filled=row.filled,
    )
