"""Gathering what waits for somebody (`product.md` 5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.departures import LeftBehind
from bot.domain.ids import PersonId
from bot.domain.people import Person
from bot.domain.postponed import Draft
from bot.domain.tasks import Task
from bot.services.departures import offered
from bot.views.reminders import Needs
from storage.work import Work

BEING_TYPED = timedelta(minutes=30)
"""A form that stands open on a screen and was typed into this lately does not wait yet."""

PUT_AWAY = timedelta(minutes=15)
"""Nobody is reminded of what he closed this lately; he has not forgotten it yet."""


def to_remind_of(work: Work, person: Person, today: date, now: datetime) -> Needs:
    """Return what a person is reminded of today: what waits, but for what he put away a moment ago."""
    waiting = of_the_day(work, person, today, now)
    return replace(waiting, drafts=[one for one in waiting.drafts if not _just_put_away(one[0], now)])


def of_the_day(work: Work, person: Person, today: date, now: datetime) -> Needs:
    """Return what waits for a person today: postponed interactions, follow-ups, what falls to him."""
    drafts = [draft for draft in work.drafts.waiting(person.id) if _waits(draft, now)]
    tasks = [task for task in work.tasks.due_of(person.id, today) if _awake(task.snoozed_until, now)]
    return _named(work, drafts, tasks, offered(work, person))


def back_from_snooze(work: Work, person: PersonId, now: datetime) -> Needs:
    """Return what comes back from a snooze."""
    return _named(work, work.drafts.awake(person, now), work.tasks.awake(person, now), ())


def _named(work: Work, drafts: list[Draft], tasks: list[Task], left: Sequence[LeftBehind]) -> Needs:
    wanted = {draft.form.contact for draft in drafts} | {task.contact for task in tasks}
    contacts = work.contacts.many(frozenset(contact for contact in wanted if contact is not None))
    return Needs(
        drafts=[
            (draft, contacts.get(draft.form.contact) if draft.form.contact else None) for draft in drafts
        ],
        tasks=[(task, contacts[task.contact].label if task.contact in contacts else "") for task in tasks],
        left=left,
    )


def _waits(draft: Draft, now: datetime) -> bool:
    being_typed = draft.closed_at is None and timedelta() <= now - draft.saved_at < BEING_TYPED
    return not being_typed and _awake(draft.snoozed_until, now)


def _just_put_away(draft: Draft, now: datetime) -> bool:
    return draft.closed_at is not None and timedelta() <= now - draft.closed_at < PUT_AWAY


def _awake(snoozed_until: datetime | None, now: datetime) -> bool:
    return snoozed_until is None or snoozed_until <= now
