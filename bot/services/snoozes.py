"""Putting off what waits: drafts and follow-ups (`product.md` 5)."""

from datetime import date, datetime, time, timedelta

from bot.domain.ids import FormId, TaskId
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind
from bot.domain.people import Person
from bot.domain.snoozes import Snooze, picked, snoozed_until
from bot.services.bell import Bell
from bot.services.gates import resumable
from bot.services.people import People
from bot.services.rhythms import rhythm
from bot.services.tasks import changeable
from storage.store import Store
from storage.work import Work

Waiting = FormId | TaskId
"""What can be put off: a draft by its form, or a follow-up."""


class Snoozes:
    """Puts off and brings back; every moment is one within the person's own hours."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def put_off(self, actor: Person, what: Waiting, choice: Snooze) -> datetime:
        """Put something off by a ready-made choice and return until when.

        Raises:
            Refusal: it was finished meanwhile, is somebody else's, or the actor never works.
        """
        with self._store.begin(actor.workspace) as work:
            until = snoozed_until(choice, rhythm(work, actor), self._store.clock.now())
            self._write(work, actor, what, until)
        self._bell.home_changed(actor.workspace, actor.id)
        return until

    def put_off_to(self, actor: Person, what: Waiting, day: date, at: time) -> datetime:
        """Put something off to a chosen moment and return until when: the next one in the person's hours.

        Raises:
            Refusal: as `put_off`, or the moment is over or lies more than a year ahead.
        """
        with self._store.begin(actor.workspace) as work:
            until = picked(day, at, rhythm(work, actor), self._store.clock.now())
            self._write(work, actor, what, until)
        self._bell.home_changed(actor.workspace, actor.id)
        return until

    def bring_back(self, actor: Person, what: Waiting) -> None:
        """End a snooze.

        Raises:
            Refusal: it was finished meanwhile, or is somebody else's.
        """
        with self._store.begin(actor.workspace) as work:
            self._write(work, actor, what, None)
        self._bell.home_changed(actor.workspace, actor.id)

    def suggested(self, actor: Person) -> datetime:
        """Return the moment that is proposed to somebody who picks one: the start of his next working day."""
        now = self._store.clock.now()
        with self._store.read(actor.workspace) as work:
            return rhythm(work, actor).next_day(now) or now + timedelta(days=1)

    def _write(self, work: Work, actor: Person, what: Waiting, until: datetime | None) -> None:
        if isinstance(what, str):
            resumable(work, actor, what)
            if not work.drafts.snooze(what, until):
                raise Refusal("This interaction was finished or discarded at this moment.")
            return
        task = changeable(work, actor, what)
        if not work.tasks.snooze(what, until):
            raise Refusal("This follow-up is done already.")
        change = ("snoozed_until", _written(task.snoozed_until), _written(until))
        work.history.note(ItemKind.TASK, what, actor.id, change)


def _written(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat(timespec="minutes")
