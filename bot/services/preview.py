"""The preview of a segment, page by page and as a file: what its lines come to, just as they would be logged."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot import letters
from bot.domain.contacts import Contact
from bot.domain.criteria import Counted, read_criteria
from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import ContactId, SegmentId
from bot.domain.messages import Message, Refusal
from bot.domain.people import Person
from bot.domain.segment_values import Fault, Values, fault_of, template_of, values_for
from bot.domain.segments import ActionKind, Line, Segment
from bot.services import exports
from bot.services.bell import Bell
from bot.services.people import People, scope
from bot.services.run_checks import looked_at
from bot.services.segment_gates import reached
from bot.text import Text
from bot.views import preview as views
from bot.views.preview import ROWS, Previewed, Row, Sheet
from bot.views.words import CORRESPONDENCES, EVALUATIONS
from storage.run_checks import RunChecks
from storage.store import Store
from storage.work import Work

AT_ONCE = 1_000
HEADER = (
    "Line",
    "Contact No.",
    "Contact",
    "Company",
    "Phone",
    "Mobile Phone",
    "E-Mail",
    "Interaction Template",
    "Description",
    "Correspondence Type",
    "Date",
    "Salesperson",
    "Evaluation",
    "Text",
    "Can't Be Logged",
)
"""Field names as Business Central has them; they are the same in every language, as in an import."""


class Preview:
    """Shows what a segment's lines come to; nothing here changes them."""

    def __init__(self, store: Store, people: People, bell: Bell, folder: Path) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._folder = folder.absolute()

    def page(self, actor: Person, sheet: Sheet, said: str = "") -> Previewed:
        """Return a page of the preview; the last one, where there are fewer by now. `said` stands on top.

        Raises:
            Refusal: the segment is gone, or not the actor's to see.
        """
        with self._store.read(actor.workspace) as work:
            segment = reached(work, actor, sheet.segment)
            work.membership.expect_many()
            checked = looked_at(work, segment, sending=True)
            count = checked.faulty if sheet.faulty else checked.total
            shown = sheet.turned(min(sheet.page, max(0, count - 1) // ROWS))
            rows = Rows(work, segment).of(_lines(work, shown))
            return Previewed(sheet=shown, segment=segment, checked=checked, rows=rows, count=count, said=said)

    def line(self, actor: Person, segment: SegmentId, number: int) -> Row:
        """Return one line as it would be logged.

        Raises:
            Refusal: it is gone, or not the actor's to see.
        """
        with self._store.read(actor.workspace) as work:
            found = reached(work, actor, segment)
            line = work.segment_lines.get(segment, number)
            if line is None:
                raise Refusal("This line is gone: somebody took it out of {number}.", number=found.number)
            return Rows(work, found).of([line])[0]

    def skipped(self, actor: Person, segment: SegmentId) -> tuple[Segment, list[tuple[str, Counted]]]:
        """Return a segment, and whom each of its criteria leaves out.

        Raises:
            Refusal: the segment is gone, or not the actor's to see.
        """
        with self._store.read(actor.workspace) as work:
            found = reached(work, actor, segment)
            work.membership.expect_many()
            seen = scope(work, actor)
            added = [one for one in work.segments.actions(segment) if one.kind is ActionKind.ADD]
            counted = [
                (one.words, work.membership.count_joining(segment, read_criteria(one.criteria), seen))
                for one in added
            ]
        return found, counted

    def export(self, actor: Person, segment: SegmentId) -> int:
        """Write the preview to a file, line by line, and let the actor have it; return the number of lines.

        Raises:
            Refusal: the segment is gone, or not the actor's to see.
        """
        with self._store.read(actor.workspace) as work:
            found = reached(work, actor, segment)
        path = self._folder / f"preview-{self._store.ids()}.csv"
        count = exports.write_rows(self._store, path, HEADER, self._pages(actor, found))
        with self._store.begin(actor.workspace) as work:
            payload = {"path": str(path), "name": views.csv_name(found)}
            work.deliveries.say(f"preview:{work.access.ids()}", DeliveryKind.FILE, actor.id, payload)
        self._bell.ring()
        return count

    def _pages(self, actor: Person, segment: Segment) -> Iterator[list[tuple[object, ...]]]:
        """Yield the cells of some lines at a time; each is read in a short transaction of its own."""
        text, after = self._people.text(actor), 0
        while True:
            with self._store.read(actor.workspace) as work:
                lines = work.segment_lines.after(segment.id, after, AT_ONCE)
                rows = Rows(work, segment).of(lines)
            if not rows:
                return
            yield [_cells(row, text) for row in rows]
            after = rows[-1].line.number


class Rows:
    """Looks up what some lines of a segment come to."""

    def __init__(self, work: Work, segment: Segment) -> None:
        self._work = work
        self._segment = segment
        self._templates = work.templates.by_id()

    def of(self, lines: Sequence[Line]) -> list[Row]:
        """Return these lines as they would be logged."""
        contacts = self._work.contacts.many(frozenset(one.contact for one in lines if one.contact))
        employers = frozenset(one.company for one in contacts.values() if one.company)
        blocked = {one.id for one in self._work.contacts.many(employers).values() if one.privacy_blocked}
        met = [(line, contacts.get(line.contact) if line.contact else None) for line in lines]
        values = [self._values(line, contact) for line, contact in met]
        people = self._work.people.many(frozenset(one.salesperson for one in values if one.salesperson))
        return [
            self._row(line, contact, comes, people.get(comes.salesperson or 0), blocked)  # type: ignore[arg-type]
            for (line, contact), comes in zip(met, values, strict=True)
        ]

    def _values(self, line: Line, contact: Contact | None) -> Values:
        used = template_of(self._segment, line)
        return values_for(self._segment, line, self._templates.get(used) if used else None, contact)

    def _row(
        self,
        line: Line,
        contact: Contact | None,
        comes: Values,
        writer: Person | None,
        blocked: set[ContactId],
    ) -> Row:
        template = self._templates.get(comes.template) if comes.template else None
        asked = contact is not None and (contact.privacy_blocked or contact.company in blocked)
        retired = template is not None and not template.active
        fault = fault_of(comes, contact, blocked=asked, retired=retired, sending=True)
        wrong, text = self._written(comes, contact, writer)
        mistaken = wrong is not None and fault in (None, Fault.NO_ADDRESS)  # a mail may not be sent at all
        return Row(
            line=line,
            contact=contact,
            values=comes,
            template=template.description if template else "",
            salesperson=writer.name if writer else "",
            text=text,
            fault=Fault.TEXT if mistaken else fault,
            detail=wrong if mistaken else None,
        )

    def _written(
        self, comes: Values, contact: Contact | None, writer: Person | None
    ) -> tuple[Message | None, str]:
        wrong = letters.mistakes(comes.text)
        if wrong is not None or not letters.has_fields(comes.text):
            return wrong, comes.text
        return None, letters.rendered(
            comes.text, letters.fields_of(contact, writer, self._segment, comes.day)
        )


def _lines(work: Work, sheet: Sheet) -> list[Line]:
    if not sheet.faulty:
        return work.segment_lines.page(sheet.segment, sheet.page * ROWS, ROWS)
    ended = (sheet.page + 1) * ROWS
    numbers = faulty_lines(work, sheet.segment, ended)[ended - ROWS :]
    found = (work.segment_lines.get(sheet.segment, number) for number in numbers)
    return [line for line in found if line is not None]


def faulty_lines(work: Work, segment: SegmentId, limit: int) -> list[int]:
    """Return the numbers of the first lines that can't be logged."""
    checks = RunChecks(work.access)
    mistaken = [one.line for one, text in checks.texts(segment, sending=True) if letters.mistakes(text)]
    found = [one.line for one in checks.faulty(segment, limit, sending=True)]
    return sorted([*found, *mistaken])[:limit]


def _cells(row: Row, text: Text) -> tuple[object, ...]:
    contact, comes = row.contact, row.values
    return (
        row.line.number,
        *_card(contact),
        row.template,
        comes.description,
        text(CORRESPONDENCES[comes.correspondence]) if comes.correspondence else "",
        comes.day,
        row.salesperson,
        text(EVALUATIONS[comes.evaluation]) if comes.evaluation else "",
        row.text,
        views.reason(row, text).removeprefix("⚠ "),
    )


def _card(contact: Contact | None) -> tuple[str, ...]:
    if contact is None:
        return ("",) * 6
    return (
        contact.number,
        contact.name,
        contact.company_name,
        contact.phone,
        contact.mobile,
        contact.email,
    )
