"""Taking over what people who have left leave behind (`product.md` 1, 5)."""

from dataclasses import replace

from bot.domain.departures import LeftBehind, falls_to, inherited
from bot.domain.ids import PersonId
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind
from bot.domain.people import Person, Role
from bot.domain.postponed import Draft
from bot.services.bell import Bell
from storage.store import Store
from storage.work import Work


class Departures:
    """Gives the drafts of people who have left to those to whom they fall."""

    def __init__(self, store: Store, bell: Bell) -> None:
        self._store = store
        self._bell = bell

    def take_over(self, actor: Person, left: PersonId) -> LeftBehind:
        """Make the drafts of somebody who left the actor's own; return how many those were.

        Raises:
            Refusal: they don't fall to him, or somebody was first.
        """
        with self._store.begin(actor.workspace) as work:
            person = work.people.get(left)
            if person is None or not falls_to(actor, person, work.departures.managed_teams()):
                raise Refusal("These postponed interactions are not yours to take over.")
            moved = [draft for draft in work.drafts.waiting(left) if _handed_over(work, actor, draft)]
        if not moved:
            raise Refusal("Nothing of {name} waits any more: somebody was first.", name=person.name)
        self._bell.home_changed(actor.workspace, actor.id)
        return LeftBehind(person, len(moved))


def offered(work: Work, actor: Person) -> list[LeftBehind]:
    """Return whose drafts the actor may take over, in this transaction."""
    if actor.role is Role.SALESPERSON and not actor.manages:
        return []
    waiting = work.departures.waiting()
    if not waiting:
        return []
    people, managed = work.people.many(frozenset(waiting)), work.departures.managed_teams()
    mine = (one for one in people.values() if falls_to(actor, one, managed))
    return [LeftBehind(one, waiting[one.id]) for one in sorted(mine, key=lambda one: one.name)]


def _handed_over(work: Work, actor: Person, draft: Draft) -> bool:
    form = replace(draft.form, salesperson=inherited(draft.form, draft.owner, actor.id))
    if not work.departures.hand_over(draft, actor.id, form):
        return False
    changes = (("owner", draft.owner, actor.id), ("salesperson", draft.form.salesperson, form.salesperson))
    work.history.note(
        ItemKind.DRAFT, draft.id, actor.id, *(change for change in changes if change[1] != change[2])
    )
    return True
