"""Exports of the interaction log: asked for by a command or under a list, written in the background."""

from datetime import timedelta
from uuid import uuid4

from bot.domain.entries import Filter
from bot.domain.entry_exports import SheetFormat
from bot.domain.ids import FormId
from bot.domain.people import Person
from bot.services.entry_exports import EntryExports
from bot.text import Text
from bot.views import entry_exports as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.entry_lists import asked
from handlers.payloads import Malformed, OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface

LATEST = timedelta(days=30)


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.EXPORT_ENTRIES] = ask
    routes.submissions[Callback.EXPORT_ENTRIES] = order


def export(slack: Surface, entry_exports: EntryExports, actor: Person, text: Text) -> None:
    """Answer `/log export`: the actor's own entries of the last 30 days."""
    wanted = Filter(person=actor.id, first=text.today - LATEST)
    slack.open(_form(wanted, entry_exports, actor, text))


def ask(press: Press, slack: Surface, entry_exports: EntryExports, actor: Person, text: Text) -> None:
    """Ask what kind of file it shall be, of what the list shows."""
    slack.show_over(press.in_modal, _form(asked(press.value).filter, entry_exports, actor, text))


def order(view: OpenView, ack: Ack, entry_exports: EntryExports, actor: Person) -> None:
    """Order the file; it comes to the direct message."""
    meta = payloads.meta(view)
    entry_exports.order(actor, f"export:{meta.form_id}", asked(meta.below).filter, _format(view))
    ack()


def _form(wanted: Filter, entry_exports: EntryExports, actor: Person, text: Text) -> dict[str, object]:
    offer = entry_exports.offer(actor, wanted)
    meta = Meta(form_id=FormId(uuid4().hex), below=views.carried(wanted))
    return views.form(meta, offer, text)


def _format(view: OpenView) -> SheetFormat:
    chosen = payloads.chosen(view, views.FORMAT)
    try:
        return SheetFormat(chosen or SheetFormat.EXCEL)
    except ValueError as error:
        raise Malformed("a kind of file that was never offered") from error
