"""People: what Slack says of them, and the salesperson card."""

import re

from bot.domain.ids import PersonId, SlackUser
from bot.domain.people import Person
from bot.services.cards import Cards
from bot.services.contacts import Contacts
from bot.services.people import People
from bot.text import Text
from bot.views import people as views
from bot.views.contacts import found_list
from bot.views.ids import Action
from handlers import contacts as contact_cards
from handlers.payloads import MemberChange, Press
from handlers.routes import Routes
from handlers.surface import Surface

FOUND = 10
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.events["user_change"] = changed
    routes.actions[Action.SHOW_PERSON] = show_pressed


def changed(member: MemberChange, people: People, actor: Person) -> None:
    """Take over a change of somebody's profile."""
    people.refresh(actor.workspace, member.profile)


def show_pressed(
    press: Press, slack: Surface, people: People, cards: Cards, actor: Person, text: Text
) -> None:
    """Show the card of a salesperson that a button names."""
    _show(people.get(actor, PersonId(press.number)), slack, cards, actor, text)


def about(
    words: str, slack: Surface, people: People, contacts: Contacts, cards: Cards, actor: Person, text: Text
) -> None:
    """Answer `/log about`: the salesperson that is mentioned, else whoever is called so; several are offered."""
    named = words.strip()
    mentioned = _MENTION.fullmatch(named)
    if mentioned:
        person = people.known(actor.workspace, SlackUser(mentioned[1]))
        return _show(person, slack, cards, actor, text)
    if not named or named.casefold() in ("me", "meg", "mij"):
        return _show(actor, slack, cards, actor, text)
    found, salespeople = contacts.find(actor, named, contact_cards.FOUND), cards.find(actor, named, FOUND)
    meant = contact_cards.only_one(found, named)
    if meant is not None and not salespeople:
        return contact_cards.show(meant, slack, contacts, actor, text)
    if len(salespeople) == 1 and not found:
        return _show(salespeople[0], slack, cards, actor, text)
    slack.reply(
        views.found_list(named, salespeople, found, text) if salespeople else found_list(named, found, text)
    )


def _show(person: Person | None, slack: Surface, cards: Cards, actor: Person, text: Text) -> None:
    """Answer with a salesperson's card."""
    slack.reply(views.card(cards.of(actor, person), text) if person is not None else views.stranger(text))
