"""Follow-ups: made from an entry, ticked off, moved, handed over, logged."""

from datetime import timedelta

from bot.domain.ids import EntryId, FormId, PersonId, TaskId
from bot.domain.people import Person
from bot.domain.tasks import TaskKind
from bot.services.entries import Entries
from bot.services.forms import Forms
from bot.services.lists import Lists
from bot.services.people import People
from bot.services.tasks import Tasks
from bot.text import Text
from bot.views import kit
from bot.views import lists as list_views
from bot.views import tasks as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from bot.views.kit import Choice
from bot.views.listing import Said
from handlers import interactions, payloads, standing
from handlers.acks import Ack
from handlers.payloads import OpenView, Press, Query
from handlers.routes import Routes
from handlers.surface import Surface

A_WEEK = timedelta(days=7)
COLLEAGUES = 25


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.FOLLOW_UP] = follow_up
    routes.submissions[Callback.FOLLOW_UP] = save
    routes.writes(Action.TASK_DONE, done)
    routes.actions[Action.TASK_LOG] = log
    routes.actions[Action.TASK_MOVE] = ask_day
    routes.submissions[Callback.TASK_MOVE] = move
    routes.actions[Action.TASK_HAND_OVER] = ask_colleague
    routes.submissions[Callback.TASK_HAND_OVER] = hand_over
    routes.choices["colleague"] = suggest


def follow_up(
    press: Press, slack: Surface, entries: Entries, tasks: Tasks, actor: Person, text: Text
) -> None:
    """Open the form for a follow-up, a week from today unless there is one already."""
    listed = entries.get(actor, EntryId(press.number))
    known = tasks.of_entry(actor, listed.entry.id)
    meta = Meta(form_id=FormId(f"task{listed.entry.id}"), subject=int(listed.entry.id))
    due = known.due if known else text.today + A_WEEK
    slack.show_over(press.in_modal, views.follow_up_form(listed, known, due, meta, text))
    entries.pressed(actor, listed.entry.id, press.message_url)


def save(view: OpenView, ack: Ack, tasks: Tasks, actor: Person, text: Text) -> None:
    """Make or change the follow-up."""
    due = payloads.day(view, "due")
    wrong = tasks.problem(actor, due)
    if wrong is not None or due is None:
        words = text.say(wrong) if wrong else ""
        return ack(response_action="errors", errors={view.block_of("due") or "due": words})
    entry, kind = EntryId(payloads.meta(view).subject or 0), payloads.chosen(view, "kind")
    tasks.follow_up(
        actor,
        entry,
        due,
        payloads.text(view, "description"),
        payloads.at(view, "at"),
        TaskKind(kind) if kind in set(TaskKind) else TaskKind.TASK,
    )
    ack()


def done(
    press: Press, tasks: Tasks, slack: Surface, lists: Lists, actor: Person, ack: Ack, text: Text
) -> None:
    """Tick off a follow-up, and offer to log what was done."""
    task, operation = tasks.complete(actor, TaskId(press.number))
    ack()
    words = text("Done: {task}.", task=task.description)
    said = Said(words, operation, None if task.contact is None else task.id)
    at_home = standing.listing(press) is None
    if at_home and task.kind is not TaskKind.TASK:
        slack.show_over(press.in_modal, list_views.notice(said, text))
    elif not at_home:
        standing.told(press, said, slack, lists, actor, text)


def log(press: Press, tasks: Tasks, forms: Forms, slack: Surface, actor: Person) -> None:
    """Open the form for what a follow-up asked for; logging it ticks the follow-up off."""
    opened = forms.open_from_task(actor, tasks.about(actor, TaskId(press.number)))
    if press.in_modal:
        forms.remember(actor, opened, None)
        slack.push(opened.view)
    else:
        interactions.show(slack, forms, actor, opened)


def ask_day(press: Press, tasks: Tasks, slack: Surface, lists: Lists, actor: Person, text: Text) -> None:
    """Ask to which day a follow-up is moved."""
    task, contact = tasks.get(actor, TaskId(press.number))
    meta = standing.meta_for(press, FormId(f"task{task.id}"), int(task.id))
    standing.open_form(press, meta, views.move_form(task, contact, meta, text), slack, lists, actor)


def move(
    view: OpenView, ack: Ack, tasks: Tasks, slack: Surface, lists: Lists, actor: Person, text: Text
) -> None:
    """Move a follow-up."""
    due = payloads.day(view, "due")
    wrong = tasks.problem(actor, due)
    if wrong is not None or due is None:
        words = text.say(wrong) if wrong else ""
        return ack(response_action="errors", errors={view.block_of("due") or "due": words})
    task = TaskId(payloads.meta(view).subject or 0)
    moved = tasks.move(actor, task, due, payloads.at(view, "at"))
    words = text("Moved to {when}: {task}.", when=views.when(moved, text), task=moved.description)
    standing.submitted(view, ack, Said(words), slack, lists, actor, text)


def ask_colleague(
    press: Press, tasks: Tasks, slack: Surface, lists: Lists, actor: Person, text: Text
) -> None:
    """Ask to whom a follow-up is given."""
    task, contact = tasks.get(actor, TaskId(press.number))
    meta = standing.meta_for(press, FormId(f"task{task.id}"), int(task.id))
    standing.open_form(press, meta, views.hand_over_form(task, contact, meta, text), slack, lists, actor)


def hand_over(
    view: OpenView, ack: Ack, tasks: Tasks, slack: Surface, lists: Lists, actor: Person, text: Text
) -> None:
    """Give a follow-up to a colleague."""
    chosen = payloads.chosen(view, "colleague") or ""
    if not chosen.isdecimal():
        block = view.block_of("colleague") or "colleague"
        return ack(response_action="errors", errors={block: text("Choose a colleague.")})
    task = TaskId(payloads.meta(view).subject or 0)
    taker = tasks.hand_over(actor, task, PersonId(int(chosen)))
    words = text("{name} has the follow-up now, and was told.", name=taker.name)
    standing.submitted(view, ack, Said(words), slack, lists, actor, text)


def suggest(query: Query, ack: Ack, people: People, actor: Person) -> None:
    """Answer the search for a colleague."""
    found = [one for one in people.find(actor, query.text, COLLEAGUES) if one.id != actor.id and one.active]
    choices = [Choice(f"{one.name} ({one.code})", str(one.id)) for one in found]
    ack(options=[option.to_dict() for option in kit.options(choices)])
