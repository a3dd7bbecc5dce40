"""Segments of an office and their runs: what tests of logging act with."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from office import TODAY, NothingToPack, Office, Silence
from sqlalchemy import select, update

from bot.clock import FixedClock
from bot.domain.ids import ContactId, LoggedId, SegmentId
from bot.domain.people import Person
from bot.domain.segments import ActionKind, Line, Logged, Segment
from bot.services.logged_segments import LoggedSegments
from bot.services.segment_runs import Order, SegmentRuns
from bot.services.segments import Segments
from bot.services.sweep import Pace
from storage.segment_runs import LEASE
from storage.segment_runs import SegmentRuns as Register
from storage.tables.contacts import contacts
from storage.tables.deliveries import deliveries
from storage.tables.interactions import entries
from storage.tables.segments import segment_entries, segment_lines


def small_steps() -> Pace:
    return Pace(size=2, smallest=2, largest=3, held=0.05, rest=0)


@dataclass
class Running:
    """Makes segments, logs them, and looks what became of them."""

    office: Office
    runs: SegmentRuns = field(init=False)

    def __post_init__(self) -> None:
        store, people = self.office.store, self.office.people
        self.segments = Segments(store, people, Silence())
        self.runs = self.another()
        self.logged_segments = LoggedSegments(store, people, self.runs)

    def another(self) -> SegmentRuns:
        """Return what another process would work with."""
        return SegmentRuns(
            self.office.store, self.office.people, Silence(), self.segments, NothingToPack(), small_steps
        )

    def segment(
        self, actor: Person, chosen: Sequence[ContactId], number: str = "SEG0900", **facts: Any
    ) -> Segment:
        """Make a segment of contacts."""
        now = self.office.clock.now()
        plain: dict[str, Any] = {
            "id": SegmentId(self.office.store.ids()),
            "number": number,
            "description": "Autumn catalogue",
            "owner": actor.id,
            "salesperson": actor.id,
            "day": TODAY,
            "template": self.office.template("MAILING"),
            "created_at": now,
            "changed_at": now,
        }
        made = Segment(**plain | facts)
        with self.office.store.begin(actor.workspace) as work:
            work.segments.add(made)
            action = work.segments.act(made.id, ActionKind.PASTE, "by hand", actor.id, {})
            added = work.segment_lines.add_in_order(made.id, action, chosen)
            work.segments.acted(made.id, action, added=added, removed=0)
        return self.read(made.id)

    def read(self, segment: SegmentId) -> Segment:
        with self.office.store.read(self.office.workspace) as work:
            found = work.segments.get(segment)
        assert found is not None
        return found

    def lines(self, segment: SegmentId) -> list[Line]:
        with self.office.store.read(self.office.workspace) as work:
            return work.segment_lines.page(segment, 0, 1000)

    def personalises(self, segment: Segment, line: int, **facts: Any) -> None:
        """Give a line values of its own."""
        with self.office.store.begin(self.office.workspace) as work:
            found = work.segment_lines.get(segment.id, line)
            assert found is not None
            assert work.segment_lines.change(segment.id, replace(found, **facts))

    def people(self, actor: Person, count: int, **facts: Any) -> list[ContactId]:
        """Make contacts with e-mail addresses, whose salesperson is `actor`."""
        made = [self.office.knows(actor, f"Anna {place:03}") for place in range(count)]
        for place, contact in enumerate(made):
            self.alters(contact, email=f"anna{place}@example.com", **facts)
        return made

    def alters(self, contact: ContactId, **facts: Any) -> None:
        """Let a contact be changed meanwhile."""
        with self.office.store.writing() as connection:
            connection.execute(update(contacts).where(contacts.c.id == contact).values(**facts))

    def starts(self, actor: Person, segment: Segment, **wanted: Any) -> Logged:
        return self.runs.start(actor, segment.id, Order(key=f"order:{self.office.store.ids()}", **wanted))

    def logs(self, actor: Person, segment: Segment, **wanted: Any) -> Logged:
        """Log a segment to the end."""
        started = self.starts(actor, segment, **wanted)
        self.runs.run()
        return self.register(started.id)

    def steps(self, run: Logged, count: int) -> None:
        """Take some steps, as a process that is killed then; its lease runs out."""
        for _ in range(count):
            self.runs.step(self.office.workspace, run.id, small_steps())
        assert isinstance(self.office.clock, FixedClock)
        self.office.clock.move(LEASE)

    def moves(self, segment: Segment, line: int, contact: ContactId | None) -> None:
        """Let a line's contact be merged with another one, or deleted."""
        with self.office.store.writing() as connection:
            connection.execute(
                update(segment_lines)
                .where(segment_lines.c.segment_id == segment.id, segment_lines.c.line == line)
                .values(contact_id=contact)
            )

    def register(self, logged: LoggedId) -> Logged:
        with self.office.store.read(self.office.workspace) as work:
            found = Register(work.access).get(logged)
        assert found is not None
        return found

    def entries(self, logged: LoggedId) -> list[Any]:
        """Return the rows of a run's entries, in the order of its lines."""
        query = (
            select(entries, segment_entries.c.line)
            .join(segment_entries, segment_entries.c.entry_id == entries.c.id)
            .where(segment_entries.c.logged_id == logged)
            .order_by(segment_entries.c.line)
        )
        with self.office.store.reading() as connection:
            return list(connection.execute(query))

    def said(self, answer: str) -> list[str]:
        """Return what was said of a run, the oldest first; what is for later is left out."""
        now = self.office.clock.now()
        query = (
            select(deliveries.c.payload)
            .where(deliveries.c.answer_key == answer, deliveries.c.next_at <= now)
            .order_by(deliveries.c.id)
        )
        with self.office.store.reading() as connection:
            return [payload["text"] for payload in connection.scalars(query)]
