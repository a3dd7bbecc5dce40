"""A pasted list becomes lines of a segment; what nobody can tell is handed back (`product.md` 8)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.domain.contacts import Contact
from bot.domain.criteria import Criteria
from bot.domain.ids import ContactId, SegmentId
from bot.domain.pasted import MOST_LINES, Entered, Pasted, lines_of, meant
from bot.domain.people import Person
from bot.domain.segments import ActionKind, Segment
from bot.services.people import People
from bot.services.segment_gates import hold, refuse_too_many
from bot.services.segments import Segments
from storage.store import Store
from storage.work import Work

AT_ONCE = 100
MOST_OF_A_NAME = 2000


class Pasting:
    """Pastes lists of numbers, e-mails and names."""

    def __init__(self, store: Store, people: People, segments: Segments) -> None:
        self._store = store
        self._people = people
        self._segments = segments

    def paste(
        self, actor: Person, segment: SegmentId, text: str, chosen: frozenset[ContactId] = frozenset()
    ) -> Pasted:
        """Add everybody on the list who can be told, and who was chosen where it could not be told.

        Raises:
            Refusal: the segment is gone, logged, being logged, or somebody else's.
        """
        listed = lines_of(text)
        entered, later = listed[:MOST_LINES], listed[MOST_LINES:]
        with self._store.begin(actor.workspace) as work:
            held = hold(work, actor, segment)
            known = list(_known(work, entered))
            read = [(one, meant(one, known)) for one in entered]
            found = [who[0] for _, who in read if len(who) == 1]
            wanted = {one.id: one for one in (*found, *work.contacts.many(chosen).values())}
            pasted = self._join(work, actor, held, wanted)
            if pasted.added:
                self._segments.show_again(work, actor, segment)
        self._segments.changed(actor)
        return replace(
            pasted,
            not_found=tuple(one.line for one, who in read if not who),
            ambiguous=tuple((one.line, who) for one, who in read if len(who) > 1),
            later=tuple(one.line for one in later),
        )

    def _join(self, work: Work, actor: Person, segment: Segment, wanted: dict[ContactId, Contact]) -> Pasted:
        blocked = _blocked(work, wanted.values())
        excluded = {one.id for one in wanted.values() if one.exclude_from_segment} - blocked
        present = work.membership.present(segment.id, frozenset(wanted)) - blocked - excluded
        joining = [one for one in wanted if one not in blocked | excluded | present]
        if joining:
            refuse_too_many(segment, work.segment_lines.count(segment.id) + len(joining))
            self._add(work, actor, segment.id, joining)
        return Pasted(
            added=len(joining),
            already=len(present),
            excluded=tuple(one.label for one in wanted.values() if one.id in excluded),
            blocked=tuple(one.label for one in wanted.values() if one.id in blocked),
        )

    def _add(self, work: Work, actor: Person, segment: SegmentId, joining: Sequence[ContactId]) -> None:
        told = self._people.text(actor).count("{n} pasted contact", "{n} pasted contacts", len(joining))
        criteria = Criteria(contacts=frozenset(joining)).written()
        number = work.segments.act(segment, ActionKind.PASTE, told, actor.id, criteria)
        added = work.segment_lines.add_in_order(segment, number, joining)
        work.segments.acted(segment, number, added=added, removed=0)


def _known(work: Work, entered: Sequence[Entered]) -> Iterator[Contact]:
    """Find everybody whom some line may mean."""
    for start in range(0, len(entered), AT_ONCE):
        some = entered[start : start + AT_ONCE]
        yield from work.contacts.numbered([one.number for one in some])
        yield from work.contacts.by_emails([email for one in some for email in one.emails])
        names = {name for one in some for name, _ in one.names}
        if names:
            yield from work.contacts.named(sorted(names), MOST_OF_A_NAME)


def _blocked(work: Work, wanted: Iterable[Contact]) -> frozenset[ContactId]:
    """Return who asked not to be recorded, or whose company did."""
    everybody = list(wanted)
    companies = work.contacts.many(frozenset(one.company for one in everybody if one.company))
    asked = {one.id for one in (*everybody, *companies.values()) if one.privacy_blocked}
    return frozenset(one.id for one in everybody if asked & {one.id, one.company})
