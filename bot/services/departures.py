"""Taking over what people who have left leave behind (`product.md` 1, 5)."""

from dataclasses import replace

from bot.domain.departures import LeftBehind, falls_to, inherited
from bot.domain.ids import PersonId
from bot.domain.messages import Message, Refusal
from bot.domain.operations import ItemKind
from bot.domain.people import Person, Role
from bot.domain.postponed import Draft
from bot.domain.tasks import Task
from bot.domain.teams import who_can
from bot.services.bell import Bell
from bot.services.gates import leaders
from storage.store import Store
from storage.work import Work

MOST = 500


class Departures:
    """Gives the drafts and follow-ups of people who have left to those to whom they fall."""

    def __init__(self, store: Store, bell: Bell) -> None:
        self._store = store
        self._bell = bell

    def take_over(self, actor: Person, left: PersonId) -> LeftBehind:
        """Make what somebody left behind the actor's own; return how much that was.

        Raises:
            Refusal: they don't fall to him, or somebody was first.
        """
        with self._store.begin(actor.workspace) as work:
            person = work.people.get(left)
            if person is None or person.active or person.id == actor.id:
                raise Refusal("There is nothing to take over.")
            if not falls_to(actor, person, work.departures.managed_teams()):
                raise Refusal(
                    "Only {who} can take over from {name}.", who=_heirs(work, person), name=person.name
                )
            moved = [draft for draft in work.drafts.waiting(left) if _handed_over(work, actor, draft)]
            tasks = [task for task in work.tasks.open_of(left, MOST) if _given(work, actor, task)]
        if not moved and not tasks:
            raise Refusal("Nothing of {name} waits any more: somebody was first.", name=person.name)
        self._bell.home_changed(actor.workspace, actor.id)
        return LeftBehind(person, len(moved), len(tasks))


def offered(work: Work, actor: Person) -> list[LeftBehind]:
    """Return from whom the actor may take over, in this transaction."""
    if actor.role is Role.SALESPERSON and not actor.manages:
        return []
    drafts, tasks = work.departures.waiting(), work.departures.follow_ups()
    if not drafts and not tasks:
        return []
    people, managed = work.people.many(frozenset(drafts) | frozenset(tasks)), work.departures.managed_teams()
    mine = (one for one in people.values() if falls_to(actor, one, managed))
    by_name = sorted(mine, key=lambda one: one.name)
    return [LeftBehind(one, drafts.get(one.id, 0), tasks.get(one.id, 0)) for one in by_name]


def _heirs(work: Work, left: Person) -> Message | tuple[str, ...]:
    return leaders(work, left) or who_can(())


def _given(work: Work, actor: Person, task: Task) -> bool:
    if not work.tasks.change(replace(task, salesperson=actor.id, snoozed_until=None)):
        return False
    work.history.note(ItemKind.TASK, task.id, actor.id, ("salesperson", task.salesperson, actor.id))
    return True


def _handed_over(work: Work, actor: Person, draft: Draft) -> bool:
    form = replace(draft.form, salesperson=inherited(draft.form, draft.owner, actor.id))
    if not work.departures.hand_over(draft, actor.id, form):
        return False
    changes = (("owner", draft.owner, actor.id), ("salesperson", draft.form.salesperson, form.salesperson))
    work.history.note(
        ItemKind.DRAFT, draft.id, actor.id, *(change for change in changes if change[1] != change[2])
    )
    return True
