"""Lines of a segment one by one: personalised, shared with the header again, taken out (`domain.md` 2.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot import letters
from bot.domain.contacts import Contact
from bot.domain.criteria import Criteria
from bot.domain.ids import PersonId, SegmentId, TemplateId
from bot.domain.interactions import Template, whole
from bot.domain.messages import Message, Refusal
from bot.domain.people import Person, may_log_for
from bot.domain.personal_lines import (
    Typed,
    as_header,
    inherited,
    mark_of,
    personal,
    typed_of,
    with_template,
)
from bot.domain.segment_values import template_of, values_for
from bot.domain.segments import ActionKind, Line, Segment
from bot.services.gates import LOG_FOR, only_for
from bot.services.people import People
from bot.services.segment_gates import changeable, claim
from bot.services.segments import Segments
from bot.views.segment_lines import TEXT, Edited
from bot.views.segments import SALESPERSON
from storage.attachments import Attachments
from storage.store import Store
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a form: what is wrong, by field; or the form anew, where somebody changed the line meanwhile."""

    problems: Mapping[str, Message] | None = None
    meanwhile: Edited | None = None


class _Place(NamedTuple):
    """A line where it stands."""

    segment: Segment
    line: Line
    contact: Contact | None
    template: Template | None


class SegmentLines:
    """Edits lines."""

    def __init__(self, store: Store, people: People, segments: Segments) -> None:
        self._store = store
        self._people = people
        self._segments = segments

    def open(self, actor: Person, segment: SegmentId, number: int) -> Edited:
        """Return a line to be edited.

        Raises:
            Refusal: it is gone, or the segment is logged, being logged or somebody else's.
        """
        with self._store.read(actor.workspace) as work:
            found = _place(work, actor, segment, number)
            return _edited(work, found, typed_of(values_for(*found[:2], found.template, found.contact)))

    def with_template(
        self,
        actor: Person,
        segment: SegmentId,
        number: int,
        typed: Typed,
        before: TemplateId | None,
    ) -> Edited:
        """Return the form after another template was chosen in it; `before` stood there (None: the header's)."""
        with self._store.read(actor.workspace) as work:
            found = _place(work, actor, segment, number)
            old, new = (_chosen(work, found.segment, one) for one in (before, typed.template))
            was, comes = (inherited(*found[:2], one, found.contact) for one in (old, new))
            return _edited(work, found, with_template(found.line, typed, was, comes))

    def save(self, actor: Person, segment: SegmentId, number: int, seen: int, typed: Typed) -> Saved:
        """Write a line back; what stands in its form as the header has it stays the header's.

        Raises:
            Refusal: it is gone, or the segment is logged, being logged or somebody else's.
        """
        with self._store.begin(actor.workspace) as work:
            found = _place(work, actor, segment, number)
            if mark_of(found.segment, found.line) != seen:
                return Saved(meanwhile=_edited(work, found, typed))
            template = _chosen(work, found.segment, typed.template)
            shown = values_for(*found[:2], found.template, found.contact).text
            typed = replace(typed, text=str(whole(typed.text, shown)))
            after = personal(*found[:2], typed, template, found.contact)
            wrong = _problems(work, actor, found, typed, after)
            if wrong:
                return Saved(problems=wrong)
            claim(work, found.segment)
            work.segment_lines.change(segment, after)
        return Saved()

    def as_header(self, actor: Person, segment: SegmentId, number: int) -> None:
        """Take away what is a line's own.

        Raises:
            Refusal: it is gone, or the segment is logged, being logged or somebody else's.
        """
        with self._store.begin(actor.workspace) as work:
            found = _place(work, actor, segment, number)
            claim(work, found.segment)
            work.segment_lines.change(segment, as_header(found.line))

    def remove(self, actor: Person, segment: SegmentId, number: int) -> None:
        """Take a line out, as one criteria action; Go back brings it back with all that was its own.

        Raises:
            Refusal: it is gone, or the segment is logged, being logged or somebody else's.
        """
        with self._store.begin(actor.workspace) as work:
            found = _place(work, actor, segment, number)
            claim(work, found.segment)
            words = found.contact.label if found.contact else self._people.text(actor)("(contact deleted)")
            who = Criteria(contacts=frozenset({found.contact.id} if found.contact else ()))
            action = work.segments.act(segment, ActionKind.REMOVE_ONE, words, actor.id, who.written())
            removed = work.segment_lines.remove(segment, action, [number])
            work.segments.acted(segment, action, added=0, removed=removed)
            self._segments.show_again(work, actor, segment)
        self._segments.changed(actor)


def _place(work: Work, actor: Person, segment: SegmentId, number: int) -> _Place:
    found = changeable(work, actor, segment)
    line = work.segment_lines.get(segment, number)
    if line is None:
        raise Refusal("This line is gone: somebody took it out of {number}.", number=found.number)
    contact = work.contacts.get(line.contact) if line.contact else None
    used = template_of(found, line)
    return _Place(found, line, contact, work.templates.get(used) if used else None)


def _chosen(work: Work, segment: Segment, template: TemplateId | None) -> Template | None:
    """Return the template of a form; without one it is the header's."""
    wanted = template or segment.template
    found = work.templates.get(wanted) if wanted else None
    if template and found is None:
        raise Refusal("This interaction template is gone. Choose another one.")
    return found


def _problems(work: Work, actor: Person, found: _Place, typed: Typed, after: Line) -> dict[str, Message]:
    """Return what stands against a line, its text filled in for its contact."""
    problems = dict(typed.problems())
    template = _chosen(work, found.segment, after.template)
    comes = values_for(found.segment, after, template, found.contact)
    writer = work.people.get(PersonId(comes.salesperson)) if comes.salesperson else None
    wrong = letters.fault(typed.text, letters.fields_of(found.contact, writer, found.segment, comes.day))
    if wrong is not None:
        problems[TEXT] = wrong
    if (
        writer is not None
        and after.salesperson not in (None, *_given(found))
        and not may_log_for(actor, writer)
    ):
        problems[SALESPERSON] = only_for(work, LOG_FOR, writer).message
    return problems


def _given(found: _Place) -> tuple[PersonId | None, ...]:
    """Return the salespeople that a line may have without anybody's leave: those it has or would inherit."""
    own = found.contact.salesperson if found.contact else None
    return found.line.salesperson, found.segment.salesperson, own


def _edited(work: Work, found: _Place, typed: Typed) -> Edited:
    header = found.segment.template
    return Edited(
        segment=found.segment,
        number=found.line.number,
        mark=mark_of(found.segment, found.line),
        typed=typed,
        shares=typed.template is None or typed.template == header,
        contact=found.contact,
        salesperson=work.people.get(typed.salesperson) if typed.salesperson else None,
        groups=work.templates.groups(),
        templates=_offered(work, found, typed),
        letters=Attachments(work.access).letters(),
    )


def _offered(work: Work, found: _Place, typed: Typed) -> list[Template]:
    """Return the templates that can be chosen, and those that stand there though they were retired."""
    active = work.templates.active()
    standing = {found.segment.template, typed.template} - {one.id for one in active} - {None}
    return active + [one for template in standing if template and (one := work.templates.get(template))]
