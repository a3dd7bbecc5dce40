"""Exporting and erasing a person: for admins, from a contact's card."""

from uuid import uuid4

from bot.domain.ids import ContactId, FormId
from bot.domain.people import Person
from bot.services.erasure import Erasure
from bot.services.person_files import PersonFiles
from bot.text import Text
from bot.views import person_care as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.EXPORT_PERSON] = export
    routes.actions[Action.ERASE_PERSON] = ask
    routes.submissions[Callback.ERASE_PERSON] = erase


def export(press: Press, slack: Surface, person_files: PersonFiles, actor: Person, text: Text) -> None:
    """Send all that is known of a person into the direct message."""
    slack.reply(views.exported(person_files.send(actor, ContactId(press.number)), text))


def ask(press: Press, slack: Surface, erasure: Erasure, actor: Person, text: Text) -> None:
    """Ask before a person is erased."""
    person, counts = erasure.sample(actor, ContactId(press.number))
    meta = Meta(form_id=FormId(uuid4().hex), subject=int(person.id))
    slack.open(views.erase_form(meta, person, counts, text))


def erase(view: OpenView, ack: Ack, slack: Surface, erasure: Erasure, actor: Person, text: Text) -> None:
    """Erase the person, once the number was typed; what was done is said in the direct message."""
    contact = ContactId(payloads.meta(view).subject or 0)
    person, _ = erasure.sample(actor, contact)
    if payloads.text(view, views.NUMBER).strip().casefold() != person.number.casefold():
        return ack(response_action="errors", errors={views.NUMBER: text(views.WRONG, number=person.number)})
    with ack.showing(views.erasing(text)):
        name = erasure.erase(actor, contact)
    slack.answer(ack, views.gone(name, text))
