"""The salesperson card (`/log about`)."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.entries import Listed
from bot.domain.people import Person
from bot.text import Text
from bot.views import kit
from bot.views.contacts import own_entry_row
from bot.views.ids import Action
from bot.views.kit import Part, Payload
from bot.views.words import ROLES


def card(
    person: Person,
    entries: Sequence[Listed],
    figures: tuple[int, int],
    waiting: Sequence[Block],
    text: Text,
    *,
    may_log: bool,
) -> Payload:
    """Return the card of a salesperson: figures (interactions and contacts of 30 days), last entries, what waits."""
    interactions, contacts = figures
    counted = text.count("{n} interaction", "{n} interactions", interactions)
    met = text.count("with {n} contact", "with {n} contacts", contacts)
    rows = [kit.lines([kit.bold(text("Last interactions"))], *(own_entry_row(one, text) for one in entries))]
    return kit.message(
        kit.lines(
            [kit.bold(person.name), f" · {text(ROLES[person.role])} · {person.code}"],
            [text("Last 30 days: {counted} {met}", counted=counted, met=met)],
        ),
        *(rows if entries else [kit.line(Part(text("No interactions yet."), italic=True))]),
        *waiting,
        kit.actions(kit.primary(text("Log interaction"), Action.LOG_PERSON, person.id)) if may_log else None,
    )


def found_list(query: str, people: Sequence[Person], text: Text) -> Payload:
    """Return the salespeople that fit, each to be opened."""
    rows = [
        kit.button(person.name, f"{Action.SHOW_PERSON}.{place}", person.id)
        for place, person in enumerate(people[:10])
    ]
    return kit.message(
        kit.line(kit.bold(text("Which “{query}”?", query=query))), kit.actions(*rows, block_id="people")
    )


def stranger(text: Text) -> Payload:
    """Return what is said of a member who has never used Saleslog."""
    return kit.message(kit.line(text("This member has not used Saleslog yet.")))
