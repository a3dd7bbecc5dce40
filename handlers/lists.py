"""The lists of what waits: shown, turned, filtered, and shown anew in place after each act."""

from uuid import uuid4

from bot.domain.ids import FormId, OperationId
from bot.domain.people import Person
from bot.services.contacts import Contacts
from bot.services.lists import Lists
from bot.services.undo import Undo
from bot.text import Text
from bot.views import contacts as contact_views
from bot.views import kit, postponed
from bot.views.ids import Action, Callback
from bot.views.listing import Listing, Said, Where
from handlers import payloads, standing
from handlers.acks import Ack
from handlers.payloads import OpenView, Press, Query
from handlers.routes import Routes
from handlers.surface import Surface

SEARCH_SIZE = 25


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.POSTPONED] = postponed_pressed
    routes.actions[Action.TASKS] = tasks_pressed
    routes.actions[Action.TURN_PAGE] = turn
    routes.actions[Action.FILTER_DRAFTS] = ask_contact
    routes.submissions[Callback.FILTER_DRAFTS] = filtered
    routes.choices["contact_filter"] = suggest
    routes.writes(Action.TAKE_BACK, take_back)


def drafts(slack: Surface, lists: Lists, actor: Person) -> None:
    """Answer `/log drafts`."""
    slack.reply(lists.message(actor, Listing(Where.DRAFTS)))


def postponed_pressed(press: Press, slack: Surface, lists: Lists, actor: Person) -> None:
    """Show what waits, with one contact or all."""
    show(press, Listing(Where.DRAFTS, press.number), slack, lists, actor)


def tasks_pressed(press: Press, slack: Surface, lists: Lists, actor: Person) -> None:
    """Show all follow-ups."""
    show(press, Listing(Where.TASKS), slack, lists, actor)


def turn(press: Press, slack: Surface, lists: Lists, actor: Person) -> None:
    """Turn to another page of a list."""
    listing = Listing.read(press.block)
    if listing is not None:
        standing.show_again(press, listing.turned(press.number), slack, lists, actor, None)


def ask_contact(press: Press, slack: Surface, lists: Lists, actor: Person, text: Text) -> None:
    """Ask by which contact a list is filtered."""
    meta = standing.meta_for(press, FormId(uuid4().hex))
    standing.open_form(press, meta, postponed.filter_form(meta, text), slack, lists, actor)


def filtered(view: OpenView, ack: Ack, slack: Surface, lists: Lists, actor: Person, text: Text) -> None:
    """Show only what waits with the chosen contact."""
    chosen = payloads.chosen(view, "contact_filter") or ""
    if not chosen.isdecimal():
        block = view.block_of("contact_filter") or "contact_filter"
        return ack(response_action="errors", errors={block: text("Choose a contact or a company.")})
    ack()
    meta = payloads.meta(view)
    standing.answer(meta, Listing(Where.DRAFTS, int(chosen)), slack, lists, actor, None)


def suggest(query: Query, ack: Ack, contacts: Contacts, actor: Person, text: Text) -> None:
    """Answer the search for a contact to filter by."""
    found = contacts.find(actor, query.text, SEARCH_SIZE)
    choices = contact_views.search_choices(found, "", text)
    ack(options=[option.to_dict() for option in kit.options(choices)])


def take_back(
    press: Press, slack: Surface, undo: Undo, lists: Lists, actor: Person, ack: Ack, text: Text
) -> None:
    """Undo what the top of a list tells of."""
    undone = undo.operation(actor, OperationId(press.number), None)
    ack()
    standing.told(press, Said(text.say(undone.message)), slack, lists, actor, text)


def show(press: Press, listing: Listing, slack: Surface, lists: Lists, actor: Person) -> None:
    """Show a list where the person looks: instead of the list that stands there, over a page, else as an answer."""
    before = Listing.read(press.block)
    if before is not None and before.where is not Where.HOME:
        return standing.show_again(press, listing, slack, lists, actor, None)
    if press.view is None:
        return slack.reply(lists.message(actor, listing))
    slack.show_over(bool(press.view.callback), lists.page(actor, listing))
