"""The header of a segment: new, edited, with the values of its template (`domain.md` 2.5)."""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.checks import cost, minutes
from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import CampaignId, PersonId, SegmentId, TemplateId
from bot.domain.interactions import Correspondence, Flow, Initiator, Template
from bot.domain.messages import Conflict, Message, Refusal
from bot.domain.people import Person, may_log_for
from bot.domain.segments import DESCRIPTION_LIMIT, NUMBER_LIMIT, Segment, values_of
from bot.domain.templates import SEGMENT_SERIES
from bot.letters import mistakes
from bot.services.campaign_choices import campaigns_for, while_it_runs
from bot.services.gates import LOG_FOR, only_for
from bot.services.people import People
from bot.services.segment_gates import changeable, free_number, new_segment, reached
from bot.services.segments import Segments
from bot.views import segments as views
from bot.views.segments import Header
from storage.store import Store
from storage.work import Work

SHOWN = 100
"""So many choices Slack shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the header's form; duration and cost as typed."""

    number: str = ""
    description: str
    salesperson: PersonId | None
    day: date | None
    template: TemplateId | None
    correspondence: Correspondence | None = None
    ignore_contact: bool = False
    language: str | None = None
    flow: Flow | None = None
    initiated_by: Initiator | None = None
    duration: str = ""
    cost: str = ""
    campaign: CampaignId | None = None
    text: str = ""

    def problems(self) -> dict[str, Message]:
        """Return what stands against it, by field."""
        found = {}
        if len(self.number.strip()) > NUMBER_LIMIT:
            found["number"] = Message("At most {limit} characters.", {"limit": NUMBER_LIMIT})
        if len(self.description.strip()) > DESCRIPTION_LIMIT:
            found["description"] = Message("At most {limit} characters.", {"limit": DESCRIPTION_LIMIT})
        if self.day is None:
            found["date"] = Message("Choose a date.")
        if self.duration.strip() and minutes(self.duration) is None:
            found["duration"] = Message("Write whole minutes, as in 15.")
        if self.cost.strip() and cost(self.cost) is None:
            found["cost"] = Message("Write an amount, as in 12.50.")
        mistake = mistakes(self.text)
        if mistake is not None:
            found[views.TEXT] = mistake
        return found


class SegmentHeaders:
    """Edits headers."""

    def __init__(self, store: Store, people: People, segments: Segments) -> None:
        self._store = store
        self._people = people
        self._segments = segments

    def blank(self, actor: Person) -> Header:
        """Return the header of a new segment: the actor's own, dated today (`domain.md` 2.4; line 32)."""
        with self._store.read(actor.workspace) as work:
            segment = self._new(work, actor, "–")
            return _header(work, segment, manual=work.numbers.manual(SEGMENT_SERIES))

    def create(self, actor: Person, key: str, typed: Typed) -> Segment:
        """Make a segment with the next number of its series; the same form (`key`) once more gives the same one.

        Raises:
            Refusal: there is no number series (line 31), or the number is taken.
        """
        try:
            with self._store.begin(actor.workspace) as work:
                first = work.requests.first_answer(key)
                if first is not None:
                    return reached(work, actor, SegmentId(first["segment"]))
                number = typed.number.strip().upper() or free_number(work)
                segment = _header_typed(work, actor, self._new(work, actor, number), typed)
                work.segments.add(segment)
                work.requests.remember(key, {"segment": segment.id})
                self._segments.show(work, actor, segment.id)
                self._tell_where(work, actor, key, segment)
        except Conflict as conflict:
            raise Refusal("There is a segment {number} already.", number=typed.number.strip()) from conflict
        self._segments.changed(actor)
        return segment

    def header(self, actor: Person, segment: SegmentId) -> Header:
        """Return a header to be edited.

        Raises:
            Refusal: it is gone, logged, being logged, or somebody else's.
        """
        with self._store.read(actor.workspace) as work:
            return _header(work, changeable(work, actor, segment))

    def with_template(self, actor: Person, segment: Segment, template: TemplateId | None) -> Header:
        """Return a header as it stands in its form, with the values of the template that was chosen there."""
        with self._store.read(actor.workspace) as work:
            chosen = work.templates.get(template) if template else None
            running = while_it_runs(work, chosen) if chosen else None
            return _header(work, _with_template(segment, running))

    def save(self, actor: Person, segment: SegmentId, revision: int, typed: Typed) -> None:
        """Write a header back; what lines share follows it, what is their own stays.

        Raises:
            Refusal: it changed since the form was opened, is logged, or is somebody else's.
        """
        with self._store.begin(actor.workspace) as work:
            before = changeable(work, actor, segment)
            if before.revision != revision:
                raise Refusal(
                    "{number} changed while you had it open. Copy what you typed, and open its header again.",
                    number=before.number,
                )
            after = _header_typed(work, actor, before, typed)
            work.segments.change(before, after)
            if after.template is not None and after.template != before.template:
                work.segment_lines.rejoin(segment, after.template)
            self._segments.show_again(work, actor, segment)
        self._segments.changed(actor)

    def remember(self, actor: Person, key: str, response_url: str) -> None:
        """Remember where the form (`key`) was asked for, to tell there what was made."""
        with self._store.begin(actor.workspace) as work:
            work.deliveries.open_answer(key, actor.id, response_url)

    def _tell_where(self, work: Work, actor: Person, key: str, segment: Segment) -> None:
        if work.deliveries.answer(key) is not None:
            words = views.brought(segment, self._people.text(actor))
            work.deliveries.say(f"{key}:made", DeliveryKind.ANSWER, actor.id, words, answer=key)

    def _new(self, work: Work, actor: Person, number: str) -> Segment:
        return new_segment(work, actor.id, number, self._people.text(actor).today)


def _header_typed(work: Work, actor: Person, before: Segment, typed: Typed) -> Segment:
    salesperson = work.people.get(typed.salesperson) if typed.salesperson else None
    if (
        salesperson is not None
        and salesperson.id != before.salesperson
        and not may_log_for(actor, salesperson)
    ):
        raise only_for(work, LOG_FOR, salesperson)
    return replace(
        before,
        description=typed.description.strip(),
        salesperson=typed.salesperson,
        day=typed.day or before.day,
        template=typed.template,
        correspondence=typed.correspondence,
        ignore_contact=typed.ignore_contact,
        language=typed.language,
        flow=typed.flow,
        initiated_by=typed.initiated_by,
        duration=minutes(typed.duration) if typed.duration.strip() else None,
        cost=cost(typed.cost) or "",
        campaign=typed.campaign,
        text=typed.text,
    )


def _header(work: Work, segment: Segment, *, manual: bool = False) -> Header:
    salesperson = work.people.get(segment.salesperson) if segment.salesperson else None
    return Header(
        segment=segment,
        salesperson=salesperson,
        groups=work.templates.groups(),
        templates=_offered(work, segment),
        campaigns=campaigns_for(work, segment.day, segment.campaign),
        manual=manual,
    )


def _offered(work: Work, segment: Segment) -> list[Template]:
    """Return the templates to choose from; the segment's own comes first where Slack would not show it."""
    active = work.templates.active()
    if segment.template is None or segment.template in {one.id for one in active[:SHOWN]}:
        return active
    standing = work.templates.get(segment.template)
    return [standing, *active] if standing else active


def _with_template(segment: Segment, template: Template | None) -> Segment:
    if template is None:
        return replace(segment, template=None)
    description = segment.description or template.description
    campaign = segment.campaign or template.campaign
    given = values_of(template) | {"ignore_contact": template.ignore_contact}
    return replace(segment, template=template.id, description=description, campaign=campaign, **given)
