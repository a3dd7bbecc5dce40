"""Follow-ups."""

from datetime import timedelta

from bot.domain.ids import EntryId, FormId, TaskId
from bot.domain.people import Person
from bot.services.entries import Entries
from bot.services.tasks import Tasks
from bot.text import Text
from bot.views import tasks as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface

A_WEEK = timedelta(days=7)


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.FOLLOW_UP] = follow_up
    routes.submissions[Callback.FOLLOW_UP] = save
    routes.writes(Action.TASK_DONE, done)


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
    """Make or move the follow-up."""
    due = payloads.day(view, "due")
    wrong = tasks.problem(actor, due)
    if wrong is not None or due is None:
        words = text.say(wrong) if wrong else ""
        return ack(response_action="errors", errors={view.block_of("due") or "due": words})
    entry = EntryId(payloads.meta(view).subject or 0)
    tasks.follow_up(actor, entry, due, payloads.text(view, "description"))
    ack()


def done(press: Press, tasks: Tasks, actor: Person) -> None:
    """Tick off a follow-up."""
    tasks.complete(actor, TaskId(press.number))
