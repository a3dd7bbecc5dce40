"""People: what Slack says of them, and the salesperson card."""

import re

from bot.domain.ids import PersonId, SlackUser
from bot.domain.people import Person, may_log_for
from bot.services.contacts import Contacts
from bot.services.entries import Entries
from bot.services.lists import Lists
from bot.services.people import People
from bot.text import Text
from bot.views import people as views
from bot.views import postponed
from bot.views.contacts import found_list
from bot.views.ids import Action
from handlers import contacts as contact_cards
from handlers.payloads import MemberChange, Press
from handlers.routes import Routes
from handlers.surface import Surface

LAST_ENTRIES = 5
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.events["user_change"] = changed
    routes.actions[Action.SHOW_PERSON] = show_pressed


def changed(member: MemberChange, people: People, actor: Person) -> None:
    """Take over a change of somebody's profile."""
    people.refresh(actor.workspace, member.profile)


def show_pressed(
    press: Press,
    slack: Surface,
    people: People,
    entries: Entries,
    lists: Lists,
    actor: Person,
    text: Text,
) -> None:
    """Show the card of a salesperson that a button names."""
    person = people.get(actor, PersonId(press.number))
    if person is not None:
        show(person, slack, people, entries, lists, actor, text)


def about(
    words: str,
    slack: Surface,
    people: People,
    contacts: Contacts,
    entries: Entries,
    lists: Lists,
    actor: Person,
    text: Text,
) -> None:
    """Answer `/log about`: a salesperson when mentioned or when only he fits, else a contact."""
    mentioned = _MENTION.fullmatch(words.strip())
    if mentioned:
        person = people.known(actor.workspace, SlackUser(mentioned[1]))
        return _about_person(person, slack, people, entries, lists, actor, text)
    if not words.strip() or words.strip().casefold() in ("me", "meg", "mij"):
        return show(actor, slack, people, entries, lists, actor, text)
    found = contacts.find(actor, words, contact_cards.FOUND)
    meant = contact_cards.only_one(found, words)
    if meant is not None:
        return contact_cards.show(meant, slack, contacts, actor, text)
    if found:
        return slack.reply(found_list(words, found, text))
    salespeople = people.find(actor, words, 10)
    if len(salespeople) == 1:
        return show(salespeople[0], slack, people, entries, lists, actor, text)
    slack.reply(views.found_list(words, salespeople, text) if salespeople else found_list(words, [], text))


def _about_person(
    person: Person | None,
    slack: Surface,
    people: People,
    entries: Entries,
    lists: Lists,
    actor: Person,
    text: Text,
) -> None:
    if person is None:
        return slack.reply(views.stranger(text))
    show(person, slack, people, entries, lists, actor, text)


def show(
    person: Person,
    slack: Surface,
    people: People,
    entries: Entries,
    lists: Lists,
    actor: Person,
    text: Text,
) -> None:
    """Answer with a salesperson's card."""
    latest = entries.of_person(actor, person.id, LAST_ENTRIES)
    figures = people.figures(actor, person.id)
    known = lists.known_of(actor, person)
    own = actor.id == person.id
    waiting = postponed.on_own_card(known, text) if own else postponed.on_card(known, text)
    may_log = may_log_for(actor, person)
    slack.reply(views.card(person, latest, figures, waiting, text, may_log=may_log))
