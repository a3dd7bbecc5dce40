"""What one line of a segment gets of its own, and how it shares its header again (`domain.md` 2.5; `product.md` 8)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from zlib import crc32

from bot.domain.contacts import Contact
from bot.domain.ids import PersonId, TemplateId
from bot.domain.interactions import DESCRIPTION_LIMIT, Correspondence, Evaluation, Template
from bot.domain.messages import Message
from bot.domain.segment_values import Values, values_for
from bot.domain.segments import Line, Segment, values_of

Value = TypeVar("Value")

SHARED = (
    "template",
    "day",
    "salesperson",
    "campaign",
    "correspondence",
    "language",
    "flow",
    "initiated_by",
    "duration",
    "cost",
)
"""What a line takes from the header again once it shares the header's template; its words stay its own."""
OWN = ("description", "correspondence", "text", "attachment")
"""What is typed into the form of a line, and comes with the template where it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form of a line; without a template it shares the header's."""

    template: TemplateId | None = None
    description: str = ""
    salesperson: PersonId | None = None
    correspondence: Correspondence | None = None
    evaluation: Evaluation | None = None
    text: str = ""
    attachment: int | None = None

    def problems(self) -> Mapping[str, Message]:
        """Return what stands against it, by field; the text is looked at by `bot.letters`."""
        if len(self.description.strip()) <= DESCRIPTION_LIMIT:
            return {}
        return {"description": Message("At most {limit} characters.", {"limit": DESCRIPTION_LIMIT})}


def personal(
    segment: Segment, line: Line, typed: Typed, template: Template | None, contact: Contact | None
) -> Line:
    """Return a line as it was typed: what is as inherited stays inherited, everything else is its own.

    `template` is the one it is logged with, be it its own or the header's.
    """
    based = based_on(segment, line, template)
    bare = values_for(segment, plain(based), template, contact)
    return replace(
        based,
        description=_own(typed.description.strip(), based.description, bare.description) or None,
        salesperson=_own(typed.salesperson, based.salesperson, bare.salesperson),
        correspondence=_own(typed.correspondence, based.correspondence, bare.correspondence),
        evaluation=typed.evaluation,
        text=_own(typed.text, based.text, bare.text),
        attachment=_own(typed.attachment, based.attachment, bare.attachment),
    )


def typed_of(values: Values) -> Typed:
    """Return what the form of a line shows at first."""
    return Typed(
        template=values.template,
        description=values.description,
        salesperson=values.salesperson,
        correspondence=values.correspondence,
        evaluation=values.evaluation,
        text=values.text,
        attachment=values.attachment,
    )


def with_template(line: Line, typed: Typed, before: Values, after: Values) -> Typed:
    """Return what the form shows after another template was chosen: only what was as inherited changes with it."""
    inherited = [
        name
        for name in OWN
        if getattr(typed, name) == getattr(before, name)
        and (getattr(line, name) is None or getattr(typed, name) != getattr(line, name))
    ]
    changed: dict[str, Any] = {name: getattr(after, name) for name in inherited}
    return replace(typed, **changed)


def inherited(segment: Segment, line: Line, template: Template | None, contact: Contact | None) -> Values:
    """Return what a line would come to with this template, and nothing typed into its form."""
    return values_for(segment, plain(based_on(segment, line, template)), template, contact)


def mark_of(segment: Segment, line: Line) -> int:
    """Return a number that changes when the line changes, or what it inherits from its header."""
    header = replace(segment, revision=0, changed_at=segment.created_at)
    return crc32(repr((header, line)).encode())


def based_on(segment: Segment, line: Line, template: Template | None) -> Line:
    """Return a line with another template: its own with the values it has now, or shared with the header."""
    if template is None or template.id == segment.template:
        return rejoined(line)
    if line.template == template.id:
        return line
    left = _leaving(segment, line, template) if line.shares else line
    return replace(left, template=template.id, **values_of(template) | {"correspondence": None})


def rejoined(line: Line) -> Line:
    """Return a line that shares the header's template, and all that comes with it (`storage.segment_lines`)."""
    return line if line.shares else replace(line, **_nothing(SHARED))


def as_header(line: Line) -> Line:
    """Return a line that has nothing of its own."""
    return Line(number=line.number, contact=line.contact)


def is_personal(line: Line) -> bool:
    """Whether a line has anything of its own."""
    return line != as_header(line)


def plain(line: Line) -> Line:
    """Return a line without what is typed into its form, to see what it inherits."""
    return replace(line, evaluation=None, salesperson=None, **_nothing(OWN))


def _leaving(segment: Segment, line: Line, template: Template) -> Line:
    return replace(
        line,
        day=line.day or segment.day,
        salesperson=line.salesperson or segment.salesperson,
        campaign=line.campaign or segment.campaign or template.campaign,
    )


def _own(typed: Value, had: Value | None, inherited: Value) -> Value | None:
    """Return what is a line's own: what it had and still has, or what differs from the inherited."""
    if had is not None and typed == had:
        return had
    return None if typed == inherited else typed


def _nothing(names: tuple[str, ...]) -> dict[str, Any]:
    return dict.fromkeys(names)
