"""Exports of the interaction log: asked for by a command or under a list, written in the background."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from bot.domain.entries import Asked
from bot.domain.entry_exports import SheetFormat
from bot.domain.ids import FormId
from bot.domain.people import Person
from bot.services.entry_exports import EntryExports
from bot.services.entry_lists import EntryLists
from bot.text import Text
from bot.views import entry_exports as views
from bot.views import finding
from bot.views.asked import short
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.entry_lists import recalled
from handlers.payloads import Malformed, OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface

LATEST = timedelta(days=29)
"""With today these are 30 days."""


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.EXPORT_ENTRIES] = ask
    routes.submissions[Callback.EXPORT_ENTRIES] = order


def export(
    slack: Surface,
    entry_lists: EntryLists,
    entry_exports: EntryExports,
    actor: Person,
    words: str,
    text: Text,
) -> None:
    """Answer `/log export`: what the filters say, without any what the list begins with, of the last 30 days."""
    start = entry_lists.start(actor).filter
    if not words:
        shown = entry_lists.shown(actor, Asked(replace(start, first=text.today - LATEST)))
        return slack.open(_form(Asked(shown.page.asked.filter), entry_exports, actor, text))
    found = entry_lists.find(actor, words, start=start)
    if found.shown is None or found.read.unread:
        return slack.reply(finding.message(found, actor.id, text))
    slack.open(_form(Asked(found.shown.page.asked.filter), entry_exports, actor, text))


def ask(
    press: Press,
    slack: Surface,
    entry_lists: EntryLists,
    entry_exports: EntryExports,
    actor: Person,
    text: Text,
) -> None:
    """Ask what kind of file it shall be, of what the list shows."""
    wanted = recalled(press.value, entry_lists, actor)
    slack.show_over(press.in_modal, _form(wanted, entry_exports, actor, text))


def order(
    view: OpenView, ack: Ack, entry_lists: EntryLists, entry_exports: EntryExports, actor: Person
) -> None:
    """Order the file; it comes to the direct message."""
    meta = payloads.meta(view)
    wanted = recalled(meta.below, entry_lists, actor).filter
    entry_exports.order(actor, f"export:{meta.form_id}", wanted, _format(view))
    ack()


def _form(wanted: Asked, entry_exports: EntryExports, actor: Person, text: Text) -> dict[str, object]:
    offer = entry_exports.offer(actor, wanted.filter)
    meta = Meta(form_id=FormId(uuid4().hex), below=short(Asked(wanted.filter)))
    return views.form(meta, offer, text)


def _format(view: OpenView) -> SheetFormat:
    chosen = payloads.chosen(view, views.FORMAT)
    try:
        return SheetFormat(chosen or SheetFormat.EXCEL)
    except ValueError as error:
        raise Malformed("a kind of file that was never offered") from error
