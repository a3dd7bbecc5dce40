"""What must be right before a form becomes an entry (`domain.md` 2.1 CheckStatus, `product.md` 4)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from bot.domain.contacts import Contact
from bot.domain.interactions import DESCRIPTION_LIMIT, Entry, Field, Form, Template
from bot.domain.messages import Message
from bot.domain.people import Person, may_log_for
from bot.domain.teams import who_can

TWIN_WINDOW = timedelta(minutes=15)
LONGEST = 24 * 60
_DURATION = re.compile(
    r"(?:(?P<hours>\d{1,2}(?:[.,]\d{1,2})?)\s*(?:h|u|t|hours?|uur|timer?))?\s*(?:(?P<minutes>\d{1,4})\s*(?:m|min|minutes?|minuten|minutter)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a form is checked against: who asks, his today, and what the form's choices turned out to be."""

    actor: Person
    today: date
    contact: Contact | None
    company: Contact | None
    template: Template | None
    salesperson: Person | None
    leaders: tuple[str, ...] = ()
    """Who manages the team of a salesperson for whom the actor can't log."""


def problems(form: Form, seen: Circumstances) -> dict[Field, Message]:
    """Return what is wrong, by field, each with its cure; empty when the form can be logged."""
    found: dict[Field, Message] = {}
    for field, message in _problems(form, seen):
        found.setdefault(field, message)
    return found


def _problems(form: Form, seen: Circumstances) -> Iterator[tuple[Field, Message]]:
    yield from _contact(form, seen)
    yield from _template(form, seen)
    yield from _salesperson(seen)
    yield from _day(form, seen.today)
    yield from _description(form)
    if minutes(form.duration) is None and form.duration.strip():
        yield (
            Field.DURATION,
            Message("Write whole minutes, as in 15, or hours, as in 1h30; at most 24 hours."),
        )
    if form.cost.strip() and cost(form.cost) is None:
        yield Field.COST, Message("Write an amount, as in 120 or 99.50.")


def _contact(form: Form, seen: Circumstances) -> Iterator[tuple[Field, Message]]:
    if form.contact is None:
        yield Field.CONTACT, Message("Choose a contact.")
    elif seen.contact is None:
        yield Field.CONTACT, Message("This contact has been deleted meanwhile. Choose somebody else.")
    elif blocked := _blocked(seen):
        yield (
            Field.CONTACT,
            Message(
                "{name} asked not to be recorded. Choose somebody else or discard.", {"name": blocked.name}
            ),
        )


def _blocked(seen: Circumstances) -> Contact | None:
    asked = (contact for contact in (seen.contact, seen.company) if contact is not None)
    return next((contact for contact in asked if contact.privacy_blocked), None)


def _template(form: Form, seen: Circumstances) -> Iterator[tuple[Field, Message]]:
    template = seen.template
    if form.template is None:
        yield Field.TEMPLATE, Message("Choose an interaction template.")
    elif template is None:
        yield Field.TEMPLATE, Message("This template is no longer in use. Choose another one.")
    elif template.lacks_document(form.language):
        yield (
            Field.TEMPLATE,
            Message(
                "“{template}” demands a document, and has none. Choose another template, or ask an admin.",
                {"template": template.description},
            ),
        )


def _salesperson(seen: Circumstances) -> Iterator[tuple[Field, Message]]:
    if seen.salesperson is None or not seen.salesperson.active:
        yield Field.SALESPERSON, Message("Choose a salesperson who works here.")
    elif not may_log_for(seen.actor, seen.salesperson):
        yield (
            Field.SALESPERSON,
            Message(
                "Only {who} can log for {name}.",
                {"who": who_can(seen.leaders), "name": seen.salesperson.name},
            ),
        )


def _day(form: Form, today: date) -> Iterator[tuple[Field, Message]]:
    if form.day is None:
        yield Field.DATE, Message("Choose the date.")
    elif form.day > today:
        yield (
            Field.DATE,
            Message("This date lies in the future. Pick today or earlier, or make it a task."),
        )
    elif form.day.year < today.year - 20:
        yield Field.DATE, Message("This date lies more than 20 years back. Pick a later one.")


def _description(form: Form) -> Iterator[tuple[Field, Message]]:
    length = len(form.description.strip())
    if not length:
        yield Field.DESCRIPTION, Message("Say in a few words what it was about.")
    elif length > DESCRIPTION_LIMIT:
        yield (
            Field.DESCRIPTION,
            Message(
                "At most {limit} characters; this has {length}. Put the rest into the comment.",
                {"limit": DESCRIPTION_LIMIT, "length": length},
            ),
        )


def minutes(typed: str) -> int | None:
    """Return whole minutes of `15`, `15 min`, `1h30`, `1.5 h`, None where it is neither or more than a day."""
    words = typed.strip()
    found = _DURATION.fullmatch(words)
    if not words or found is None:
        return None
    hours = Decimal((found["hours"] or "0").replace(",", "."))
    total = int(hours * 60) + int(found["minutes"] or 0)
    return total if total <= LONGEST else None


def cost(typed: str) -> str | None:
    """Return the amount with two decimals, None where it is none or negative."""
    try:
        amount = Decimal(typed.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 <= amount < 10**12:
        return None
    return f"{amount:.2f}"


def twin(entry: Entry, others: list[Entry]) -> Entry | None:
    """Return an entry logged within the last 15 minutes that this one may repeat (`product.md` 4)."""
    near = (
        other for other in others if entry.logged_at - other.logged_at < TWIN_WINDOW and other.id != entry.id
    )
    return next(near, None)
