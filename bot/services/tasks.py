"""Follow-ups: tasks made from an entry (`domain.md` 2.10 Create Task; line 69)."""

from dataclasses import replace
from datetime import date

from bot.domain.ids import EntryId, OperationId, TaskId
from bot.domain.messages import Message, Refusal
from bot.domain.operations import ItemKind, Operation, OperationKind
from bot.domain.people import Person
from bot.domain.tasks import DESCRIPTION_LIMIT, Task, TaskKind, TaskStatus
from bot.services.bell import Bell
from bot.services.gates import readable, refuse_blocked
from bot.services.interactions import confirm_again
from bot.services.people import People
from storage.store import Store
from storage.work import Work


class Tasks:
    """Makes follow-ups and ticks them off."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def open_of(self, actor: Person, limit: int) -> list[tuple[Task, str]]:
        """Return the actor's open tasks with their contacts' names, the earliest due first."""
        with self._store.read(actor.workspace) as work:
            tasks = work.tasks.open_of(actor.id, limit)
            contacts = work.contacts.many(frozenset(task.contact for task in tasks if task.contact))
        return [(task, contacts[task.contact].label if task.contact in contacts else "") for task in tasks]

    def of_entry(self, actor: Person, entry_id: EntryId) -> Task | None:
        """Return the open follow-up of an entry."""
        with self._store.read(actor.workspace) as work:
            return work.tasks.of_entry(entry_id)

    def problem(self, actor: Person, due: date | None) -> Message | None:
        """Return what is wrong with a due date."""
        if due is None:
            return Message("Choose the day.")
        if due < self._people.text(actor).today:
            return Message("This day is over. Pick today or later.")
        return None

    def follow_up(self, actor: Person, entry_id: EntryId, due: date, description: str) -> Task:
        """Make a follow-up of an entry; the same once more changes its date instead.

        Raises:
            Refusal: the entry is gone, or its contact asked not to be recorded.
        """
        with self._store.begin(actor.workspace) as work:
            listed = readable(work, actor, entry_id)
            refuse_blocked(work, work.contacts.get(listed.entry.contact) if listed.entry.contact else None)
            words = description.strip()[:DESCRIPTION_LIMIT] or listed.contact_label
            task = self._made(work, actor, entry_id, due, words)
            confirm_again(work, self._people, actor, entry_id)
        self._bell.ring()
        self._bell.home_changed(actor.workspace, actor.id)
        return task

    def complete(self, actor: Person, task_id: TaskId) -> Task:
        """Tick off a task; ticked off already, nothing happens.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        with self._store.begin(actor.workspace) as work:
            task = work.tasks.get(task_id)
            if task is None or task.salesperson != actor.id:
                raise Refusal("This follow-up is gone, or somebody else's.")
            if task.status is not TaskStatus.COMPLETED:
                work.tasks.change(replace(task, status=TaskStatus.COMPLETED))
                work.history.note(
                    ItemKind.TASK, task_id, actor.id, ("status", task.status, TaskStatus.COMPLETED)
                )
        self._bell.home_changed(actor.workspace, actor.id)
        return task

    def _made(self, work: Work, actor: Person, entry_id: EntryId, due: date, description: str) -> Task:
        known = work.tasks.of_entry(entry_id)
        if known is not None:
            moved = replace(known, due=due, description=description)
            work.tasks.change(moved)
            work.history.note(ItemKind.TASK, known.id, actor.id, ("due", known.due, due))
            return moved
        entry = readable(work, actor, entry_id).entry
        task = Task(
            id=TaskId(work.access.ids()),
            kind=TaskKind.TASK,
            description=description,
            due=due,
            contact=entry.contact,
            salesperson=actor.id,
            entry=entry_id,
        )
        work.tasks.add(task)
        work.operations.add(
            Operation(
                id=OperationId(work.access.ids()),
                actor=actor.id,
                kind=OperationKind.FOLLOW_UP,
                ended_at=work.access.clock.now(),
                items=((ItemKind.TASK, int(task.id)),),
            )
        )
        return task
