"""Merging and deleting contacts: for admins, from a contact's card and by `/contact merge`."""

from uuid import uuid4

from bot.domain.ids import ContactId, FormId
from bot.domain.people import Person
from bot.services.contact_removal import ContactRemoval
from bot.services.contacts import Contacts
from bot.services.purge import admin_only
from bot.services.removals import Removals
from bot.text import Text
from bot.views import contact_care as views
from bot.views import kit
from bot.views.contacts import found_label
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from bot.views.kit import Choice
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press, Query
from handlers.routes import Routes
from handlers.surface import Surface

SEARCH_SIZE = 25


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.MERGE_CONTACT] = ask_merge
    routes.submissions[Callback.MERGE_CHOOSE] = compare
    routes.submissions[Callback.MERGE_CONTACTS] = merge
    routes.actions[Action.DELETE_CONTACT] = ask_delete
    routes.submissions[Callback.DELETE_CONTACT] = delete
    routes.choices[views.ONE] = suggest
    routes.choices[views.OTHER] = suggest


def ask_merge(press: Press, slack: Surface, contacts: Contacts, actor: Person, text: Text) -> None:
    """Open the choice of the second contact."""
    admin_only(actor)
    slack.open(views.choose_form(_blank(), contacts.get(actor, ContactId(press.number)), text))


def choose(slack: Surface, actor: Person, text: Text) -> None:
    """Open the choice of both contacts."""
    admin_only(actor)
    slack.open(views.choose_form(_blank(), None, text))


def compare(view: OpenView, ack: Ack, contact_removal: ContactRemoval, actor: Person, text: Text) -> None:
    """Show the two side by side."""
    one, other = _chosen(view, views.ONE), _chosen(view, views.OTHER)
    found = contact_removal.compare(actor, one, other)
    meta = Meta(form_id=payloads.meta(view).form_id, subjects=(int(one), int(other)))
    page = views.merge_form(
        meta, (found.one, found.other), (found.of_one, found.of_other), found.fillable, text
    )
    ack(response_action="update", view=page)


def merge(
    view: OpenView, ack: Ack, contact_removal: ContactRemoval, removals: Removals, actor: Person
) -> None:
    """Make one of the two; what becomes of it is said in the direct message."""
    meta = payloads.meta(view)
    survivor = int(_chosen(view, views.SURVIVOR))
    pair = sorted(meta.subjects, key=lambda one: one != survivor)
    chosen = payloads.boxes(view, views.FILL)
    key = f"merge:{meta.form_id}"
    removal = contact_removal.merge(actor, key, (ContactId(pair[0]), ContactId(pair[1])), chosen)
    ack()
    removals.go_on(actor.workspace, removal)


def ask_delete(
    press: Press, slack: Surface, contact_removal: ContactRemoval, actor: Person, text: Text
) -> None:
    """Ask before a contact is deleted."""
    contact, counts = contact_removal.deletable(actor, ContactId(press.number))
    meta = Meta(form_id=FormId(uuid4().hex), subject=int(contact.id))
    slack.open(views.delete_form(meta, contact, counts, text))


def delete(
    view: OpenView, ack: Ack, contact_removal: ContactRemoval, removals: Removals, actor: Person
) -> None:
    """Delete a contact; what becomes of it is said in the direct message."""
    meta = payloads.meta(view)
    removal = contact_removal.delete(actor, f"delete_contact:{meta.form_id}", ContactId(meta.subject or 0))
    ack()
    removals.go_on(actor.workspace, removal)


def suggest(query: Query, ack: Ack, contacts: Contacts, actor: Person, text: Text) -> None:
    """Answer a contact search; here nobody new is made."""
    found = contacts.find(actor, query.text, SEARCH_SIZE)
    choices = [Choice(found_label(one, text), str(one.id)) for one in found]
    ack(options=[option.to_dict() for option in kit.options(choices)])


def _chosen(view: OpenView, name: str) -> ContactId:
    value = payloads.chosen(view, name) or ""
    return ContactId(int(value) if value.isdecimal() else 0)


def _blank() -> Meta:
    return Meta(form_id=FormId(uuid4().hex))
