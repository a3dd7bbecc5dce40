"""The dialog **Delete canceled interaction log entries**: filters, one question, an order."""

from uuid import uuid4

from bot.domain.ids import CampaignId, ContactId, FormId, GroupId, PersonId, TemplateId
from bot.domain.people import Person
from bot.domain.purge import Filters
from bot.services.contacts import Contacts
from bot.services.deletions import Deletions
from bot.text import Text
from bot.views import deletion as views
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
LONGEST_NUMBER = 9


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.DELETE_CANCELED] = ask
    routes.submissions[Callback.DELETE_CANCELED] = count
    routes.submissions[Callback.DELETE_SURE] = order
    routes.choices[views.CONTACT] = suggest_contact
    routes.choices[views.SALESPERSON] = suggest_person


def ask(press: Press, slack: Surface, deletions: Deletions, actor: Person, text: Text) -> None:
    """Open the filters."""
    inside = press.view is not None and bool(press.view.callback)
    slack.show_over(inside, views.form(_blank(), deletions.offered(actor), text))


def count(view: OpenView, ack: Ack, deletions: Deletions, actor: Person, text: Text) -> None:
    """Count what passes the filters, and ask."""
    wrong = [name for name in (views.FIRST, views.LAST) if not _is_number(payloads.text(view, name))]
    if wrong:
        return ack(response_action="errors", errors={name: text(views.NUMBER) for name in wrong})
    filters = _filters(view)
    sample = deletions.sample(actor, filters)
    if not sample.count:
        return ack(response_action="errors", errors={views.FIRST: text(views.NOTHING)})
    meta = Meta(form_id=FormId(uuid4().hex), below=views.written(filters, sample.at))
    ack(response_action="push", view=views.question(meta, sample, text))


def order(view: OpenView, ack: Ack, deletions: Deletions, actor: Person) -> None:
    """Order the deletion, and begin with it; what becomes of it is said in the direct message."""
    meta = payloads.meta(view)
    filters, at = views.read(meta.below)
    deletions.order(actor, f"delete:{meta.form_id}", filters, at)
    ack(response_action="clear")
    deletions.run()


def suggest_contact(query: Query, ack: Ack, contacts: Contacts, actor: Person, text: Text) -> None:
    """Answer a contact search; here nobody new is made."""
    found = contacts.find(actor, query.text, SEARCH_SIZE)
    choices = [Choice(found_label(one, text), str(one.id)) for one in found]
    ack(options=[option.to_dict() for option in kit.options(choices)])


def suggest_person(query: Query, ack: Ack, deletions: Deletions, actor: Person) -> None:
    """Answer a search for a salesperson, also for those who left."""
    choices = [Choice(one.name, str(one.id)) for one in deletions.people(actor, query.text, SEARCH_SIZE)]
    ack(options=[option.to_dict() for option in kit.options(choices)])


def _filters(view: OpenView) -> Filters:
    first, last = (payloads.text(view, name).strip() for name in (views.FIRST, views.LAST))
    contact, person = _chosen(view, views.CONTACT), _chosen(view, views.SALESPERSON)
    campaign, group = _chosen(view, views.CAMPAIGN), _chosen(view, views.GROUP)
    template = _chosen(view, views.TEMPLATE)
    return Filters(
        first=int(first) if first else None,
        last=int(last) if last else None,
        contact=None if contact is None else ContactId(contact),
        since=payloads.day(view, views.SINCE),
        until=payloads.day(view, views.UNTIL),
        campaign=None if campaign is None else CampaignId(campaign),
        group=None if group is None else GroupId(group),
        template=None if template is None else TemplateId(template),
        salesperson=None if person is None else PersonId(person),
    )


def _chosen(view: OpenView, name: str) -> int | None:
    value = payloads.chosen(view, name)
    return int(value) if value is not None and value.isdecimal() else None


def _is_number(typed: str) -> bool:
    number = typed.strip()
    return not number or (number.isdecimal() and len(number) <= LONGEST_NUMBER)


def _blank() -> Meta:
    return Meta(form_id=FormId(uuid4().hex))
