"""What is due now, in all workspaces: whom to look after, and what comes back from a snooze."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, or_, select, union

from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.postponed import DraftState
from storage.store import Store
from storage.tables.deliveries import deliveries
from storage.tables.interactions import drafts, tasks
from storage.tables.people import salespeople
from storage.tables.reminders import reminders

FURTHEST = timedelta(hours=25)
"""We look after everybody once a day at least; whatever lies further ahead was written by a wrong clock."""


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody to look after now."""

    workspace: WorkspaceId
    person: PersonId
    next_at: datetime
    last_day: date | None


class DueRows:
    """What is due, across workspaces; it is claimed in the workspace's own transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def newcomers(self, limit: int) -> dict[WorkspaceId, list[PersonId]]:
        """Return active people whom nobody looks after yet."""
        query = (
            select(salespeople.c.workspace_id, salespeople.c.id)
            .outerjoin(
                reminders,
                and_(
                    reminders.c.workspace_id == salespeople.c.workspace_id,
                    reminders.c.person_id == salespeople.c.id,
                ),
            )
            .where(salespeople.c.active, salespeople.c.slack_id.is_not(None), reminders.c.person_id.is_(None))
            .limit(limit)
        )
        found: dict[WorkspaceId, list[PersonId]] = {}
        with self._store.reading() as connection:
            for workspace, person in connection.execute(query):
                found.setdefault(WorkspaceId(workspace), []).append(PersonId(person))
        return found

    def people(self, now: datetime) -> list[Due]:
        """Return whom to look after now, the longest waiting first."""
        query = (
            select(reminders.c.workspace_id, reminders.c.person_id, reminders.c.next_at, reminders.c.last_day)
            .where(or_(reminders.c.next_at <= now, reminders.c.next_at > now + FURTHEST))
            .order_by(reminders.c.next_at)
        )
        with self._store.reading() as connection:
            return [
                Due(WorkspaceId(workspace), PersonId(person), next_at, last_day)
                for workspace, person, next_at, last_day in connection.execute(query)
            ]

    def awake(self, now: datetime) -> Sequence[tuple[WorkspaceId, PersonId]]:
        """Return the people to whom something comes back from a snooze."""
        back_drafts = select(drafts.c.workspace_id, drafts.c.owner_id).where(
            drafts.c.snoozed_until <= now, drafts.c.state == DraftState.OPEN
        )
        back_tasks = select(tasks.c.workspace_id, tasks.c.salesperson_id).where(
            tasks.c.snoozed_until <= now, tasks.c.closed_at.is_(None)
        )
        with self._store.reading() as connection:
            found = connection.execute(union(back_drafts, back_tasks)).all()
        return [(WorkspaceId(workspace), PersonId(person)) for workspace, person in found]

    def unreached(self, since: datetime) -> Sequence[tuple[WorkspaceId, PersonId]]:
        """Return the people whose reminder was given up since then."""
        query = (
            select(deliveries.c.workspace_id, deliveries.c.person_id)
            .where(
                deliveries.c.kind == DeliveryKind.REMINDER,
                deliveries.c.state == DeliveryState.FAILED,
                deliveries.c.settled_at >= since,
                deliveries.c.person_id.is_not(None),
            )
            .distinct()
        )
        with self._store.reading() as connection:
            found = connection.execute(query).all()
        return [(WorkspaceId(workspace), PersonId(person)) for workspace, person in found]
