"""Three believable segments for the demo: one logged last week, one that is nearly ready, one built by criteria."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.clock import FixedClock
from bot.domain.contacts import Contact, ContactType
from bot.domain.criteria import Criteria
from bot.domain.ids import ContactId, PersonId, WorkspaceId
from bot.domain.people import Person
from bot.domain.segments import ActionKind, Segment, values_of
from bot.services.membership import Membership
from bot.services.packing import Packing
from bot.services.people import People
from bot.services.segment_gates import free_number, new_segment
from bot.services.segment_runs import Order, SegmentRuns
from bot.services.segments import Segments
from storage.store import Store
from storage.work import Work

LAST_WEEK = timedelta(days=8)
TALKED_TO, INVITED, WRITTEN_TO = 160, 18, 12
CITIES = 2
RECENTLY = timedelta(days=30)
INVITATION = (
    "Dear {{ contact.first_name }},\n\n"
    "You are welcome at our stand at Nor-Fishing. Coffee is on us.\n\n{{ salesperson.name }}"
)
CATALOGUE = (
    "Dear {{ contact.first_name }},\n\n"
    "Our autumn catalogue is out. For {{ contact.company | default('you') }} I marked the pages about the blue "
    "series.\n\nRegards,\n{{ salesperson.name }}, {{ today }}"
)
PERSONAL = (
    "Dear {{ contact.first_name }},\n\nThank you for the visit. The catalogue that I promised is on its way."
)
MISTYPED = "Dear {{ contact.frist_name }},\n\nThe catalogue is out; shall I bring it along on Thursday?"


class _Silence:
    """A bell that wakes nobody: nothing runs yet."""

    def ring(self) -> None:
        """Wake nobody."""

    def home_changed(self, workspace: WorkspaceId, person: PersonId) -> None:
        """Wake nobody."""


def seed_logged(store: Store, people: People, owner: Person, folder: Path) -> None:
    """Log a segment as of last week, without a word about it."""
    now, bell = store.clock, _Silence()
    store.clock = FixedClock(now.now() - LAST_WEEK)
    segments = Segments(store, people, bell)
    runs = SegmentRuns(store, people, bell, segments, Packing(store, bell, folder))
    with store.begin(owner.workspace) as work:
        invitation = _segment(work, owner, "Invitation to the fair", "EMAIL", INVITATION, owner.id)
        _fill(work, owner, invitation, [one.id for one in _met(work)[:INVITED]])
    run = runs.start(owner, invitation.id, Order(key="demo", rest=True))
    runs.run()
    with store.begin(owner.workspace) as work:
        work.deliveries.withdraw(run.answer)
        work.deliveries.withdraw(f"segment:{invitation.id}:{owner.id}")
    store.clock = now


def seed_active(store: Store, people: People, owner: Person) -> None:
    """Make the two that are in work, without a word about it."""
    with store.begin(owner.workspace) as work:
        _catalogue(work, owner)
        made, cities, lately = _agreements(work, owner)
    membership = Membership(store, people, Segments(store, people, _Silence()))
    membership.replay(
        owner, made.id, [(ActionKind.ADD, cities), (ActionKind.REDUCE, lately)], "demo:agreements"
    )
    with store.begin(owner.workspace) as work:
        work.deliveries.withdraw(f"segment:{made.id}:{owner.id}")


def _catalogue(work: Work, owner: Person) -> None:
    """Make a mailing with two lines to be mended: a mistyped field, and a contact without a salesperson."""
    segment = _segment(work, owner, "Autumn catalogue", "MAILING", CATALOGUE, None)
    met = _met(work)
    cared_for = [one.id for one in met if one.salesperson]
    alone = [one.id for one in met if not one.salesperson]
    _fill(work, owner, segment, [*cared_for[:WRITTEN_TO], *alone[:1]])
    for number, text in ((2, PERSONAL), (5, MISTYPED)):
        line = work.segment_lines.get(segment.id, number)
        if line is not None:
            work.segment_lines.change(segment.id, replace(line, text=text))


def _agreements(work: Work, owner: Person) -> tuple[Segment, Criteria, Criteria]:
    """Make a round of calls: the people of two cities, but for those with whom somebody spoke lately."""
    segment = _segment(work, owner, "Service agreements", "OUTGOING", "", owner.id)
    often = Counter(one.city for one in _met(work) if one.city).most_common(CITIES)
    cities = Criteria(cities=frozenset(city for city, _ in often), types=frozenset({ContactType.PERSON}))
    lately = Criteria(met_since=work.access.clock.now().date() - RECENTLY)
    return segment, cities, lately


def _segment(
    work: Work, owner: Person, description: str, template: str, text: str, salesperson: PersonId | None
) -> Segment:
    chosen = next(one for one in work.templates.active() if one.code == template)
    blank = new_segment(work, owner.id, free_number(work), work.access.clock.now().date())
    named = replace(blank, description=description, salesperson=salesperson)
    made = replace(
        named, template=chosen.id, text=text, ignore_contact=chosen.ignore_contact, **values_of(chosen)
    )
    work.segments.add(made)
    return made


def _fill(work: Work, owner: Person, segment: Segment, chosen: Sequence[ContactId]) -> None:
    words, criteria = f"{len(chosen)} pasted contacts", Criteria(contacts=frozenset(chosen)).written()
    action = work.segments.act(segment.id, ActionKind.PASTE, words, owner.id, criteria)
    added = work.segment_lines.add_in_order(segment.id, action, chosen)
    work.segments.acted(segment.id, action, added=added, removed=0)


def _met(work: Work) -> list[Contact]:
    """Return people who may be written to."""
    return [
        one for one in work.contacts.first(TALKED_TO) if not (one.privacy_blocked or one.exclude_from_segment)
    ]
