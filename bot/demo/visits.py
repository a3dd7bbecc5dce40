"""What the salespeople of the demo did in eight weeks, thought up from a seed: nothing is written here yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from zoneinfo import ZoneInfo

from bot.domain.contacts import Contact
from bot.domain.interactions import Evaluation, Template
from bot.domain.people import Person

WEEKS = 8
WORKING_HOURS = range(8, 17)
SUNDAY_AND_SATURDAY = 5
LATE, LATE_EVERY = timedelta(days=9), 23
CANCELED_EVERY = 31
ANGRY_DAYS_AGO = (4, 9, 30)
RESTS = timedelta(days=12)
"""So long one of them has logged nothing: a manager should see that."""

OFTEN, STEADY, SELDOM = (1, 2, 2, 3, 4), (0, 1, 1, 2, 3), (0, 0, 0, 0, 1)
_PACES = {"Eva": OFTEN, "Wim": STEADY, "Max": SELDOM, "Joost": (0, 0, 1, 1)}


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, and how it went."""

    words: str
    evaluation: Evaluation | None = None

    @property
    def failed(self) -> bool:
        """Whether nobody was reached."""
        return self.words.startswith("No answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One interaction as it will be logged."""

    person: Person
    contact: Contact
    template: Template
    day: date
    at: time
    logged_at: datetime
    said: Said
    canceled: bool = False


CHATTER = (
    Said("Agreed the price list for next year", Evaluation.POSITIVE),
    Said("Asked about delivery before Christmas"),
    Said("Wants a quotation for 40 units by Friday", Evaluation.POSITIVE),
    Said("Not satisfied with the last delivery: two boxes were missing", Evaluation.NEGATIVE),
    Said("Showed the new catalogue; likes the blue series", Evaluation.VERY_POSITIVE),
    Said("No answer, left a message"),
    Said("Confirmed the meeting and who takes part", Evaluation.NEUTRAL),
    Said("Talked about the service contract, decides in spring", Evaluation.NEUTRAL),
    Said("Asked to be called again after the holidays"),
    Said("New purchaser from January, introduces us then", Evaluation.POSITIVE),
    Said("No answer"),
    Said(""),
)
ANGRY = Said("Third late delivery this autumn; is talking to another supplier", Evaluation.VERY_NEGATIVE)


def visits(
    people: Sequence[Person],
    contacts: Sequence[Contact],
    templates: Sequence[Template],
    now: datetime,
    seed: int,
) -> list[Visit]:
    """Return what they did, in the order in which it was logged; the same for the same seed and day."""
    random = Random(seed)  # noqa: S311 - believable, not secret
    thought = [
        _visit(person, random.choice(contacts), random.choice(templates), day, random)
        for day in _working_days(now.date())
        for person in people
        if not _rests(person, day, now.date())
        for _ in range(random.choice(_PACES.get(person.name.split()[0], STEADY)))
    ]
    spoilt = _with_angry_ones(_with_exceptions(thought, now), now.date())
    return sorted(spoilt, key=lambda visit: visit.logged_at)


def _working_days(today: date) -> Iterator[date]:
    for ago in range(WEEKS * 7, 0, -1):
        day = today - timedelta(days=ago)
        if day.weekday() < SUNDAY_AND_SATURDAY:
            yield day


def _rests(person: Person, day: date, today: date) -> bool:
    return person.name.startswith("Ola") and today - day < RESTS


def _visit(person: Person, contact: Contact, template: Template, day: date, random: Random) -> Visit:
    at = time(random.choice(WORKING_HOURS), random.choice((0, 5, 15, 20, 30, 40, 45, 55)))
    logged = datetime.combine(day, at, ZoneInfo(person.zone)) + timedelta(minutes=random.randint(1, 30))
    return Visit(
        person=person,
        contact=contact,
        template=template,
        day=day,
        at=at,
        logged_at=logged,
        said=random.choice(CHATTER),
    )


def _with_exceptions(thought: Sequence[Visit], now: datetime) -> Iterator[Visit]:
    """Let some be logged more than a week late, and some be canceled afterwards."""
    for place, visit in enumerate(thought):
        late = place % LATE_EVERY == 0 and visit.logged_at + LATE < now
        yield replace(
            visit,
            logged_at=visit.logged_at + LATE if late else visit.logged_at,
            canceled=place % CANCELED_EVERY == CANCELED_EVERY - 1,
        )


def _with_angry_ones(thought: Iterator[Visit], today: date) -> list[Visit]:
    """Let an interaction soon after some days have gone very badly, each time somebody else's."""
    changed = list(thought)
    for nth, ago in enumerate(ANGRY_DAYS_AGO):
        since = (
            place
            for place, visit in enumerate(changed)
            if (today - visit.day).days <= ago and not visit.canceled
        )
        place = next(islice(since, nth, None), None)
        if place is not None:
            changed[place] = replace(changed[place], said=ANGRY)
    return changed
