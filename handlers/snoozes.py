"""Putting off drafts and follow-ups, and bringing them back."""

from datetime import datetime, time

from bot.domain.ids import FormId, TaskId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.snoozes import Snooze
from bot.services.lists import Lists
from bot.services.snoozes import Snoozes, Waiting
from bot.services.tasks import Tasks
from bot.text import Text
from bot.views import snoozes as views
from bot.views import tasks as task_views
from bot.views.forms import Meta
from bot.views.ids import SEPARATOR, Action, Callback
from bot.views.listing import Said
from handlers import payloads, standing
from handlers.acks import Ack
from handlers.payloads import Malformed, OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.writes(Action.SNOOZE, snooze)
    routes.writes(Action.BRING_BACK, bring_back)
    routes.actions[Action.SNOOZE_TO] = ask
    routes.submissions[Callback.SNOOZE] = save


def snooze(
    press: Press, snoozes: Snoozes, slack: Surface, lists: Lists, actor: Person, ack: Ack, text: Text
) -> None:
    """Put a draft off by a ready-made choice."""
    choice, _, form_id = press.value.partition(SEPARATOR)
    if choice not in set(Snooze):
        raise Malformed("a snooze that was never offered")
    until = snoozes.put_off(actor, FormId(form_id), Snooze(choice))
    ack()
    standing.told(press, _until(until, text), slack, lists, actor, text)


def bring_back(
    press: Press, snoozes: Snoozes, slack: Surface, lists: Lists, actor: Person, ack: Ack, text: Text
) -> None:
    """End a snooze."""
    snoozes.bring_back(actor, _subject(press))
    ack()
    standing.told(press, Said(text("It waits again.")), slack, lists, actor, text)


def ask(
    press: Press, snoozes: Snoozes, tasks: Tasks, slack: Surface, lists: Lists, actor: Person, text: Text
) -> None:
    """Ask until when something is put off."""
    what, proposed = _subject(press), snoozes.suggested(actor)
    if isinstance(what, str):
        meta = standing.meta_for(press, what)
        view = views.pick_form([text("When should it come back?")], proposed, meta, text)
    else:
        task, contact = tasks.get(actor, what)
        meta = standing.meta_for(press, FormId(f"task{what}"), int(what))
        view = views.choice_form([task_views.row(task, contact, text)], proposed, meta, text)
    standing.open_form(press, meta, view, slack, lists, actor)


def save(
    view: OpenView, ack: Ack, snoozes: Snoozes, slack: Surface, lists: Lists, actor: Person, text: Text
) -> None:
    """Put it off."""
    meta, choice = payloads.meta(view), payloads.chosen(view, "choice")
    if choice is not None and choice in set(Snooze):
        until = snoozes.put_off(actor, _about(meta), Snooze(choice))
    else:
        until = _picked(view, meta, snoozes, actor)
    standing.submitted(view, ack, _until(until, text), slack, lists, actor, text)


def _picked(view: OpenView, meta: Meta, snoozes: Snoozes, actor: Person) -> datetime:
    day, at = payloads.day(view, "day"), payloads.at(view, "at")
    if day is None:
        raise Refusal("Choose the day.")
    return snoozes.put_off_to(actor, _about(meta), day, at or time())


def _until(until: datetime, text: Text) -> Said:
    return Said(text("Snoozed until {when}.", when=text.moment_within(until)))


def _about(meta: Meta) -> Waiting:
    return TaskId(meta.subject) if meta.subject else meta.form_id


def _subject(press: Press) -> Waiting:
    kind, _, subject = press.value.partition(SEPARATOR)
    if kind == "draft":
        return FormId(subject)
    if kind != "task" or not subject.isdecimal():
        raise Malformed(f"{press.action} carries no subject")
    return TaskId(int(subject))
