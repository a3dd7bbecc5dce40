"""Follow-ups: tasks made from an entry, moved, handed over, ticked off (`domain.md` 2.10 Create Task; line 69)."""

from dataclasses import replace
from datetime import date, time

from bot.domain.deliveries import DeliveryKind
from bot.domain.entries import Listed
from bot.domain.ids import EntryId, OperationId, PersonId, TaskId
from bot.domain.messages import Message, Refusal
from bot.domain.operations import ItemKind, Operation, OperationKind
from bot.domain.people import Person, may_log_for
from bot.domain.tasks import DESCRIPTION_LIMIT, Task, TaskKind
from bot.services.bell import Bell
from bot.services.gates import readable, refuse_blocked
from bot.services.interactions import confirm_again
from bot.services.people import People
from bot.services.ticking import tick_off
from bot.views import handovers
from storage.store import Store
from storage.work import Work


class Tasks:
    """Makes follow-ups, changes them and ticks them off."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def open_of(self, actor: Person, limit: int) -> list[tuple[Task, str]]:
        """Return the actor's open tasks with their contacts' names, the earliest due first."""
        with self._store.read(actor.workspace) as work:
            return named(work, work.tasks.open_of(actor.id, limit))

    def get(self, actor: Person, task_id: TaskId) -> tuple[Task, str]:
        """Return a follow-up that the actor may change, with its contact's name.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        with self._store.read(actor.workspace) as work:
            return named(work, [changeable(work, actor, task_id)])[0]

    def about(self, actor: Person, task_id: TaskId) -> Task:
        """Return a follow-up, done or not, that is to be logged.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        with self._store.read(actor.workspace) as work:
            return _his(work, actor, task_id)

    def of_entry(self, actor: Person, entry_id: EntryId) -> Task | None:
        """Return the open follow-up of an entry, as far as the actor may change it."""
        with self._store.read(actor.workspace) as work:
            return _known(work, actor, entry_id)

    def problem(self, actor: Person, due: date | None) -> Message | None:
        """Return what is wrong with a due date."""
        if due is None:
            return Message("Choose the day.")
        if due < self._people.text(actor).today:
            return Message("This day is over. Pick today or later.")
        return None

    def follow_up(
        self,
        actor: Person,
        entry_id: EntryId,
        due: date,
        description: str,
        at: time | None = None,
        kind: TaskKind = TaskKind.TASK,
    ) -> Task:
        """Make a follow-up of an entry; the same once more changes what is there instead.

        Raises:
            Refusal: the entry is gone, or its contact asked not to be recorded.
        """
        with self._store.begin(actor.workspace) as work:
            listed = readable(work, actor, entry_id)
            refuse_blocked(work, work.contacts.get(listed.entry.contact) if listed.entry.contact else None)
            words = description.strip()[:DESCRIPTION_LIMIT] or listed.contact_label
            known = _known(work, actor, entry_id)
            wanted = replace(
                known or _begun(work, actor, listed, due), due=due, due_time=at, kind=kind, description=words
            )
            task = self._changed(work, actor, known, wanted) if known else self._made(work, actor, wanted)
            confirm_again(work, self._people, actor, entry_id)
        self._rung(actor, actor.id)
        return task

    def move(self, actor: Person, task_id: TaskId, due: date, at: time | None) -> Task:
        """Move a follow-up to another day; what was snoozed comes back then.

        Raises:
            Refusal: it is gone, done, or somebody else's.
        """
        with self._store.begin(actor.workspace) as work:
            task = changeable(work, actor, task_id)
            moved = self._changed(work, actor, task, replace(task, due=due, due_time=at, snoozed_until=None))
            self._confirm(work, actor, task)
        self._rung(actor, task.salesperson)
        return moved

    def hand_over(self, actor: Person, task_id: TaskId, colleague: PersonId) -> Person:
        """Give a follow-up to a colleague, who is told; return him.

        Raises:
            Refusal: it is gone, done or somebody else's, or the colleague has left.
        """
        with self._store.begin(actor.workspace) as work:
            task, taker = changeable(work, actor, task_id), work.people.get(colleague)
            if taker is None or not taker.active:
                raise Refusal("This colleague has left. Choose somebody else.")
            if taker.id == task.salesperson:
                raise Refusal("{name} has this follow-up already.", name=taker.name)
            given = self._changed(work, actor, task, replace(task, salesperson=taker.id, snoozed_until=None))
            self._tell(work, actor, taker, given)
        self._rung(actor, task.salesperson)
        self._bell.home_changed(actor.workspace, taker.id)
        return taker

    def complete(self, actor: Person, task_id: TaskId) -> tuple[Task, OperationId | None]:
        """Tick off a task and return it with the operation to undo that; done already, nothing happens.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        with self._store.begin(actor.workspace) as work:
            task = _his(work, actor, task_id)
            done = task.open and tick_off(work, actor, task)
            operation = self._note(work, actor, OperationKind.COMPLETE, task.id) if done else None
        self._rung(actor, task.salesperson)
        return task, operation

    def _made(self, work: Work, actor: Person, task: Task) -> Task:
        work.tasks.add(task)
        self._note(work, actor, OperationKind.FOLLOW_UP, task.id)
        return task

    def _changed(self, work: Work, actor: Person, before: Task, after: Task) -> Task:
        changes = _changes(before, after)
        if not changes:
            return before
        if not work.tasks.change(after):
            raise Refusal("Somebody changed this follow-up at this moment. Try again.")
        work.history.note(ItemKind.TASK, after.id, actor.id, *changes)
        return replace(after, revision=after.revision + 1)

    def _note(self, work: Work, actor: Person, kind: OperationKind, task: TaskId) -> OperationId:
        operation = OperationId(work.access.ids())
        work.operations.add(
            Operation(
                id=operation,
                actor=actor.id,
                kind=kind,
                ended_at=work.access.clock.now(),
                items=((ItemKind.TASK, int(task)),),
            )
        )
        return operation

    def _tell(self, work: Work, giver: Person, taker: Person, task: Task) -> None:
        label = named(work, [task])[0][1]
        words = handovers.handed_over(giver, task, label, self._people.text(taker))
        key = f"handed:{task.id}:{work.access.ids()}"
        work.deliveries.say(key, DeliveryKind.CONFIRMATION, taker.id, words)

    def _confirm(self, work: Work, actor: Person, task: Task) -> None:
        if task.entry is not None:
            confirm_again(work, self._people, actor, task.entry)

    def _rung(self, actor: Person, owner: PersonId) -> None:
        self._bell.ring()
        for person in {actor.id, owner}:
            self._bell.home_changed(actor.workspace, person)


def changeable(work: Work, actor: Person, task_id: TaskId) -> Task:
    """Return an open follow-up of the actor's, or of somebody he may act for.

    Raises:
        Refusal: it is gone, done, or somebody else's.
    """
    task = _his(work, actor, task_id)
    if not task.open:
        raise Refusal("This follow-up is done already.")
    return task


def named(work: Work, tasks: list[Task]) -> list[tuple[Task, str]]:
    """Return tasks with their contacts' names."""
    contacts = work.contacts.many(frozenset(task.contact for task in tasks if task.contact))
    return [(task, contacts[task.contact].label if task.contact in contacts else "") for task in tasks]


def _begun(work: Work, actor: Person, listed: Listed, due: date) -> Task:
    """Return a follow-up with contact, salesperson and campaign of its entry (line 69)."""
    entry = listed.entry
    seller = work.people.get(entry.salesperson) if entry.salesperson else None
    his = seller is not None and seller.active and may_log_for(actor, seller)
    return Task(
        id=TaskId(work.access.ids()),
        kind=TaskKind.TASK,
        description=listed.contact_label[:DESCRIPTION_LIMIT],
        due=due,
        contact=entry.contact,
        salesperson=seller.id if seller and his else actor.id,
        entry=entry.id,
        campaign=entry.campaign,
    )


def _known(work: Work, actor: Person, entry_id: EntryId) -> Task | None:
    known = work.tasks.of_entry(entry_id)
    owner = work.people.get(known.salesperson) if known else None
    return known if owner is not None and may_log_for(actor, owner) else None


def _his(work: Work, actor: Person, task_id: TaskId) -> Task:
    task = work.tasks.get(task_id)
    owner = work.people.get(task.salesperson) if task else None
    if task is None or owner is None or not may_log_for(actor, owner):
        raise Refusal("This follow-up is gone, or somebody else's.")
    return task


def _changes(before: Task, after: Task) -> list[tuple[str, object, object]]:
    names = ("due", "due_time", "kind", "description", "salesperson")
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return [(name, old, new) for name, old, new in pairs if old != new]
