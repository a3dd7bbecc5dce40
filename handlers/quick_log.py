"""Quick log: one line, no form."""

from bot.domain.ids import ContactId, EntryId, FormId
from bot.domain.people import Person
from bot.services.entries import Entries
from bot.services.forms import Forms
from bot.services.postponed import Postponed
from bot.services.quick_log import QuickLog
from bot.services.undo import Undo
from bot.text import Text
from bot.views import quick_log as views
from bot.views.ids import SEPARATOR, Action
from handlers.acks import Ack
from handlers.payloads import Command, Malformed, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.writes(Action.CHOOSE_CONTACT, choose)
    routes.writes(Action.QUICK_ANYWAY, add_anyway)
    routes.writes(Action.EDIT_ENTRY, edit)


def log(
    command: Command,
    slack: Surface,
    quick_log: QuickLog,
    forms: Forms,
    postponed: Postponed,
    actor: Person,
    text: Text,
    ack: Ack,
) -> None:
    """Log one line; a kind of interaction that is not known opens the form with what was typed."""
    understood = quick_log.log(actor, command.key, command.text, command.response_url)
    ack()
    if understood.form is not None:
        opened = forms.open_filled(actor, command.key, understood.form)
        forms.remember(actor, opened, command.response_url)
        postponed.keep_now(actor, opened.form_id, opened.form)
        slack.open(opened.view)
        slack.reply(views.form_opened(understood.unknown, text))


def choose(press: Press, quick_log: QuickLog, actor: Person) -> None:
    """Log a kept line with the contact that was meant."""
    key, _, contact = press.value.removeprefix(f"{Action.CHOOSE_CONTACT}{SEPARATOR}").partition(SEPARATOR)
    if not contact.isdecimal():
        raise Malformed("a choice without a contact")
    quick_log.choose(actor, FormId(key), ContactId(int(contact)), press.response_url)


def add_anyway(press: Press, quick_log: QuickLog, actor: Person) -> None:
    """Log a line although it repeats one."""
    quick_log.add_anyway(actor, FormId(press.value), press.response_url)


def edit(
    press: Press,
    undo: Undo,
    entries: Entries,
    forms: Forms,
    postponed: Postponed,
    slack: Surface,
    actor: Person,
    ack: Ack,
) -> None:
    """Take an entry back and open the form with everything of it: the core of an entry is never changed."""
    entry = EntryId(press.number)
    undone = undo.operation(actor, entries.operation(actor, entry), press.response_url)
    ack()
    given = undone.given_back
    opened = forms.resume(actor, given) if given else forms.open_corrected(actor, entry)
    forms.remember(actor, opened, None)
    postponed.keep_now(actor, opened.form_id, opened.form)
    slack.open(opened.view)
