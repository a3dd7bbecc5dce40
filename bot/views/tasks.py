"""Follow-ups: the forms for one, and their rows in a list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.entries import Listed
from bot.domain.messages import n_
from bot.domain.tasks import Task, TaskKind
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback, verb
from bot.views.kit import Choice, Part
from bot.views.listing import Listing

Named = Sequence[tuple[Task, str]]
KINDS = {TaskKind.TASK: n_("Task"), TaskKind.PHONE_CALL: n_("Phone call"), TaskKind.MEETING: n_("Meeting")}
LABELS = {
    TaskKind.TASK: n_("Follow-up"),
    TaskKind.PHONE_CALL: n_("Phone call"),
    TaskKind.MEETING: n_("Meeting"),
}


def follow_up_form(listed: Listed, known: Task | None, due: date, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form for a follow-up; contact, salesperson and campaign come from the entry."""
    fields = Fields(meta)
    words = known.description if known else text("Follow up with {name}", name=listed.contact_name)
    kinds = [Choice(text(word), kind) for kind, word in KINDS.items()]
    chosen = known.kind if known else TaskKind.TASK
    return modal(
        Callback.FOLLOW_UP,
        text("Follow up"),
        [
            kit.line(kit.bold(listed.template_name), " · ", listed.contact_label),
            fields.day("due", text("Date"), due.isoformat()),
            fields.time("at", text("Time"), _clock(known)),
            fields.select("kind", text("Kind"), kinds, chosen, optional=False),
            fields.line("description", text("Description"), words),
        ],
        submit=text("Save"),
        close=text("Close"),
        meta=meta,
    )


def move_form(task: Task, contact: str, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form to move a follow-up to another day."""
    fields = Fields(meta)
    return modal(
        Callback.TASK_MOVE,
        text("Move follow-up"),
        [
            kit.line(row(task, contact, text)),
            fields.day("due", text("Date"), max(task.due, text.today).isoformat()),
            fields.time("at", text("Time"), _clock(task)),
        ],
        submit=text("Move"),
        close=text("Close"),
        meta=meta,
    )


def hand_over_form(task: Task, contact: str, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form to give a follow-up to a colleague."""
    return modal(
        Callback.TASK_HAND_OVER,
        text("Hand over"),
        [
            kit.line(row(task, contact, text)),
            Fields(meta).search("colleague", text("Colleague"), text("Name or code"), None),
            kit.small(text("Your colleague is told at once; the follow-up leaves your list.")),
        ],
        submit=text("Hand over"),
        close=text("Close"),
        meta=meta,
    )


def rows(tasks: Named, text: Text, listing: Listing) -> list[Block]:
    """Return two blocks for each follow-up: what it is, what can be done with it."""
    return [block for task, contact in tasks for block in _row(task, contact, text, listing)]


def _row(task: Task, contact: str, text: Text, listing: Listing) -> tuple[Block, Block]:
    what: list[Part | str] = [kit.bold(f"{text(LABELS[task.kind])}: "), row(task, contact, text)]
    if snoozed(task, text):
        what += [f" · {snoozed(task, text)}"]
    back = kit.button(text("Bring back"), Action.BRING_BACK, f"task:{task.id}")
    return (
        kit.line(*what),
        kit.actions(
            kit.button(text("Done"), Action.TASK_DONE, task.id),
            back if snoozed(task, text) else None,
            kit.more(
                Action.MORE,
                Choice(text("Move…"), verb(Action.TASK_MOVE, task.id)),
                Choice(text("Snooze…"), verb(Action.SNOOZE_TO, "task", task.id)),
                Choice(text("Hand over…"), verb(Action.TASK_HAND_OVER, task.id)),
                Choice(text("Log it"), verb(Action.TASK_LOG, task.id)),
            ),
            block_id=listing.block(task.id),
        ),
    )


def snoozed(task: Task, text: Text) -> str:
    """Return until when a follow-up is put off, empty when it is not."""
    if task.snoozed_until is None or task.snoozed_until <= text.now:
        return ""
    return text("snoozed until {when}", when=text.moment_within(task.snoozed_until))


def row(task: Task, contact: str, text: Text) -> str:
    """Return a follow-up in one line."""
    due = text("{day}, overdue", day=when(task, text)) if overdue(task, text) else when(task, text)
    named = contact and contact.split(" (", maxsplit=1)[0] not in task.description
    return " · ".join((due, task.description, contact) if named else (due, task.description))


def when(task: Task, text: Text) -> str:
    """Return when it is due, as it stands within a sentence."""
    day = text.day_within(task.due)
    return f"{day} {text.time(task.due_time)}" if task.due_time else day


def overdue(task: Task, text: Text) -> bool:
    """Whether its day, or its time of today, is over."""
    if task.due != text.today or task.due_time is None:
        return task.due < text.today
    return task.due_time < text.now.time()


def _clock(task: Task | None) -> str | None:
    return task.due_time.strftime("%H:%M") if task and task.due_time else None
