"""Reminding people of what waits for them: once a day, in their own hours (`product.md` 5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.apart import one_by_one
from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.people import Person
from bot.domain.reminders import LOOK_AGAIN, Look, first_look, look, look_at
from bot.domain.snoozes import QUARTER, next_quarter
from bot.services import needs
from bot.services.bell import Bell
from bot.services.people import People
from bot.services.rhythms import rhythm
from bot.views import reminders as views
from bot.views.reminders import Needs
from storage.due import Due, DueRows
from storage.store import Store
from storage.work import Work

NEWCOMERS = 1000
MOMENT = timedelta(microseconds=1)
Quiet = Callable[[Person], datetime | None]
"""Tells until when somebody does not want to be disturbed, None when he may be."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom nobody looks after yet."""

    workspace: WorkspaceId
    person: PersonId


@dataclass(frozen=True, slots=True)
class Back:
    """Somebody to whom something comes back from a snooze."""

    workspace: WorkspaceId
    person: PersonId


class Reminders:
    """Looks after everybody, and says once a day what waits for him."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._due = DueRows(store)

    def remind(self, quiet: Quiet) -> int:
        """Look after everybody whose time has come; return how many were told something.

        Raises:
            Busy, Unwritable: the database serves nobody now; the next look finds the rest.
        """
        one_by_one(self._newcomers(), self._enroll, self._enroll_unseen)
        due = self._due.people(self._now())
        told = one_by_one(due, partial(self._look_after, quiet=quiet), self._let_rest)
        back = [Back(*one) for one in self._due.awake(self._now())]
        return told + one_by_one(back, partial(self._wake, quiet=quiet), self._let_sleep)

    def unreached(self) -> list[Person]:
        """Return the people whose reminder Slack refused within a day."""
        refused = self._due.unreached(self._now() - LOOK_AGAIN)
        found = (self._reachable(workspace, person) for workspace, person in refused)
        return [person for person in found if person is not None]

    def _newcomers(self) -> list[Newcomer]:
        found = self._due.newcomers(NEWCOMERS)
        return [Newcomer(workspace, person) for workspace, people in found.items() for person in people]

    def _enroll(self, newcomer: Newcomer) -> bool:
        """Look at a newcomer first when his hours begin; at once where something has waited since an earlier day."""
        person = self._reachable(newcomer.workspace, newcomer.person)
        if person is None:
            return False
        with self._store.begin(newcomer.workspace) as work:
            first = first_look(rhythm(work, person), self._now()).next_at
            work.reminders.enroll(
                person.id, self._now() if _waits_overnight(work, person, self._now()) else first
            )
        return True

    def _enroll_unseen(self, newcomer: Newcomer) -> None:
        with self._store.begin(newcomer.workspace) as work:
            work.reminders.enroll(newcomer.person, self._now() + QUARTER)

    def _look_after(self, due: Due, quiet: Quiet) -> bool:
        person = self._reachable(due.workspace, due.person)
        if person is None:
            with self._store.begin(due.workspace) as work:
                work.reminders.forget(due.person)
            return False
        until = quiet(person) if self._has_news(person, due) else None
        with self._store.begin(due.workspace) as work:
            told = self._looked(work, person, due, until)
        return told and self._rung(person)

    def _has_news(self, person: Person, due: Due) -> bool:
        """Whether it is worth asking Slack if the person may be disturbed."""
        now = self._now()
        with self._store.read(due.workspace) as work:
            found = look(rhythm(work, person), due.last_day, now)
            return found.day is not None and needs.to_remind_of(work, person, found.day, now).anything

    def _looked(self, work: Work, person: Person, due: Due, quiet_until: datetime | None) -> bool:
        """Move on to the next look, and say what waits if this is the moment; the first process does it."""
        now = self._now()
        found = look(rhythm(work, person), due.last_day, now)
        if found.day is not None and quiet_until is not None and quiet_until > now:
            found = look_at(quiet_until, now)
        waiting = needs.to_remind_of(work, person, found.day, now) if found.day else Needs()
        if not waiting.anything:
            found = Look(found.next_at)
        if not work.reminders.claim(person.id, due.next_at, found.next_at, found.day) or found.day is None:
            return False
        told = self._say(work, person, waiting, f"remind:{person.id}:{found.day.isoformat()}")
        if told:
            work.reminders.bring_back(person.id, now, None)
        return told

    def _wake(self, back: Back, quiet: Quiet) -> bool:
        """Say what comes back from a snooze, all of a person's together."""
        person = self._reachable(back.workspace, back.person)
        until = quiet(person) if person else None
        with self._store.begin(back.workspace) as work:
            if person is None:
                work.reminders.bring_back(back.person, self._now(), None)
                return False
            work.reminders.hold(person.id)
            told = self._woken(work, person, until)
        return told and self._rung(person)

    def _woken(self, work: Work, person: Person, quiet_until: datetime | None) -> bool:
        """Say it, at most once in a quarter of an hour; outside the person's hours it waits on."""
        now = self._now()
        waiting = needs.back_from_snooze(work, person.id, now)
        if not waiting.anything:
            return False
        again = self._not_before(work, person, quiet_until)
        key = f"snooze:{person.id}:{(next_quarter(now + MOMENT) - QUARTER).isoformat()}"
        told = again is None and self._say(work, person, waiting, key)
        work.reminders.bring_back(person.id, now, None if told else again or next_quarter(now + MOMENT))
        return told

    def _not_before(self, work: Work, person: Person, quiet_until: datetime | None) -> datetime | None:
        """Return when the person may be told, None when that is now."""
        now, hours = self._now(), rhythm(work, person)
        earliest = max(now, quiet_until) if quiet_until else now
        opening = hours.opening(earliest) or now + LOOK_AGAIN
        return opening if opening > now else None

    def _let_rest(self, due: Due) -> None:
        """Look again a little later at somebody for whom something broke."""
        with self._store.begin(due.workspace) as work:
            work.reminders.claim(due.person, due.next_at, self._now() + QUARTER, None)

    def _let_sleep(self, back: Back) -> None:
        with self._store.begin(back.workspace) as work:
            work.reminders.bring_back(back.person, self._now(), self._now() + QUARTER)

    def _say(self, work: Work, person: Person, waiting: Needs, key: str) -> bool:
        starts = rhythm(work, person).preferences.starts
        words = views.reminder(person, waiting, starts, self._people.text(person))
        return work.deliveries.say(key, DeliveryKind.REMINDER, person.id, words) is not None

    def _rung(self, person: Person) -> bool:
        self._bell.ring()
        self._bell.home_changed(person.workspace, person.id)
        return True

    def _reachable(self, workspace: WorkspaceId, owner: PersonId) -> Person | None:
        person = self._people.of(workspace, owner)
        return person if person and person.active and person.slack_id else None

    def _now(self) -> datetime:
        return self._store.clock.now()


def _waits_overnight(work: Work, person: Person, now: datetime) -> bool:
    zone = ZoneInfo(person.zone)
    today = now.astimezone(zone).date()
    return any(draft.saved_at.astimezone(zone).date() < today for draft in work.drafts.waiting(person.id))
