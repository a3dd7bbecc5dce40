"""Tasks: follow-ups with a due date."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from bot.domain.ids import EntryId, PersonId, TaskId
from bot.domain.tasks import Task, TaskKind, TaskStatus
from storage.access import Access, Row
from storage.tables.interactions import tasks

MOST = 500


class Tasks:
    """The tasks of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def get(self, task: TaskId) -> Task | None:
        """Return one task."""
        query = select(tasks).where(self._access.mine(tasks), tasks.c.id == task)
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else task_of(row)

    def of_entry(self, entry: EntryId) -> Task | None:
        """Return the newest open follow-up of an entry."""
        query = (
            select(tasks)
            .where(self._access.mine(tasks), tasks.c.entry_id == entry, tasks.c.closed_at.is_(None))
            .order_by(tasks.c.id.desc())
            .limit(1)
        )
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else task_of(row)

    def add(self, task: Task) -> None:
        """Add a task."""
        self._access.connection.execute(
            insert(tasks).values(
                workspace_id=self._access.workspace, created_at=self._access.clock.now(), **_columns(task)
            )
        )

    def change(self, task: Task) -> bool:
        """Write back a task; False when somebody changed it since it was read."""
        closed = None if task.open else self._access.clock.now()
        values = _columns(task) | {"revision": task.revision + 1, "closed_at": closed}
        changed = self._access.connection.execute(
            update(tasks)
            .where(self._access.mine(tasks), tasks.c.id == task.id, tasks.c.revision == task.revision)
            .values(**values)
        )
        return bool(changed.rowcount)

    def remove_untouched(self, task: TaskId) -> bool:
        """Remove a task that nobody changed since it was made; False when somebody did."""
        gone = self._access.connection.execute(
            delete(tasks).where(self._access.mine(tasks), tasks.c.id == task, tasks.c.revision == 0)
        )
        return bool(gone.rowcount)

    def due_of(self, person: PersonId, day: date) -> list[Task]:
        """Return the open tasks of a salesperson that are due until a day, the earliest first."""
        return self._list(tasks.c.salesperson_id == person, tasks.c.due <= day)

    def awake(self, person: PersonId, now: datetime) -> list[Task]:
        """Return a person's tasks that come back from a snooze."""
        return self._list(tasks.c.salesperson_id == person, tasks.c.snoozed_until <= now)

    def snooze(self, task: TaskId, until: datetime | None) -> bool:
        """Leave a task out of reminders until then; None brings it back. That is no change of the task."""
        changed = self._access.connection.execute(
            update(tasks)
            .where(self._access.mine(tasks), tasks.c.id == task, tasks.c.closed_at.is_(None))
            .values(snoozed_until=until)
        )
        return bool(changed.rowcount)

    def open_of(self, person: PersonId, limit: int) -> list[Task]:
        """Return the open tasks of a salesperson, the earliest due first."""
        return self._list(tasks.c.salesperson_id == person, limit=limit)

    def _list(self, *conditions: ColumnElement[bool], limit: int = MOST) -> list[Task]:
        query = (
            select(tasks)
            .where(self._access.mine(tasks), tasks.c.closed_at.is_(None), *conditions)
            .order_by(tasks.c.due, tasks.c.id)
            .limit(limit)
        )
        return [task_of(row) for row in self._access.connection.execute(query).mappings()]


def task_of(row: Row) -> Task:
    """Return the task of a row."""
    return Task(
        id=TaskId(row["id"]),
        kind=TaskKind(row["kind"]),
        description=row["description"],
        due=row["due"],
        due_time=row["due_time"],
        status=TaskStatus(row["status"]),
        contact=row["contact_id"],
        salesperson=PersonId(row["salesperson_id"]),
        entry=row["entry_id"],
        campaign=row["campaign_id"],
        snoozed_until=row["snoozed_until"],
        revision=row["revision"],
    )


def _columns(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "kind": task.kind,
        "description": task.description,
        "due": task.due,
        "due_time": task.due_time,
        "status": task.status,
        "contact_id": task.contact,
        "salesperson_id": task.salesperson,
        "entry_id": task.entry,
        "campaign_id": task.campaign,
        "snoozed_until": task.snoozed_until,
        "revision": task.revision,
    }
