"""Follow-ups that are ticked off: by hand, or because what was to be done has been logged (`domain.md` 4, line 76)."""

from dataclasses import replace

from bot.domain.ids import TaskId
from bot.domain.interactions import Entry
from bot.domain.operations import ItemKind
from bot.domain.people import Person
from bot.domain.tasks import Task, TaskStatus
from storage.work import Work


def still_there(work: Work, task_id: TaskId | None) -> TaskId | None:
    """Return the task that a form is about, None when it was taken back meanwhile."""
    return task_id if task_id is not None and work.tasks.get(task_id) is not None else None


def tick_off(work: Work, actor: Person, task: Task) -> bool:
    """Mark a follow-up as done; False when somebody changed it at this moment."""
    if not work.tasks.change(replace(task, status=TaskStatus.COMPLETED, snoozed_until=None)):
        return False
    work.history.note(ItemKind.TASK, task.id, actor.id, ("status", task.status, TaskStatus.COMPLETED))
    return True


def tick_off_by(work: Work, actor: Person, entry: Entry) -> None:
    """Tick off the follow-up that an entry was made from."""
    task = work.tasks.get(entry.task) if entry.task else None
    if task is None:
        return
    work.history.note(ItemKind.TASK, task.id, actor.id, ("logged", None, entry.number))
    if task.open:
        tick_off(work, actor, task)


def reopen(work: Work, actor: Person, task_id: TaskId) -> Task | None:
    """Open a follow-up again; None when it is gone or was never done."""
    task = work.tasks.get(task_id)
    if task is None or task.status is not TaskStatus.COMPLETED:
        return None
    opened = replace(task, status=TaskStatus.NOT_STARTED)
    if not work.tasks.change(opened):
        return None
    work.history.note(ItemKind.TASK, task.id, actor.id, ("status", task.status, TaskStatus.NOT_STARTED))
    return opened


def reopen_of(work: Work, actor: Person, entry: Entry) -> None:
    """Open the follow-up again that this entry, which is taken back, had ticked off."""
    if entry.task is None:
        return
    lines = [
        line for line in work.history.of(ItemKind.TASK, entry.task) if line.field in ("logged", "status")
    ]
    last = [(line.field, line.new) for line in lines[-2:]]
    if last == [("logged", str(entry.number)), ("status", TaskStatus.COMPLETED)]:
        reopen(work, actor, entry.task)
