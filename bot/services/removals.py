"""Contacts that go are gone in many short transactions: a kill leaves what the next one goes on with."""

from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import RemovalId, WorkspaceId
from bot.domain.messages import Conflict
from bot.domain.removals import Removal, RemovalState
from bot.services.bell import Bell
from bot.services.people import People
from bot.views import contact_care as views
from storage.contact_groups import groups_of, part
from storage.planner import tell_planner
from storage.removals import Removals as Rows
from storage.removals import under_way
from storage.store import Store
from storage.work import Work

AT_ONCE = 500
"""So many rows are given away in one transaction: tens of milliseconds."""
GIVE_WAY_SECONDS = 0.2


class Removals:
    """Goes on with contacts that go, or come back."""

    def __init__(self, store: Store, people: People, bell: Bell, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._store = store
        self._people = people
        self._bell = bell

    def run(self) -> str:
        """Go on with every one that is under way; return what was done."""
        with self._store.reading() as connection:
            found = under_way(connection)
        for workspace, removal in found:
            self.go_on(workspace, removal)
        return (
            f"Went on with {len(found)} contacts that are merged, deleted or brought back." if found else ""
        )

    def go_on(self, workspace: WorkspaceId, removal: RemovalId) -> None:
        """Take one to its end; others may write between two steps."""
        tell_planner(self._store)
        while self.step(workspace, removal):
            self._store.give_way(GIVE_WAY_SECONDS)
        self._bell.ring()

    def step(self, workspace: WorkspaceId, removal_id: RemovalId) -> bool:
        """Take one step in one transaction; False when it has come to its end."""
        try:
            with self._store.begin(workspace) as work:
                removal = Rows(work.access).lock(removal_id)
                if removal is None or not removal.under_way:
                    return False
                if not moved(work, removal, self._at_once):
                    self._end(work, removal)
        except Conflict:  # somebody named the contact at this very moment: the next step gives that away too
            return True
        return True

    def _end(self, work: Work, removal: Removal) -> None:
        rows = Rows(work.access)
        if removal.state is RemovalState.RETURNING:
            rows.turn(removal.id, RemovalState.BACK)
            return
        part(work.access, removal.contact, groups_of(work.access, removal.contact))
        rows.leave(removal)
        work.operations.end(removal.operation)
        self._tell(work, removal)

    def _tell(self, work: Work, removal: Removal) -> None:
        operation = work.operations.get(removal.operation)
        actor = work.people.get(operation.actor) if operation else None
        if operation is None or actor is None:
            return
        heir = work.contacts.get(removal.heir) if removal.heir else None
        payload = views.removed(removal, heir, self._people.text(actor))
        work.deliveries.say(
            f"removed:{removal.id}", DeliveryKind.CONFIRMATION, actor.id, payload, answer=operation.answer
        )


def moved(work: Work, removal: Removal, limit: int = AT_ONCE) -> int:
    """Take one step in the direction in which the contact goes; return how many rows that were."""
    rows = Rows(work.access)
    step = rows.step_back if removal.state is RemovalState.RETURNING else rows.step
    return step(removal, limit)
