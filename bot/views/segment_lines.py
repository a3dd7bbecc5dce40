"""One line of a segment: its form over the preview (screens: Segment; `domain.md` 2.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.attachments import LetterOf
from bot.domain.contacts import Contact
from bot.domain.ids import GroupId
from bot.domain.interactions import Field, Group, Template
from bot.domain.people import Person
from bot.domain.personal_lines import Typed
from bot.domain.segments import Segment
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Callback
from bot.views.kit import Choice, Part
from bot.views.segments import SALESPERSON, title
from bot.views.words import CORRESPONDENCES, EVALUATIONS, TOO_LONG

TEMPLATE, TEXT, LETTER = "line_template", "line_text", "line_letter"
AS_HEADER = "header"
FORCED = (Field.DESCRIPTION, Field.CORRESPONDENCE, TEXT, LETTER)
"""The fields that choosing another template fills."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A line as its form shows it; `mark` tells later whether somebody changed it meanwhile."""

    segment: Segment
    number: int
    mark: int
    typed: Typed
    shares: bool
    contact: Contact | None
    salesperson: Person | None
    groups: Mapping[GroupId, Group]
    templates: Sequence[Template]
    letters: Sequence[LetterOf] = ()


def form(meta: Meta, edited: Edited, text: Text, said: str = "") -> dict[str, Any]:
    """Return the form of a line; `said` stands on top, where something happened meanwhile."""
    fields, typed, person = Fields(meta), edited.typed, edited.salesperson
    kinds = [Choice(text(word), value) for value, word in CORRESPONDENCES.items()]
    evaluations = [Choice(text(word), value) for value, word in EVALUATIONS.items()]
    letters = [
        Choice(f"{one.description} · {one.letter.name}", str(one.letter.id))
        for one in edited.letters
        if one.letter
    ]
    return modal(
        Callback.SEGMENT_LINE,
        text("Edit line"),
        [
            kit.line(kit.bold(said)) if said else None,
            kit.lines([kit.bold(who(edited.contact, text))], [title(edited.segment, text)]),
            *_reached(edited.contact, text),
            fields.grouped(TEMPLATE, text("Interaction template"), _templates(edited, text), _chosen(edited)),
            fields.line(Field.DESCRIPTION, text("Description"), typed.description),
            fields.search(
                SALESPERSON,
                text("Salesperson"),
                text("As the header, or the contact's own"),
                None if person is None else Choice(person.name, str(person.id)),
                optional=True,
            ),
            fields.select(Field.CORRESPONDENCE, text("Correspondence type"), kinds, typed.correspondence),
            fields.select(Field.EVALUATION, text("Evaluation"), evaluations, typed.evaluation),
            fields.paragraph(TEXT, text("Text"), typed.text, text(TOO_LONG)),
            kit.small(
                text(
                    "Fields are filled in: {fields} and others; /segment help names them all.",
                    fields=EXAMPLES,
                )
            ),
            fields.select(LETTER, text("Letter"), letters, _value(typed.attachment)),
        ],
        submit=text("Save"),
        close=text("Close"),
        meta=meta,
    )


EXAMPLES = "{{ contact.name }}, {{ contact.company }}, {{ salesperson.name }}"


def who(contact: Contact | None, text: Text) -> str:
    """Return whom a line is about."""
    return contact.label if contact else text("(contact deleted)")


def reached(contact: Contact) -> tuple[str, ...]:
    """Return by what a contact is reached: phone, mobile phone, e-mail (line 45)."""
    return tuple(way for way in (contact.phone, contact.mobile, contact.email) if way)


def changed_meanwhile(text: Text) -> str:
    """Return what is said over a form whose line, or its header, somebody changed meanwhile."""
    return text("Somebody changed this line or its header meanwhile. What you typed is here; Save keeps it.")


def _reached(contact: Contact | None, text: Text) -> list[Block]:
    if contact is None:
        return [kit.line(Part(text("Remove this line: nothing can be logged for it."), italic=True))]
    ways = reached(contact) or (text("no phone and no e-mail address"),)
    return [kit.small(" · ".join(ways))]


def _templates(edited: Edited, text: Text) -> dict[str, list[Choice]]:
    header = next((one for one in edited.templates if one.id == edited.segment.template), None)
    name = header.description if header else text("(no template yet)")
    offered: dict[str, list[Choice]] = {
        text("Header"): [Choice(text("As the header: {template}", template=name), AS_HEADER)]
    }
    for one in edited.templates:
        if one is not header:
            group = edited.groups[one.group].description
            offered.setdefault(group, []).append(Choice(one.description, str(one.id)))
    return offered


def _chosen(edited: Edited) -> str:
    return AS_HEADER if edited.shares else str(edited.typed.template)


def _value(identity: int | None) -> str | None:
    return None if identity is None else str(identity)
