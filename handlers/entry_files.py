"""The file of an entry: handed out, attached, replaced, taken off."""

from functools import partial
from uuid import uuid4

from bot.domain.attachments import MOST_ATTACHED
from bot.domain.file_kinds import named
from bot.domain.ids import EntryId, FormId
from bot.domain.people import Person
from bot.services.attachments import Attachments
from bot.services.entries import Entries
from bot.services.entry_files import EntryFiles
from bot.text import Text
from bot.views import entry_files as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import opened, payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.SHOW_ATTACHMENT] = send
    routes.actions[Action.ATTACH_FILE] = ask
    routes.writes(Action.REMOVE_FILE, remove)
    routes.submissions[Callback.ATTACH_FILE] = attach


def send(press: Press, slack: Surface, attachments: Attachments, actor: Person, text: Text) -> None:
    """Send the file of an entry into the direct message."""
    attachments.show_of(actor, EntryId(press.number))
    slack.show_over(press.in_modal, views.sent(text))


def ask(press: Press, slack: Surface, entry_files: EntryFiles, actor: Person, text: Text) -> None:
    """Ask for the file."""
    place = entry_files.place(actor, EntryId(press.number))
    meta = Meta(
        form_id=FormId(uuid4().hex), subject=press.number, below=press.block, below_view=press.form.id
    )
    slack.push(views.form(place.listed, place.attached, meta, "", text))


def attach(
    view: OpenView,
    ack: Ack,
    slack: Surface,
    entry_files: EntryFiles,
    entries: Entries,
    actor: Person,
    text: Text,
) -> None:
    """Look at the file, which may take longer than Slack waits for an answer, and attach it.

    Raises:
        Refusal: the name alone says that it can't be attached; the form stays open.
    """
    meta, given = payloads.meta(view), payloads.file(view, views.FILE)
    entry, file = EntryId(meta.subject or 0), named(given.name)
    with ack.showing(views.looking(text)):
        wrong = entry_files.take(actor, entry, file, partial(slack.download, given.id, MOST_ATTACHED))
    if wrong is None:
        slack.answer(ack, views.attached(file.name, text))
        return opened.again(meta.below_view, meta.below, entry, slack, entries, actor, text)
    words = text.say(wrong)
    if not ack.first(response_action="errors", errors={views.FILE: words}):
        place = entry_files.place(actor, entry)
        slack.settle(ack, views.form(place.listed, place.attached, meta, words, text))
    return None


def remove(
    press: Press,
    ack: Ack,
    slack: Surface,
    entry_files: EntryFiles,
    entries: Entries,
    actor: Person,
    text: Text,
) -> None:
    """Take the file off, and show the entry without it."""
    entry = EntryId(press.number)
    entry_files.remove(actor, entry)
    ack()
    opened.again(press.form.id, press.block, entry, slack, entries, actor, text)
