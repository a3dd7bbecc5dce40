"""The salesperson card (`/log about`)."""

from collections.abc import Sequence

from slack_sdk.models.blocks import ActionsBlock, Block

from bot.domain.cards import PersonCard
from bot.domain.contacts import Found
from bot.domain.entries import Asked, Filter
from bot.domain.people import Person
from bot.domain.team_figures import Tally
from bot.text import Text
from bot.views import kit, postponed
from bot.views.asked import written
from bot.views.contacts import found_row, own_entry_row
from bot.views.ids import Action
from bot.views.kit import Part, Payload
from bot.views.words import ROLES

CONTACTS, PEOPLE = 6, 10


def card(card: PersonCard, text: Text) -> Payload:
    """Return the card of a salesperson."""
    return kit.message(
        kit.lines(
            [kit.bold(card.person.name), f" · {_who(card.person, text)}"],
            *_team(card, text),
            [_figures(card.now, card.before, text)],
        ),
        _entries(card, text),
        *(postponed.on_own_card if card.own else postponed.on_card)(card.waiting, text),
        _ways(card, text),
    )


def _who(person: Person, text: Text) -> str:
    said = [text(ROLES[person.role]), person.code]
    said += [] if person.active else [text("has left")]
    return " · ".join(said)


def _team(card: PersonCard, text: Text) -> list[list[Part | str]]:
    if not card.team:
        return []
    if not card.managers:
        return [[text("Team {team}", team=card.team)]]
    return [[text("Team {team} · manager: {names}", team=card.team, names=", ".join(card.managers))]]


def _figures(now: Tally, before: Tally, text: Text) -> str:
    """Return "Last 30 days: 14 interactions with 9 contacts, 3 h 10 min (11 in the 30 days before)"."""
    said = text.count("{n} interaction", "{n} interactions", now.interactions)
    if now.interactions:
        said = f"{said} {text.count('with {n} contact', 'with {n} contacts', now.contacts)}"
    if now.minutes:
        said = f"{said}, {text.minutes(now.minutes)}"
    return text(
        "Last 30 days: {figures} ({before} in the 30 days before)", figures=said, before=before.interactions
    )


def _entries(card: PersonCard, text: Text) -> Block:
    if not card.entries:
        return kit.line(Part(text("No interactions yet."), italic=True))
    rows = (own_entry_row(one, text) for one in card.entries)
    return kit.lines([kit.bold(text("Last interactions"))], *rows)


def _ways(card: PersonCard, text: Text) -> ActionsBlock | None:
    person = card.person
    word = written(Asked(Filter(salespeople=frozenset({person.id}))))
    ways = (
        kit.primary(text("Log interaction"), Action.LOG_PERSON, person.id) if card.may_log else None,
        kit.button(text("Entries"), Action.ENTRIES, word) if card.entries else None,
    )
    return kit.actions(*ways, block_id="person") if any(ways) else None


def found_list(query: str, people: Sequence[Person], contacts: Sequence[Found], text: Text) -> Payload:
    """Return the contacts and salespeople that fit, each to be opened."""
    buttons = [
        kit.button(person.name, f"{Action.SHOW_PERSON}.{place}", person.id)
        for place, person in enumerate(people[:PEOPLE])
    ]
    return kit.message(
        kit.line(kit.bold(text("Which “{query}”?", query=kit.clip(query, 100)))),
        *(found_row(one, text) for one in contacts[:CONTACTS]),
        *([kit.small(text("Salespeople"))] if contacts else []),
        kit.actions(*buttons, block_id="people"),
    )


def stranger(text: Text) -> Payload:
    """Return what is said of a member who has never used Saleslog."""
    return kit.message(kit.line(text("This member has not used Saleslog yet.")))
