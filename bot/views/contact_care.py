"""Merging and deleting contacts: two side by side, the questions, and what is said afterwards."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, OverflowMenuElement

from bot.domain.contacts import Contact
from bot.domain.removals import FILLABLE, Counts, Removal, RemovalKind
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback, verb
from bot.views.kit import Choice, Part, Payload
from bot.views.words import CONTACT_LABELS, CORRESPONDENCES

ONE, OTHER = "merge_one", "merge_other"
SURVIVOR, FILL = "survivor", "fill"
_SHOWN = 60


def menu(contact: Contact, text: Text) -> OverflowMenuElement:
    """Return the ⋯ of a contact's card, for admins."""
    choices = [
        Choice(text("Merge with another contact"), verb(Action.MERGE_CONTACT, contact.id)),
        Choice(text("Delete contact"), verb(Action.DELETE_CONTACT, contact.id)),
    ]
    return kit.more(Action.MORE, *choices, *(_of_person(contact, text) if contact.is_person else []))


def _of_person(contact: Contact, text: Text) -> list[Choice]:
    return [
        Choice(text("Export person"), verb(Action.EXPORT_PERSON, contact.id)),
        Choice(text("Erase person"), verb(Action.ERASE_PERSON, contact.id)),
    ]


def choose_form(meta: Meta, one: Contact | None, text: Text) -> dict[str, Any]:
    """Return the form in which the two contacts are chosen that are one."""
    fields, placeholder = Fields(meta), text("Name, company, e-mail or number")
    chosen = Choice(_named(one), str(one.id)) if one else None
    return modal(
        Callback.MERGE_CHOOSE,
        text("Merge contacts"),
        [
            kit.line(text("Which two contacts are one and the same? The next page shows them side by side.")),
            fields.search(ONE, text("First contact"), placeholder, chosen),
            fields.search(OTHER, text("Second contact"), placeholder, None),
        ],
        submit=text("Compare"),
        close=text("Close"),
        meta=meta,
    )


def merge_form(
    meta: Meta,
    pair: tuple[Contact, Contact],
    counts: tuple[Counts, Counts],
    fillable: Sequence[str],
    text: Text,
) -> dict[str, Any]:
    """Return two contacts side by side; one of them survives."""
    fields = Fields(meta)
    survivors = [Choice(_named(one), str(one.id)) for one in pair]
    return modal(
        Callback.MERGE_CONTACTS,
        text("Merge contacts"),
        [
            kit.lines([kit.bold(" | ".join(_named(one) for one in pair))], *_compared(pair, text)),
            kit.lines([kit.bold(text("What names them"))], *_counted(counts, text)),
            fields.select(
                SURVIVOR, text("Which one stays?"), survivors, _richer(pair, counts), optional=False
            ),
            _fill(pair, fillable, fields, text),
            kit.small(
                text(
                    "The other one's interactions, drafts, follow-ups, segment lines and people move to it, and "
                    "its number still finds it. You can undo this for ten minutes."
                )
            ),
        ],
        submit=text("Merge"),
        close=text("Close"),
        meta=meta,
    )


def _fill(pair: tuple[Contact, Contact], fillable: Sequence[str], fields: Fields, text: Text) -> Block | None:
    choices = [
        Choice(f"{text(CONTACT_LABELS[_label(name)])}: {_value(_who_has(pair, name), name, text)}", name)
        for name in fillable
    ]
    if not choices:
        return None
    return fields.ticked_boxes(
        FILL,
        text("Take over where it has nothing"),
        choices,
        [choice.value for choice in choices],
        optional=True,
    )


def _who_has(pair: tuple[Contact, Contact], name: str) -> Contact:
    return next(one for one in pair if getattr(one, name))


def _richer(pair: tuple[Contact, Contact], counts: tuple[Counts, Counts]) -> str:
    """Return whom we propose: the one with more interactions."""
    return str(pair[1 if counts[1].entries > counts[0].entries else 0].id)


def _compared(pair: tuple[Contact, Contact], text: Text) -> list[list[Part | str]]:
    rows: list[list[Part | str]] = []
    for name in FILLABLE:
        values = [_value(one, name, text) for one in pair]
        if any(getattr(one, name) for one in pair):
            rows.append([*kit.fact(text(CONTACT_LABELS[_label(name)]), " | ".join(values))])
    return rows


def _counted(counts: tuple[Counts, Counts], text: Text) -> list[list[Part | str]]:
    named = {
        text("Interactions"): [one.entries for one in counts],
        text("Postponed interactions"): [one.drafts for one in counts],
        text("Follow-ups"): [one.tasks for one in counts],
        text("Segment lines"): [one.lines for one in counts],
        text("People"): [one.people for one in counts],
        text("Opportunities"): [one.opportunities for one in counts],
    }
    return _rows(named)


def _rows(named: Mapping[str, Sequence[int]]) -> list[list[Part | str]]:
    return [
        kit.fact(name, " | ".join(f"{n:,}" for n in numbers))
        for name, numbers in named.items()
        if any(numbers)
    ]


def delete_form(meta: Meta, contact: Contact, counts: Counts, text: Text) -> dict[str, Any]:
    """Return the question before a contact is deleted, with what becomes of what names it."""
    stay = (
        text("They move to {company}.", company=contact.company_name)
        if contact.company
        else text("They stay, without a contact.")
    )
    rows = _rows(
        {
            text("Interactions"): [counts.entries],
            text("Postponed interactions"): [counts.drafts],
            text("Follow-ups done"): [counts.tasks],
            text("People"): [counts.people],
        }
    )
    return modal(
        Callback.DELETE_CONTACT,
        text("Delete contact"),
        [
            kit.lines(
                [kit.bold(text("Delete {name}?", name=_named(contact)))], *rows, *([[stay]] if rows else [])
            ),
            kit.small(
                text("You can undo this for ten minutes. It does not erase a person: what was written stays.")
            ),
        ],
        submit=text("Delete"),
        close=text("Keep it"),
        meta=meta,
    )


def removed(removal: Removal, heir: Contact | None, text: Text) -> Payload:
    """Return what is said once a contact is gone."""
    gone = f"{removal.name} ({removal.number})"
    if removal.kind is RemovalKind.MERGE and heir is not None:
        said = text("{gone} is one with {heir} now.", gone=gone, heir=_named(heir))
        show = kit.button(text("Show contact"), Action.SHOW_CONTACT, heir.id)
    else:
        said, show = text("{gone} was deleted.", gone=gone), None
    return kit.message(
        kit.line(kit.bold(said)), kit.actions(kit.button(text("Undo"), Action.UNDO, removal.operation), show)
    )


def under_way(removal: Removal, text: Text) -> Payload:
    """Return what is said while a contact with much about it goes."""
    said = text(
        "{gone} has a lot about it; it is on its way. You hear from me when it is done.",
        gone=f"{removal.name} ({removal.number})",
    )
    return kit.message(kit.line(said))


def draft_without_contact(gone: Contact, drafts: int, text: Text) -> Payload:
    """Return what those are told whose postponed interactions named a contact that was deleted."""
    said = text.count(
        "{name} was deleted: {n} of your postponed interactions needs another contact.",
        "{name} was deleted: {n} of your postponed interactions need another contact.",
        drafts,
        name=gone.label,
    )
    return kit.message(
        kit.line(said), kit.actions(kit.button(text("Postponed interactions"), Action.POSTPONED))
    )


def _named(contact: Contact) -> str:
    return f"{kit.clip(contact.label, _SHOWN)} ({contact.number})"


def _label(name: str) -> str:
    return "company" if name == "company_name" else name


def _value(contact: Contact, name: str, text: Text) -> str:
    value = getattr(contact, name)
    if name == "correspondence" and value:
        return text(CORRESPONDENCES[value])
    return kit.clip(str(value or "–"), _SHOWN)
