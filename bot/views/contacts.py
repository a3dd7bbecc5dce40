"""Contacts: the card, the list of found ones, the form for a new one or for editing."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.domain.calls import Number
from bot.domain.cards import Standing
from bot.domain.contacts import Contact, ContactType, Found
from bot.domain.entries import Listed
from bot.text import Text
from bot.views import calls, ids, kit, standings
from bot.views.confirmations import headline, template_words
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Choice, Part, Payload
from bot.views.words import CONTACT_FIELDS, CONTACT_TYPES, EVALUATIONS, RECORDED, document_words


def found_label(found: Found, text: Text) -> str:
    """Return one line for a search result, as in `Anna Berg · Fjordbygg AS (person, Bergen)`."""
    kind = text("company") if found.type is ContactType.COMPANY else text("person")
    place = ", ".join(part for part in (kind, found.city) if part)
    blocked = text(" – privacy blocked") if found.privacy_blocked else ""
    company = f" · {found.company_name}" if found.company_name else ""
    return f"{found.name}{company} ({place}){blocked}"


def search_choices(found: Sequence[Found], query: str, text: Text) -> list[Choice]:
    """Return the options of a contact search; the last one makes a new contact of what was typed."""
    choices = [Choice(found_label(one, text), str(one.id)) for one in found]
    words = " ".join(query.split())
    if words:
        label = text("＋ New contact “{name}”", name=kit.clip(words, 40))
        choices.append(Choice(label, ids.NEW_CONTACT_VALUE + words[:140]))
    return choices


def card(  # noqa: PLR0913 - a page shows what it shows
    contact: Contact,
    salesperson: str,
    entries: Sequence[Listed],
    people: Sequence[Contact],
    drafts: int,
    standing: Standing,
    text: Text,
    *,
    blocked: bool,
    numbers: Sequence[Number] = (),
    care: InteractiveElement | None = None,
) -> Payload:
    """Return a contact's card with the last interactions; `care` is the ⋯ that admins have."""
    return kit.message(
        kit.lines(
            [kit.bold(contact.name), *_about(contact, text)],
            *_reachable(contact, blocked=blocked),
            *_flags(contact, salesperson, text),
            *([[standings.since(standing, text)]] if standing.last else []),
        ),
        *(() if blocked else calls.rows(contact, numbers, text)),
        *standings.rows(standing, text),
        *_entries(contact, entries, text),
        *_people(people, text),
        kit.actions(
            None if blocked else kit.primary(text("Log interaction"), Action.LOG_CONTACT, contact.id),
            kit.button(_postponed(drafts, text), Action.POSTPONED, contact.id),
            kit.button(text("Opportunities"), Action.OPPORTUNITIES, contact.id),
            kit.button(text("Edit"), Action.EDIT_CONTACT, contact.id),
            care,
        ),
    )


def _postponed(drafts: int, text: Text) -> str:
    return text("Postponed interactions ({n})", n=drafts) if drafts else text("Postponed interactions")


def _about(contact: Contact, text: Text) -> list[Part | str]:
    parts = [contact.job_title, contact.company_name, contact.city]
    parts = [part for part in parts if part] or ([text("Company")] if not contact.is_person else [])
    return [" · ", " · ".join(parts)] if parts else []


def _reachable(contact: Contact, *, blocked: bool) -> list[list[Part | str]]:
    """Return the addresses; who may be called has his numbers in rows of their own."""
    numbers = (contact.phone, contact.mobile) if blocked else ()
    ways = [way for way in (*numbers, contact.email) if way]
    return [[" · ".join(ways)]] if ways else []


def _flags(contact: Contact, salesperson: str, text: Text) -> list[list[Part | str]]:
    said = [contact.number]
    said += [text("Salesperson: {name}", name=salesperson)] if salesperson else []
    said += [text("Privacy blocked: nothing can be logged")] if contact.privacy_blocked else []
    said += [text("Excluded from segments")] if contact.exclude_from_segment else []
    return [[Part(" · ".join(said), italic=True)]]


def _entries(contact: Contact, entries: Sequence[Listed], text: Text) -> list[Block]:
    if not entries:
        return [kit.line(Part(text("No interactions yet."), italic=True))]
    rows = (_own(one, text) if one.entry.contact == contact.id else entry_row(one, text) for one in entries)
    return [kit.lines([kit.bold(text("Last interactions"))], *rows)]


def _own(listed: Listed, text: Text) -> list[Part | str]:
    """Return one entry on the card of its own contact, who is not named again."""
    what = kit.bold(template_words(listed, text))
    return [
        f"{_when(listed, text)} · ",
        what,
        _whose(listed, text),
        *_how_and_what(listed, text),
    ]


def entry_row(listed: Listed, text: Text) -> list[Part | str]:
    """Return one entry in one line."""
    return [*_when_and_who(listed, text), _whose(listed, text), *_how_and_what(listed, text)]


def own_entry_row(listed: Listed, text: Text) -> list[Part | str]:
    """Return one entry of the reader's own in one line."""
    return [*_when_and_who(listed, text), *_how_and_what(listed, text)]


def _when_and_who(listed: Listed, text: Text) -> list[Part | str]:
    return [f"{_when(listed, text)} · ", *headline(listed, text)]


def _whose(listed: Listed, text: Text) -> str:
    return f" · {listed.salesperson_name or text(RECORDED)}"


def _when(listed: Listed, text: Text) -> str:
    entry = listed.entry
    return text.day(entry.day) + (f" {text.time(entry.at)}" if entry.at else "")


def _how_and_what(listed: Listed, text: Text) -> list[Part | str]:
    entry = listed.entry
    row: list[Part | str] = []
    row += [f" · {text(EVALUATIONS[entry.evaluation])}"] if entry.evaluation else []
    row += [text(" · attempt failed")] if entry.attempt_failed else []
    told = document_words(entry.document, text)
    row += [f" · {told}"] if told else []
    plain = {
        listed.template_name,
        f"{listed.template_name} {entry.document.number if entry.document else ''}",
    }
    said = entry.comment.strip() or (entry.description if entry.description not in plain else "")
    return [*row, " · ", kit.quote(said, 100)] if said else row


def _people(people: Sequence[Contact], text: Text) -> list[Block]:
    if not people:
        return []
    names = ", ".join(person.name for person in people)
    return [kit.line(kit.bold(text("People")), " ", names)]


def found_list(query: str, found: Sequence[Found], text: Text) -> Payload:
    """Return what a search found, when it was not exactly one; each can be opened."""
    if not found:
        return kit.message(
            kit.line(text("I found nobody for “{query}”.", query=kit.clip(query, 100))),
            kit.actions(kit.primary(text("New contact"), Action.NEW_CONTACT, kit.clip(query, 100))),
        )
    rows = [found_row(one, text) for one in found[:8]]
    headline_text = (
        text("These fit “{query}”:", query=kit.clip(query, 100)) if query else text("Your latest contacts:")
    )
    return kit.message(kit.line(kit.bold(headline_text)), *rows)


def found_row(one: Found, text: Text) -> Block:
    """Return a contact that was found, with its button."""
    return kit.item([found_label(one, text)], _show(one, text), f"found.{one.id}")


def _show(found: Found, text: Text) -> ButtonElement:
    name = text("Show {name}", name=kit.clip(found.name, 50))
    return kit.named(text("Show"), name, Action.SHOW_CONTACT, found.id)


def new_form(meta: Meta, name: str, text: Text) -> dict[str, Any]:
    """Return the form for a new contact."""
    empty = Contact(id=0, number="", type=ContactType.PERSON, name=name)  # type: ignore[arg-type]
    return modal(
        Callback.CONTACT_NEW,
        text("New contact"),
        [_type(meta, text), *_fields(empty, meta, text)],
        submit=text("Create"),
        close=text("Close"),
        meta=meta,
    )


def edit_form(contact: Contact, meta: Meta, text: Text) -> dict[str, Any]:
    """Return the form to edit a contact."""
    return modal(
        Callback.CONTACT_EDIT,
        text("Edit contact"),
        [
            *_fields(contact, meta, text),
            *(_line(name, contact, meta, text) for name in ("address", "post_code", "country")),
            _flag("exclude_from_segment", contact, meta, text),
            _flag(
                "privacy_blocked",
                contact,
                meta,
                text,
                text("Nothing can be logged with this contact any more."),
            ),
            *_flags_of_minors(contact, meta, text),
        ],
        submit=text("Save"),
        close=text("Close"),
        meta=meta,
    )


def _flags_of_minors(contact: Contact, meta: Meta, text: Text) -> list[Block]:
    if not contact.is_person:
        return []
    hint = text("A minor is privacy blocked until parental consent was received.")
    return [
        _flag("minor", contact, meta, text, hint),
        _flag("parental_consent", contact, meta, text),
    ]


def _type(meta: Meta, text: Text) -> Block | None:
    choices = [Choice(text(word), value) for value, word in CONTACT_TYPES.items()]
    return Fields(meta).select("type", text("Type"), choices, ContactType.PERSON, optional=False)


def _fields(contact: Contact, meta: Meta, text: Text) -> list[Block | None]:
    person = contact.is_person
    hint = text("A new name makes a new company.")
    return [
        Fields(meta).line("name", text(CONTACT_FIELDS["name"]), contact.name, optional=False),
        _line("company_name", contact, meta, text, hint) if person else None,
        _line("job_title", contact, meta, text) if person else None,
        *(_line(name, contact, meta, text) for name in ("email", "phone", "mobile", "city")),
    ]


def _line(name: str, contact: Contact, meta: Meta, text: Text, hint: str = "") -> Block:
    return Fields(meta).line(name, text(CONTACT_FIELDS[name]), getattr(contact, name), hint=hint)


def _flag(name: str, contact: Contact, meta: Meta, text: Text, hint: str = "") -> Block:
    return Fields(meta).flag(name, text(CONTACT_FIELDS[name]), ticked=getattr(contact, name), hint=hint)
