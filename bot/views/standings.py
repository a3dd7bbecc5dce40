"""How things stand with a contact: lines of its card."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.cards import Standing
from bot.domain.postponed import Draft
from bot.domain.tasks import Task
from bot.text import Text
from bot.views import kit, tasks
from bot.views.kit import Part

SHOWN = 5
Row = list[Part | str]


def since(standing: Standing, text: Text) -> str:
    """Return "Last contact 4 days ago"; nothing when there was none."""
    if standing.last is None:
        return ""
    days = (text.today - standing.last).days
    if days < 1:
        return text("Last contact today")
    return text.count("Last contact {n} day ago", "Last contact {n} days ago", days)


def rows(standing: Standing, text: Text) -> list[Block]:
    """Return what waits with a contact, and the segments it is in."""
    waiting = [
        *_some([_draft(draft, owner, text) for draft, owner in standing.drafts], text),
        *_some([_task(task, owner, text) for task, owner in standing.tasks], text),
    ]
    return [
        *([kit.lines([kit.bold(text("Waiting"))], *waiting)] if waiting else []),
        *_segments(standing, text),
    ]


def _draft(draft: Draft, owner: str, text: Text) -> Row:
    """Return one's own draft by its name; of somebody else's only whose it is, and its age."""
    if owner:
        return [f"• {text('Postponed by {name}', name=owner)} · {text.age(draft.saved_at)}"]
    what = draft.form.description.strip() or text("(no template yet)")
    return ["• ", text("Postponed: {what}", what=what), f" · {text.age(draft.saved_at)}"]


def _task(task: Task, owner: str, text: Text) -> Row:
    due = tasks.when(task, text)
    due = text("{day}, overdue", day=due) if tasks.overdue(task, text) else due
    label = text(tasks.LABELS[task.kind])
    return [f"• {label}: {due} · {owner or task.description}"]


def _some(found: Sequence[Row], text: Text) -> list[Row]:
    more: list[Row] = [["• ", text("and more")]] if len(found) > SHOWN else []
    return [*found[:SHOWN], *more]


def _segments(standing: Standing, text: Text) -> list[Block]:
    if not standing.segments:
        return []
    named = [f"{one.number} {one.description}".strip() for one in standing.segments[:SHOWN]]
    more = [text("and more")] if len(standing.segments) > SHOWN else []
    return [kit.line(kit.bold(text("Segments")), "  ", " · ".join([*named, *more]))]
