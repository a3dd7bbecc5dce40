"""Some weeks of believable entries for the demo, the same for the same seed."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.contacts import Contact
from bot.domain.ids import EntryId, OperationId
from bot.domain.interactions import Entry, Evaluation, Template
from bot.domain.operations import ItemKind, Operation, OperationKind
from bot.domain.people import Person
from bot.domain.templates import ENTRY_SERIES
from storage.work import Work

WEEKS = 6
A_DAY = (0, 1, 1, 2, 2, 3, 4)
WORKING_HOURS = range(8, 17)
SUNDAY_AND_SATURDAY = 5
WORDS = (
    "Agreed the price list for next year",
    "Asked about delivery before Christmas",
    "Wants a quotation for 40 units by Friday",
    "Not satisfied with the last delivery: two boxes were missing",
    "Showed the new catalogue; likes the blue series",
    "No answer, left a message",
    "Confirmed the meeting and who takes part",
    "Talked about the service contract, decides in spring",
    "Asked to be called again after the holidays",
    "New purchaser from January, introduces us then",
    "",
    "",
)
EVALUATIONS = (
    None,
    None,
    Evaluation.POSITIVE,
    Evaluation.POSITIVE,
    Evaluation.NEUTRAL,
    Evaluation.VERY_POSITIVE,
    Evaluation.NEGATIVE,
)


def seed_entries(work: Work, people: Sequence[Person], contacts: Sequence[Contact], seed: int = 7) -> int:
    """Write entries for the last weeks of each salesperson; return how many."""
    random = Random(seed)  # noqa: S311 - believable, not secret
    templates = work.templates.active()[:7]
    today = work.access.clock.now().date()
    days = [today - timedelta(days=ago) for ago in range(WEEKS * 7, 0, -1)]
    working = [day for day in days if day.weekday() < SUNDAY_AND_SATURDAY]
    written = 0
    for day in working:
        for person in people:
            for _ in range(random.choice(A_DAY)):
                _write(
                    work, _entry(work, person, random.choice(contacts), random.choice(templates), day, random)
                )
                written += 1
    return written


def _entry(
    work: Work, person: Person, contact: Contact, template: Template, day: date, random: Random
) -> Entry:
    at = time(random.choice(WORKING_HOURS), random.choice((0, 5, 15, 20, 30, 40, 45, 55)))
    logged = datetime.combine(day, at, ZoneInfo(person.zone)) + timedelta(minutes=random.randint(1, 30))
    said = random.choice(WORDS)
    return Entry(
        id=EntryId(work.access.ids()),
        number=int(work.numbers.take(ENTRY_SERIES)),
        contact=contact.id,
        company=contact.company if contact.is_person else contact.id,
        template=template.id,
        group=template.group,
        description=template.description,
        day=day,
        at=at,
        evaluation=random.choice(EVALUATIONS),
        attempt_failed=said.startswith("No answer"),
        salesperson=person.id,
        logged_by=person.id,
        logged_at=logged,
        correspondence=template.correspondence,
        flow=template.flow,
        initiated_by=template.initiated_by,
        duration=template.duration,
        comments=(said,) if said else (),
    )


def _write(work: Work, entry: Entry) -> None:
    operation = Operation(
        id=OperationId(work.access.ids()),
        actor=entry.logged_by,
        kind=OperationKind.LOG,
        ended_at=entry.logged_at,
        items=((ItemKind.ENTRY, int(entry.id)),),
    )
    work.operations.add(operation)
    work.entries.add(entry, operation.id)
    work.history.note(ItemKind.ENTRY, entry.id, entry.logged_by, ("logged", None, entry.number))
