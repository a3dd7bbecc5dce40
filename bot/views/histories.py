"""History: who changed what, when, from what to what, in words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.histories import Change, Story
from bot.domain.interactions import Evaluation
from bot.domain.messages import n_
from bot.domain.operations import CancelReason, ItemKind
from bot.domain.tasks import TaskKind, TaskStatus
from bot.text import Text
from bot.views import kit
from bot.views.forms import modal
from bot.views.ids import Action, Callback
from bot.views.kit import Part
from bot.views.words import CONTACT_FIELDS, EVALUATIONS

LONGEST = 300
LABELS: Mapping[tuple[ItemKind, str], str] = {
    (ItemKind.ENTRY, "evaluation"): n_("Evaluation"),
    (ItemKind.ENTRY, "attempt_failed"): n_("Attempt failed"),
    (ItemKind.ENTRY, "comment"): n_("Comment"),
    (ItemKind.ENTRY, "duration"): n_("Duration (min.)"),
    (ItemKind.ENTRY, "cost"): n_("Cost"),
    (ItemKind.ENTRY, "opportunity"): n_("Opportunity"),
    (ItemKind.ENTRY, "attachment"): n_("Attachment"),
    (ItemKind.ENTRY, "canceled"): n_("Canceled"),
    (ItemKind.ENTRY, "contact"): n_("Contact"),
    (ItemKind.ENTRY, "company"): n_("Company"),
    (ItemKind.ENTRY, "salesperson"): n_("Salesperson"),
    (ItemKind.TASK, "status"): n_("Follow-up, status"),
    (ItemKind.TASK, "due"): n_("Follow-up, due"),
    (ItemKind.TASK, "due_time"): n_("Follow-up, time"),
    (ItemKind.TASK, "kind"): n_("Follow-up, kind"),
    (ItemKind.TASK, "description"): n_("Follow-up, description"),
    (ItemKind.TASK, "salesperson"): n_("Follow-up, handed over"),
    (ItemKind.TASK, "snoozed_until"): n_("Follow-up, snoozed until"),
    (ItemKind.DRAFT, "salesperson"): n_("Postponed interaction, salesperson"),
    (ItemKind.DRAFT, "owner"): n_("Postponed interaction, taken over"),
}
STATUSES = {
    TaskStatus.NOT_STARTED: n_("Not Started"),
    TaskStatus.IN_PROGRESS: n_("In Progress"),
    TaskStatus.COMPLETED: n_("Completed"),
    TaskStatus.CANCELED: n_("Canceled"),
}
KINDS = {
    TaskKind.TASK: n_("Task"),
    TaskKind.MEETING: n_("Meeting"),
    TaskKind.PHONE_CALL: n_("Phone call"),
}
CANCELED = {"False": n_("No"), CancelReason.CANCELED: n_("Yes"), CancelReason.UNDONE: n_("Yes, undone")}
FLAGS = {"False": n_("No"), "True": n_("Yes")}
Words = Callable[[str, Story, Text], str]


def history(entry: int, story: Story, text: Text) -> dict[str, Any]:
    """Return one page of an entry's history, newest first."""
    moments = groupby(story.changes, key=lambda change: (change.at, change.actor))
    return modal(
        Callback.NOTICE,
        text("History"),
        [
            *(_moment(list(changes), story, text) for _, changes in moments),
            None if story.changes else kit.line(Part(text("Nothing happened to it yet."), italic=True)),
            _turns(entry, story, text),
        ],
        close=text("Close"),
    )


def _moment(changes: list[Change], story: Story, text: Text) -> Block:
    first = changes[0]
    who = story.people.get(first.actor or 0, "") or text("Saleslog")
    return kit.lines(
        [kit.bold(text.moment(first.at)), f" · {who}"], *(_change(change, story, text) for change in changes)
    )


def _change(change: Change, story: Story, text: Text) -> list[Part | str]:
    if change.field == "logged":
        number = change.new or ""
        return [text("Logged as entry no. {number}", number=number)]
    named = LABELS.get((change.kind, change.field)) or CONTACT_FIELDS.get(change.field)
    name = text(named) if named else change.field.replace("_", " ").capitalize()
    if change.old is None and change.new is None:
        return [kit.bold(name), "  ", text("(deleted)")]
    old, new = _words(change, change.old, story, text), _words(change, change.new, story, text)
    return [kit.bold(name), f"  {old} → {new}"]


def _words(change: Change, value: str | None, story: Story, text: Text) -> str:
    """Return a value as people say it; one that nobody knows any more as it was written down."""
    if not value:
        return text("(empty)")
    say = WORDS.get((change.kind, change.field))
    return kit.clip(" ".join((say(value, story, text) if say else value).split()), LONGEST)


def _of(words: Mapping[Any, str]) -> Words:
    return lambda value, _, text: text(words[value]) if value in words else value


def _named(value: str, names: Mapping[int, str]) -> str:
    return names.get(int(value), value) if value.isdecimal() else value


def _day(value: str, _: Story, text: Text) -> str:
    try:
        return text.day(date.fromisoformat(value))
    except ValueError:
        return value


def _time(value: str, _: Story, text: Text) -> str:
    try:
        return text.time(time.fromisoformat(value))
    except ValueError:
        return value


def _moment_of(value: str, _: Story, text: Text) -> str:
    try:
        return text.moment(datetime.fromisoformat(value))
    except ValueError:
        return value


def _minutes(value: str, _: Story, text: Text) -> str:
    return text.minutes(int(value)) if value.isdecimal() else value


def _person(value: str, story: Story, _: Text) -> str:
    return _named(value, story.people)


def _contact(value: str, story: Story, _: Text) -> str:
    return _named(value, story.contacts)


def _opportunity(value: str, story: Story, _: Text) -> str:
    return _named(value, story.opportunities)


WORDS: Mapping[tuple[ItemKind, str], Words] = {
    (ItemKind.ENTRY, "evaluation"): _of({one.value: EVALUATIONS[one] for one in Evaluation}),
    (ItemKind.ENTRY, "attempt_failed"): _of(FLAGS),
    (ItemKind.ENTRY, "canceled"): _of(CANCELED),
    (ItemKind.ENTRY, "duration"): _minutes,
    (ItemKind.ENTRY, "contact"): _contact,
    (ItemKind.ENTRY, "company"): _contact,
    (ItemKind.ENTRY, "opportunity"): _opportunity,
    (ItemKind.ENTRY, "salesperson"): _person,
    (ItemKind.TASK, "status"): _of(STATUSES),
    (ItemKind.TASK, "due"): _day,
    (ItemKind.TASK, "due_time"): _time,
    (ItemKind.TASK, "kind"): _of(KINDS),
    (ItemKind.TASK, "salesperson"): _person,
    (ItemKind.TASK, "snoozed_until"): _moment_of,
    (ItemKind.DRAFT, "salesperson"): _person,
    (ItemKind.DRAFT, "owner"): _person,
}


def _turns(entry: int, story: Story, text: Text) -> Block | None:
    newer = kit.button(text("Newer"), f"{Action.HISTORY_PAGE}.1", f"{entry}/{story.page - 1}")
    older = kit.button(text("Older"), f"{Action.HISTORY_PAGE}.2", f"{entry}/{story.page + 1}")
    if not story.page and not story.more:
        return None
    return kit.actions(newer if story.page else None, older if story.more else None, block_id="turn")
