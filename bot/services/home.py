"""App Home: gathering what stands on a person's desk (`product.md` 6)."""

from typing import Any

from bot.domain.checklist import Checklist
from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.people import Person, Role, Scope
from bot.services.checklist import checklist
from bot.services.departures import offered
from bot.services.inbox_news import whose
from bot.services.people import People
from bot.services.postponed import Postponed
from bot.services.tasks import Tasks
from bot.services.weeks import team_weeks, week_of
from bot.views import home as views
from bot.views.home import Desk
from storage.jobs import JobRows
from storage.store import Store

ENTRIES = 5


class Home:
    """Makes App Home."""

    def __init__(self, store: Store, people: People, postponed: Postponed, tasks: Tasks) -> None:
        self._store = store
        self._people = people
        self._postponed = postponed
        self._tasks = tasks

    def watchers(self, workspace: WorkspaceId, person: PersonId) -> frozenset[PersonId]:
        """Return on whose App Home the figures of a salesperson count too: who manages his team."""
        with self._store.read(workspace) as work:
            return work.weeks.leaders_of(person) - {person}

    def page(self, actor: Person) -> dict[str, Any]:
        """Return the actor's App Home."""
        now, text = self._store.clock.now(), self._people.text(actor)
        runs = JobRows(self._store).all() if actor.role is Role.ADMIN else None
        with self._store.read(actor.workspace) as work:
            entries = work.entries.latest_logged_by(actor.id, ENTRIES)
            operations = {int(one.entry.id): work.operations.of_entry(one.entry.id) for one in entries}
            contacts = work.contacts.any()
            mine = work.segments.active(Scope(frozenset({actor.id})), views.SEGMENTS)
            asks = work.inbox.count(whose(actor))
            left, chosen = offered(work, actor), work.reminders.preferences(actor.id)
            week, teams = week_of(work, actor.id, text.today), team_weeks(work, actor, text.today, now)
            still_to_do = Checklist() if runs is None else checklist(work, runs)
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
            week=week,
            teams=teams,
            checklist=still_to_do,
            asks=asks,
        )
        return views.home(desk, text)
