"""Reminding people of what waits for them: once a day, in their own hours (`product.md` 5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.people import Person
from bot.domain.postponed import Draft
from bot.domain.tasks import Task
from bot.services.bell import Bell
from bot.services.people import People
from bot.services.rhythms import rhythm
from bot.views import reminders as views
from bot.views.reminders import Needs
from storage.due import Due, DueRows
from storage.store import Store
from storage.work import Work

AT_ONCE = 200
LOOK_AGAIN = timedelta(hours=24)
Quiet = Callable[[Person], datetime | None]
"""Tells until when somebody does not want to be disturbed, None when he may be."""


@dataclass(frozen=True, slots=True)
class Look:
    """When to look at a person again, and what to tell him on which day now."""

    next_at: datetime
    day: date | None = None
    needs: Needs | None = None


class Reminders:
    """Looks after everybody, and says once a day what waits for him."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._due = DueRows(store)

    def remind(self, quiet: Quiet) -> int:
        """Look after everybody whose time has come; return how many were told something."""
        self._enroll()
        told = sum(self._look_after(due, quiet) for due in self._due.people(self._now(), AT_ONCE))
        told += sum(self._wake(*back, quiet) for back in self._due.awake(self._now(), AT_ONCE))
        if told:
            self._bell.ring()
        return told

    def _enroll(self) -> None:
        for workspace, people in self._due.newcomers(AT_ONCE).items():
            with self._store.begin(workspace) as work:
                work.reminders.enroll(people, self._now())

    def _look_after(self, due: Due, quiet: Quiet) -> bool:
        person = self._reachable(due.workspace, due.person)
        if person is None:
            with self._store.begin(due.workspace) as work:
                work.reminders.forget(due.person)
            return False
        until = quiet(person)
        with self._store.begin(due.workspace) as work:
            look = self._look(work, person, due, until)
            claimed = work.reminders.claim(person.id, due.next_at, look.next_at, look.day)
            if not claimed or look.needs is None or look.day is None:
                return False
            self._bring_back(work, look.needs)
            return self._say(work, person, look.needs, f"remind:{person.id}:{look.day.isoformat()}")

    def _look(self, work: Work, person: Person, due: Due, quiet_until: datetime | None) -> Look:
        now, hours = self._now(), rhythm(work, person)
        today = hours.day(now)
        if due.last_day == today or not hours.preferences.reminders:
            return self._again(hours.next_day(now))
        if quiet_until is not None and quiet_until > now:
            return self._again(quiet_until)
        if not hours.is_open(now):
            return self._again(hours.opening(now))
        needs = self._needs(work, person, today)
        again = self._again(hours.next_day(now))
        return Look(again.next_at, today, needs) if needs.anything else again

    def _again(self, at: datetime | None) -> Look:
        """Look again then, within a day at any rate: zones, hours and clocks change meanwhile."""
        latest = self._now() + LOOK_AGAIN
        return Look(latest if at is None else min(at, latest))

    def _needs(self, work: Work, person: Person, today: date) -> Needs:
        now = self._now()
        waiting = [
            draft
            for draft in work.drafts.waiting(person.id)
            if draft.snoozed_until is None or draft.snoozed_until <= now
        ]
        due = [
            task
            for task in work.tasks.due_of(person.id, today)
            if task.snoozed_until is None or task.snoozed_until <= now
        ]
        return self._named(work, waiting, due)

    def _wake(self, workspace: WorkspaceId, owner: PersonId, quiet: Quiet) -> bool:
        """Say what comes back from a snooze, all of a person's together; outside his hours it waits on."""
        person, now = self._reachable(workspace, owner), self._now()
        until = quiet(person) if person else None
        with self._store.begin(workspace) as work:
            needs = self._named(work, work.drafts.awake(owner, now), work.tasks.awake(owner, now))
            if not needs.anything:
                return False
            again = self._not_before(work, person, until) if person else None
            self._bring_back(work, needs, again)
            if person is None or again is not None:
                return False
            return self._say(work, person, needs, f"snooze:{owner}:{work.access.ids()}")

    def _not_before(self, work: Work, person: Person, quiet_until: datetime | None) -> datetime | None:
        """Return when the person may be told, None when that is now."""
        now, hours = self._now(), rhythm(work, person)
        earliest = max(now, quiet_until) if quiet_until else now
        opening = hours.opening(earliest) or now + LOOK_AGAIN
        return opening if opening > now else None

    def _bring_back(self, work: Work, needs: Needs, again: datetime | None = None) -> None:
        """End the snoozes of what is told now, or put them off until `again`."""
        for draft, _ in needs.drafts:
            if draft.snoozed_until is not None:
                work.drafts.snooze(draft.form_id, again)
        for task, _ in needs.tasks:
            if task.snoozed_until is not None:
                work.tasks.snooze(task.id, again)

    def _named(self, work: Work, drafts: list[Draft], tasks: list[Task]) -> Needs:
        wanted = {draft.form.contact for draft in drafts} | {task.contact for task in tasks}
        contacts = work.contacts.many(frozenset(contact for contact in wanted if contact is not None))
        return Needs(
            drafts=[
                (draft, contacts.get(draft.form.contact) if draft.form.contact else None) for draft in drafts
            ],
            tasks=[
                (task, contacts[task.contact].label if task.contact in contacts else "") for task in tasks
            ],
        )

    def _say(self, work: Work, person: Person, needs: Needs, key: str) -> bool:
        hours = rhythm(work, person)
        words = views.reminder(person, needs, hours.preferences.starts, self._people.text(person))
        return work.deliveries.say(key, DeliveryKind.REMINDER, person.id, words) is not None

    def _reachable(self, workspace: WorkspaceId, owner: PersonId) -> Person | None:
        person = self._people.of(workspace, owner)
        return person if person and person.active and person.slack_id else None

    def _now(self) -> datetime:
        return self._store.clock.now()
