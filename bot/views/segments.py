"""Segments: the message in which one stands, its header's form, the list of those in work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.campaigns import Campaign
from bot.domain.ids import GroupId
from bot.domain.interactions import Field, Group, Template
from bot.domain.people import Person
from bot.domain.segments import Action as Criteria
from bot.domain.segments import Segment, SegmentState
from bot.text import Text
from bot.views import kit, segment_menu
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Choice, Part, Payload
from bot.views.words import CORRESPONDENCES, FLOWS, INITIATORS, language_name

NUMBER, IGNORE, TEXT = "number", "ignore_contact", "segment_text"
SALESPERSON, CONTACT = "segment_salesperson", "segment_contact"
BUILT_BY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A segment with the names that its message shows."""

    segment: Segment
    lines: int
    actions: Sequence[Criteria]
    owner: str
    salesperson: str
    template: str
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the header's form shows and offers."""

    segment: Segment
    salesperson: Person | None
    groups: Mapping[GroupId, Group]
    templates: Sequence[Template]
    campaigns: Sequence[Campaign]
    manual: bool = False


def message(known: Known, text: Text) -> Payload:
    """Return the message in which a segment stands."""
    segment = known.segment
    return kit.message(
        kit.header(title(segment, text)),
        kit.lines(
            [kit.bold(contacts(known.lines, text)), *_state(segment, text)],
            _facts(known, text),
            *_texts(segment, text),
        ),
        *_built_by(known, text),
        *_buttons(known, text),
    )


def title(segment: Segment, text: Text) -> str:
    """Return what a segment is called, as in `SEG0012 · Autumn mailing`."""
    return f"{segment.number} · {segment.description or text('(no description yet)')}"


def contacts(count: int, text: Text) -> str:
    """Return a number of contacts."""
    return text.count("{n} contact", "{n} contacts", count)


def listing(found: Sequence[tuple[Segment, int]], text: Text) -> Payload:
    """Return the segments in work."""
    if not found:
        empty = text(
            "No segment is in work. A segment is a list of contacts that gets one interaction, such as a mailing."
        )
        return kit.message(kit.line(Part(empty, italic=True)), kit.actions(_new(text)))
    return kit.message(
        kit.line(kit.bold(text("Segments in work"))),
        *(row(segment, lines, text) for segment, lines in found),
        kit.actions(_new(text)),
    )


def unknown(words: str, found: Sequence[tuple[Segment, int]], text: Text) -> Payload:
    """Return that no segment has this number, and which are in work."""
    return kit.message(
        kit.line(text("I found no segment “{words}”.", words=kit.clip(words, 40))),
        *(row(segment, lines, text) for segment, lines in found[:5]),
        kit.actions(_new(text)),
    )


def row(segment: Segment, lines: int, text: Text) -> Block:
    """Return one segment of a list."""
    words = [kit.bold(title(segment, text)), " · ", contacts(lines, text), *_state(segment, text)]
    name = text("Open {number}", number=segment.number)
    button = kit.named(text("Open"), name, Action.OPEN_SEGMENT, segment.id)
    return kit.item(words, button, f"segment.{segment.id}")


def brought(segment: Segment, text: Text) -> Payload:
    """Return where a segment's message is to be found."""
    return kit.message(kit.line(text("{title} stands in our direct message.", title=title(segment, text))))


def deleted(segment: Segment, text: Text) -> Payload:
    """Return what takes the place of a deleted segment's message."""
    return kit.message(kit.line(text("{title} was deleted.", title=title(segment, text))))


def moved(segment: Segment, text: Text) -> Payload:
    """Return what takes the place of a segment's message when it comes anew, at the end of the direct message."""
    return kit.message(kit.line(text("{title} stands further down.", title=title(segment, text))))


def form(meta: Meta, header: Header, text: Text) -> dict[str, Any]:
    """Return the header's form; without a subject it is that of a new segment."""
    fields, segment = Fields(meta), header.segment
    chosen = header.salesperson
    return modal(
        Callback.SEGMENT_HEADER,
        text("Segment") if meta.subject else text("New segment"),
        [
            fields.line(NUMBER, text("Number"), "", hint=text("Empty: the next one of the series."))
            if header.manual and not meta.subject
            else None,
            fields.line(Field.DESCRIPTION, text("Description"), segment.description, hint=_described(text)),
            fields.select(
                Field.TEMPLATE, text("Interaction template"), _templates(header), _value(segment.template)
            ),
            fields.day(Field.DATE, text("Date"), segment.day.isoformat()),
            fields.search(
                SALESPERSON,
                text("Salesperson"),
                text("Each contact's own salesperson"),
                None if chosen is None else Choice(chosen.name, str(chosen.id)),
                optional=True,
            ),
            fields.paragraph(
                TEXT, text("Text"), segment.text, text("The text is longer than Slack shows here.")
            ),
            kit.small(_fields_hint(text)),
            *_more(fields, header, text),
        ],
        submit=text("Save") if meta.subject else text("Create"),
        close=text("Close"),
        meta=meta,
    )


def add_form(meta: Meta, segment: Segment, text: Text) -> dict[str, Any]:
    """Return the form to add one contact."""
    return modal(
        Callback.SEGMENT_ADD,
        text("Add a contact"),
        [
            kit.line(title(segment, text)),
            Fields(meta).search(CONTACT, text("Contact"), text("Name, company, e-mail or city"), None),
        ],
        submit=text("Add"),
        close=text("Close"),
        meta=meta,
    )


def in_already(text: Text) -> str:
    """Return why a contact was not added."""
    return text("This contact is in already. Choose another one, or close.")


def _state(segment: Segment, text: Text) -> list[Part | str]:
    if segment.state is SegmentState.LOGGING:
        return [" · ", kit.bold(text("being logged"))]
    if segment.state is SegmentState.LOGGED:
        return [" · ", kit.bold(text("logged"))]
    return []


def _facts(known: Known, text: Text) -> list[Part | str]:
    template = known.template or text("no interaction template yet")
    salesperson = known.salesperson or text("each contact's own salesperson")
    parts = [template, salesperson, text.day(known.segment.day)]
    if not known.mine:
        parts.append(text("made by {name}", name=known.owner))
    return [" · ".join(parts)]


def _texts(segment: Segment, text: Text) -> list[list[Part | str]]:  # noqa: ARG001 - one shape for all parts
    return [[kit.quote(segment.text)]] if segment.text.strip() else []


def _built_by(known: Known, text: Text) -> list[Block]:
    if not known.actions:
        return [
            kit.line(
                Part(text("No contacts yet. Add them one by one, by criteria, or paste a list."), italic=True)
            )
        ]
    latest = [segment_menu.signed(one, text) for one in known.actions[-BUILT_BY:]]
    more = len(known.actions) - len(latest)
    earlier = [text("{n} earlier", n=more)] if more else []
    built = text("Built by: {actions}", actions=" · ".join([*earlier, *latest]))
    if known.segment.state is not SegmentState.ACTIVE:
        return [kit.small(built)]
    back = segment_menu.go_back_button(known.segment, known.actions[-1], text)
    return [kit.item([built], back, f"segment_back.{known.segment.id}")]


def _buttons(known: Known, text: Text) -> list[Block]:
    segment = known.segment
    if segment.state is not SegmentState.ACTIVE:
        return []
    log = kit.primary if known.lines else kit.button
    return [
        kit.actions(
            segment_menu.add_button(segment, text, first=not known.lines),
            kit.button(text("Add a contact"), Action.SEGMENT_ADD, segment.id),
            kit.button(text("Header"), Action.SEGMENT_HEADER, segment.id),
            kit.button(text("Preview"), Action.PREVIEW, segment.id),
            log(text("Log…"), Action.LOG_SEGMENT, segment.id),
            kit.more(Action.MORE, *segment_menu.choices(segment, text)),
            kit.danger(text("Delete"), Action.DELETE_SEGMENT, segment.id, _sure(known, text)),
            block_id=f"segment.{segment.id}",
        )
    ]


def _sure(known: Known, text: Text) -> Any:
    words = text(
        "{title} with {contacts} is deleted for good. What was logged from other segments stays.",
        title=title(known.segment, text),
        contacts=contacts(known.lines, text),
    )
    return kit.ask(text("Delete this segment?"), words, text("Delete"), text("Keep it"))


def _new(text: Text) -> Any:
    return kit.primary(text("New segment"), Action.NEW_SEGMENT)


def _described(text: Text) -> str:
    return text("What the interactions will say. A template's own words are taken while this is empty.")


def _fields_hint(text: Text) -> str:
    return text(
        "The text is written to each contact. Fields are filled in: {fields} and others; /segment help names them all.",
        fields="{{ contact.name }}, {{ contact.company }}, {{ salesperson.name }}",
    )


def _templates(header: Header) -> list[Choice]:
    return [
        Choice(f"{header.groups[one.group].description} · {one.description}", str(one.id))
        for one in header.templates
    ]


def _more(fields: Fields, header: Header, text: Text) -> list[Block | None]:
    segment = header.segment
    kinds = [Choice(text(word), value) for value, word in CORRESPONDENCES.items()]
    flows = [Choice(text(word), value) for value, word in FLOWS.items()]
    starts = [Choice(text(word), value) for value, word in INITIATORS.items()]
    campaigns = [Choice(f"{one.number} · {one.description}", str(one.id)) for one in header.campaigns]
    template = next((one for one in header.templates if one.id == segment.template), None)
    languages = [Choice(language_name(code, text), code) for code in (template.languages if template else ())]
    minutes = "" if segment.duration is None else str(segment.duration)
    return [
        fields.select(Field.CORRESPONDENCE, text("Correspondence type"), kinds, segment.correspondence),
        fields.flag(
            IGNORE,
            text("The same for all contacts"),
            ticked=segment.ignore_contact,
            hint=text("Without this tick, each contact's own correspondence type comes first."),
        ),
        fields.select(Field.FLOW, text("Information flow"), flows, segment.flow),
        fields.select(Field.INITIATED_BY, text("Initiated by"), starts, segment.initiated_by),
        fields.line(Field.DURATION, text("Duration (min.)"), minutes),
        fields.line(Field.COST, text("Cost"), segment.cost),
        fields.select(Field.LANGUAGE, text("Language"), languages, segment.language),
        fields.select(Field.CAMPAIGN, text("Campaign"), campaigns, _value(segment.campaign)),
    ]


def _value(identity: int | None) -> str | None:
    return None if identity is None else str(identity)
