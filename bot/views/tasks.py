"""Follow-ups: the form for one, and its row in a list."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.entries import Listed
from bot.domain.tasks import Task
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback


def follow_up_form(listed: Listed, known: Task | None, due: date, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form for a follow-up; contact and salesperson come from the entry."""
    fields = Fields(meta)
    words = known.description if known else text("Follow up with {name}", name=listed.contact_name)
    return modal(
        Callback.FOLLOW_UP,
        text("Follow up"),
        [
            kit.line(kit.bold(listed.template_name), " · ", listed.contact_label),
            fields.day("due", text("Date"), due.isoformat()),
            fields.line("description", text("Description"), words),
        ],
        submit=text("Save"),
        close=text("Close"),
        meta=meta,
    )


def rows(tasks: Sequence[tuple[Task, str]], text: Text) -> list[Block]:
    """Return a line for each follow-up, with **Done** beside it."""
    return [
        kit.item(
            [text("Follow-up: "), row(task, contact, text)],
            kit.button(text("Done"), Action.TASK_DONE, task.id),
            f"task.{task.id}",
        )
        for task, contact in tasks
    ]


def row(task: Task, contact: str, text: Text) -> str:
    """Return a follow-up in one line."""
    overdue = task.due < text.today
    when = text.day_within(task.due)
    when = text("{day}, overdue", day=when) if overdue else when
    named = contact and contact.split(" (", maxsplit=1)[0] not in task.description
    return " · ".join((when, task.description, contact) if named else (when, task.description))
