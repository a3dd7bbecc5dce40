"""App Home: gathering what stands on a person's desk (`product.md` 6)."""

from typing import Any

from bot.domain.people import Person, Scope
from bot.services.departures import offered
from bot.services.people import People
from bot.services.postponed import Postponed
from bot.services.tasks import Tasks
from bot.views import home as views
from bot.views.home import Desk
from storage.store import Store

ENTRIES = 5


class Home:
    """Makes App Home."""

    def __init__(self, store: Store, people: People, postponed: Postponed, tasks: Tasks) -> None:
        self._store = store
        self._people = people
        self._postponed = postponed
        self._tasks = tasks

    def page(self, actor: Person) -> dict[str, Any]:
        """Return the actor's App Home."""
        now = self._store.clock.now()
        with self._store.read(actor.workspace) as work:
            entries = work.entries.latest_logged_by(actor.id, ENTRIES)
            operations = {int(one.entry.id): work.operations.of_entry(one.entry.id) for one in entries}
            contacts = work.contacts.any()
            mine = work.segments.active(Scope(frozenset({actor.id})), views.SEGMENTS)
            left, chosen = offered(work, actor), work.reminders.preferences(actor.id)
        undoable = {
            entry: one.id
            for entry, one in operations.items()
            if one and one.undoable_at(now) and one.actor == actor.id
        }
        desk = Desk(
            person=actor,
            drafts=self._postponed.waiting(actor),
            tasks=self._tasks.open_of(actor, views.TASKS + 1),
            entries=entries,
            operations=undoable,
            contacts=int(contacts),
            left=left,
            segments=mine,
            preferences=chosen,
        )
        return views.home(desk, self._people.text(actor))
