"""Segments: shown, filled one by one, deleted (`product.md` 8; `domain.md` 2.4)."""

from bot.domain.criteria import Criteria
from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import ContactId, PersonId, SegmentId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.segments import ActionKind, Segment
from bot.services.bell import Bell
from bot.services.gates import refuse_blocked
from bot.services.people import People, scope
from bot.services.segment_gates import hold, may_see, reached
from bot.views import segments as views
from bot.views.segments import Known
from storage.store import Store
from storage.work import Work

SHOWN = 20


class Segments:
    """Shows segments and changes who is in."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def add(self, actor: Person, segment: SegmentId, contact: ContactId) -> bool:
        """Add one contact; False when he is in already.

        Raises:
            Refusal: he asked not to be recorded, or is excluded from segments.
        """
        with self._store.begin(actor.workspace) as work:
            hold(work, actor, segment)
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
        with self._store.begin(actor.workspace) as work:
            found = hold(work, actor, segment)
            work.segments.delete(segment)
            text = self._people.text(actor)
            words = views.deleted(found, text)
            work.deliveries.say(
                f"segment:{work.access.ids()}",
                DeliveryKind.REPLACEMENT,
                actor.id,
                words,
                answer=_place(segment, actor.id),
            )
        self.changed(actor)
        return found.number

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
        work.deliveries.stand_anew(_place(segment, actor.id), actor.id)
        self._say(work, actor, segment, DeliveryKind.ANSWER)

    def show_again(self, work: Work, actor: Person, segment: SegmentId) -> None:
        """Let the segment's message, where it stands, tell what is true now."""
        self._say(work, actor, segment, DeliveryKind.REPLACEMENT)

    def known(self, work: Work, actor: Person, segment: Segment) -> Known:
        """Return a segment with the names that its message shows."""
        people = {one: work.people.get(one) for one in {segment.owner, segment.salesperson} if one}
        template = work.templates.get(segment.template) if segment.template else None
        return Known(
            segment=segment,
            lines=work.segment_lines.count(segment.id),
            actions=work.segments.actions(segment.id),
            owner=_name(people.get(segment.owner)),
            salesperson=_name(people.get(segment.salesperson)) if segment.salesperson else "",
            template=template.description if template else "",
            mine=segment.owner == actor.id,
        )

    def _say(self, work: Work, actor: Person, segment: SegmentId, kind: DeliveryKind) -> None:
        found = work.segments.get(segment)
        if found is not None:
            words = views.message(self.known(work, actor, found), self._people.text(actor))
            key = f"segment:{work.access.ids()}"
            work.deliveries.say(key, kind, actor.id, words, answer=_place(segment, actor.id))

    def changed(self, actor: Person) -> None:
        """Let what was written be said, and App Home follow; call it after the commit."""
        self._bell.ring()
        self._bell.home_changed(actor.workspace, actor.id)


def _place(segment: SegmentId, person: PersonId) -> str:
    return f"segment:{segment}:{person}"


def _name(person: Person | None) -> str:
    return person.name if person else ""
