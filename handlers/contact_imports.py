"""Importing contacts in Slack: `/contact import`, a file in the direct message, the answers to what was found."""

from uuid import uuid4

from bot.domain.ids import FormId, ImportId, ImportOrderId
from bot.domain.people import Person
from bot.services.import_orders import ContactImports
from bot.text import Text
from bot.views import contact_imports as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press, SentFile
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.IMPORT_CONTACTS] = ask
    routes.submissions[Callback.IMPORT_CONTACTS] = look_through
    routes.writes(Action.IMPORT_FILE, go_ahead)
    routes.writes(Action.FORGET_FILE, forget)
    routes.writes(Action.STOP_IMPORT, stop)
    routes.writes(Action.REVERT_IMPORT, revert)


def show(slack: Surface, imports: ContactImports, actor: Person, text: Text) -> None:
    """Answer `/contact import`."""
    slack.open(views.form(_meta(), imports.latest(actor), text))


def ask(press: Press, slack: Surface, imports: ContactImports, actor: Person, text: Text) -> None:
    """Ask for the file, and list what was imported."""
    slack.show_over(press.in_modal, views.form(_meta(), imports.latest(actor), text))


def look_through(view: OpenView, ack: Ack, imports: ContactImports, actor: Person, text: Text) -> None:
    """Have the file of the form looked through; what is found comes to the direct message."""
    file = payloads.file(view, views.FILE)
    imports.take(actor, payloads.meta(view).form_id, file.id, file.name)
    ack(response_action="update", view=views.taken(file.name, text))


def take(file: SentFile, imports: ContactImports, actor: Person) -> None:
    """Have a file looked through that came into the direct message."""
    imports.take(actor, f"{file.id}:{file.said_at}", file.id, file.name)


def go_ahead(press: Press, ack: Ack, imports: ContactImports, actor: Person) -> None:
    """Import what was found."""
    imports.go_ahead(actor, ImportOrderId(press.number))
    ack()


def forget(press: Press, ack: Ack, imports: ContactImports, actor: Person) -> None:
    """Leave a file alone that was looked through, or is being."""
    imports.forget(actor, ImportOrderId(press.number))
    ack()


def stop(press: Press, ack: Ack, imports: ContactImports, actor: Person) -> None:
    """Stop an import; what is imported stays."""
    imports.stop_import(actor, ImportOrderId(press.number))
    ack()


def revert(
    press: Press, ack: Ack, slack: Surface, imports: ContactImports, actor: Person, text: Text
) -> None:
    """Take an import back; how that goes is told in the direct message."""
    wanted = ImportId(press.number)
    if not press.in_modal:
        return imports.revert(actor, wanted)
    imports.revert_listed(actor, wanted)
    ack()
    slack.update(press.form.id, views.form(_meta(), imports.latest(actor), text))


def _meta() -> Meta:
    return Meta(form_id=FormId(uuid4().hex))
