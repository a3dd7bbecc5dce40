"""Segments: shown, filled one by one, deleted (`product.md` 8; `domain.md` 2.4)."""

from functools import partial

from bot.domain.criteria import Criteria
from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import ContactId, SegmentId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.segments import ActionKind, Segment, SegmentState
from bot.services.bell import Bell
from bot.services.gates import refuse_blocked
from bot.services.membership_changes import forget
from bot.services.people import People, scope
from bot.services.segment_gates import hold, may_see, reached, refuse_too_many
from bot.services.segment_holds import SegmentHolds
from bot.views import segments as views
from bot.views.kit import Payload
from bot.views.segments import Known
from storage.segment_runs import SegmentRuns
from storage.store import Store
from storage.work import Work

SHOWN = 20


class Segments:
    """Shows segments and changes who is in."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._holds = SegmentHolds(store)

    def add(self, actor: Person, segment: SegmentId, contact: ContactId) -> bool:
        """Add one contact; False when he is in already.

        Raises:
            Refusal: he asked not to be recorded, or is excluded from segments.
        """
        with self._store.begin(actor.workspace) as work:
            held = hold(work, actor, segment)
            found = work.contacts.get(contact)
            if found is None:
                raise Refusal("This contact is gone.")
            refuse_blocked(work, found)
            if found.exclude_from_segment:
                raise Refusal(
                    "{name} is excluded from segments. Edit the contact to change that.", name=found.name
                )
            if work.segment_lines.holds(segment, contact):
                return False
            refuse_too_many(held, work.segment_lines.count(segment) + 1)
            action = work.segments.act(
                segment,
                ActionKind.ADD_ONE,
                found.label,
                actor.id,
                Criteria(contacts=frozenset({contact})).written(),
            )
            work.segments.acted(
                segment, action, added=work.segment_lines.add_in_order(segment, action, [contact]), removed=0
            )
            self.show_again(work, actor, segment)
        self.changed(actor)
        return True

    def delete(self, actor: Person, segment: SegmentId) -> str:
        """Delete a segment that was not logged; return its number.

        Raises:
            Refusal: it is gone, logged, being logged, or somebody else's.
        """
        with self._holds.held(actor, segment) as held:
            forget(held)
            held.once(partial(self._delete, held.segment))
        self.changed(actor)
        return held.segment.number

    def numbered(self, actor: Person, number: str) -> Segment | None:
        """Return the segment of this number, as far as the actor may see it."""
        with self._store.read(actor.workspace) as work:
            found = work.segments.numbered(number)
            return found if found is not None and may_see(work, actor, found) else None

    def active(self, actor: Person) -> list[tuple[Segment, int]]:
        """Return the segments in work that the actor may see, changed last first, with their number of lines."""
        with self._store.read(actor.workspace) as work:
            return work.segments.active(scope(work, actor), SHOWN)

    def bring(self, actor: Person, segment: SegmentId) -> Segment:
        """Put a segment's message at the end of the direct message.

        Raises:
            Refusal: it is gone, or not the actor's to see.
        """
        with self._store.begin(actor.workspace) as work:
            found = reached(work, actor, segment)
            self.show(work, actor, segment)
        self._bell.ring()
        return found

    def show(self, work: Work, actor: Person, segment: SegmentId) -> None:
        """Say the segment's message anew, at the end of the direct message."""
        place = f"{_place(segment)}{actor.id}"
        self._leave_behind(work, actor, segment, place)
        work.deliveries.stand_anew(place, actor.id)
        self._say(work, actor, segment, DeliveryKind.ANSWER)

    def show_again(self, work: Work, actor: Person, segment: SegmentId) -> None:
        """Let the segment's message, wherever somebody has it before him, tell what is true now."""
        found = work.segments.get(segment)
        for person in self._readers(work, actor, segment):
            if person.id == actor.id or (found is not None and may_see(work, person, found)):
                self._say(work, person, segment, DeliveryKind.REPLACEMENT)

    def tell_deleted(self, work: Work, segment: Segment) -> None:
        """Let the segment's message, wherever it stands, tell that the segment was deleted."""
        for person in work.people.many(frozenset(work.deliveries.standing(_place(segment.id)))).values():
            words = views.deleted(segment, self._people.text(person))
            self._put(work, person, segment.id, DeliveryKind.REPLACEMENT, words)

    def known(self, work: Work, actor: Person, segment: Segment) -> Known:
        """Return a segment with the names that its message shows."""
        people = {one: work.people.get(one) for one in {segment.owner, segment.salesperson} if one}
        template = work.templates.get(segment.template) if segment.template else None
        return Known(
            segment=segment,
            lines=_lines(work, segment),
            actions=work.segments.actions(segment.id),
            owner=_name(people.get(segment.owner)),
            salesperson=_name(people.get(segment.salesperson)) if segment.salesperson else "",
            template=template.description if template else "",
            mine=segment.owner == actor.id,
        )

    def _leave_behind(self, work: Work, actor: Person, segment: SegmentId, place: str) -> None:
        """Let the message that stood so far only tell that it comes anew: its buttons would mislead."""
        found, left = work.segments.get(segment), f"left:{work.access.ids()}"
        if found is not None and work.deliveries.leave_behind(place, left):
            words = views.moved(found, self._people.text(actor))
            work.deliveries.say(left, DeliveryKind.REPLACEMENT, actor.id, words, answer=left)

    def _delete(self, segment: Segment, work: Work) -> None:
        work.segments.delete(segment.id)
        self.tell_deleted(work, segment)

    def _readers(self, work: Work, actor: Person, segment: SegmentId) -> list[Person]:
        """Return the actor, and everybody else in whose direct message the segment stands."""
        standing = frozenset(work.deliveries.standing(_place(segment))) - {actor.id}
        return [actor, *work.people.many(standing).values()]

    def _say(self, work: Work, person: Person, segment: SegmentId, kind: DeliveryKind) -> None:
        found = work.segments.get(segment)
        if found is not None:
            words = views.message(self.known(work, person, found), self._people.text(person))
            self._put(work, person, segment, kind, words)

    def _put(
        self, work: Work, person: Person, segment: SegmentId, kind: DeliveryKind, words: Payload
    ) -> None:
        key, place = f"segment:{work.access.ids()}", f"{_place(segment)}{person.id}"
        work.deliveries.say(key, kind, person.id, words, answer=place)

    def changed(self, actor: Person) -> None:
        """Let what was written be said, and App Home follow; call it after the commit."""
        self._bell.ring()
        self._bell.home_changed(actor.workspace, actor.id)


def _place(segment: SegmentId) -> str:
    """Return what the keys of a segment's messages begin with; the person's id comes behind."""
    return f"segment:{segment}:"


def _lines(work: Work, segment: Segment) -> int:
    """Return the number of contacts; those of a logged one stand in its register after its lines are gone."""
    run = (
        SegmentRuns(work.access).of_segment(segment.number) if segment.state is SegmentState.LOGGED else None
    )
    return work.segment_lines.count(segment.id) if run is None else run.done


def _name(person: Person | None) -> str:
    return person.name if person else ""
