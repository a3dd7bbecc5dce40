"""Evaluate, cancel and reinstate, one or several at once: one act, one message, one Undo (`domain.md` 2.10, 2.11)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.deliveries import DeliveryKind
from bot.domain.entries import Asked, Listed, canceled, evaluated, reinstated
from bot.domain.ids import EntryId, OperationId
from bot.domain.interactions import Entry, Evaluation
from bot.domain.messages import Message, n_
from bot.domain.operations import UNDO_WINDOW, CancelReason, ItemKind, Operation, OperationKind
from bot.domain.people import Person, may_change, may_read
from bot.domain.teams import who_can
from bot.services.bell import Bell, homes_changed
from bot.services.entry_lists import shown
from bot.services.gates import leaders, owner_of
from bot.services.people import People, scope
from bot.views import asked
from bot.views import entry_acts as views
from bot.views import entry_lists as list_views
from bot.views.entry_acts import Acted
from storage.store import Store
from storage.work import Work

GONE = n_("This entry is gone, or not yours to see.")
NOT_YOURS = n_("{entry}: only {who} can change {name}'s entries.")
NOBODYS = n_("{entry}: nobody is its salesperson; only an admin can change or cancel it.")
WAS_UNDONE = n_("{entry}: this was undone, so it can't be reinstated. Log it again instead.")
OF_CANCELED = n_("{entry}: its logged segment {n} is canceled. Reinstate that under /segment logged.")
CHANGED = n_("{entry}: somebody changed this at this moment. Try again.")


@dataclass(slots=True)
class Act:
    """What was done, gathered while it goes on; `left` says why some entries were left out."""

    kind: OperationKind
    changed: list[Listed] = field(default_factory=list)
    left: list[Message] = field(default_factory=list)
    evaluation: Evaluation | None = None
    operation: OperationId | None = None


Change = Callable[[Entry], Entry]


class EntryActs:
    """Acts on entries; those that can't be changed are left and named, the others are done."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def evaluate(
        self,
        actor: Person,
        entries: Sequence[EntryId],
        evaluation: Evaluation | None,
        response_url: str | None,
    ) -> Act:
        """Give entries this evaluation, or take theirs off."""
        act = Act(OperationKind.EVALUATE, evaluation=evaluation)
        return self._done(actor, act, entries, lambda entry: evaluated(entry, evaluation), response_url)

    def cancel(self, actor: Person, entries: Sequence[EntryId], response_url: str | None) -> Act:
        """Cancel entries; those that are canceled already stay as they are."""
        now = self._store.clock.now()
        act = Act(OperationKind.CANCEL)

        def change(entry: Entry) -> Entry:
            return canceled(entry, CancelReason.CANCELED, actor.id, now)

        return self._done(actor, act, entries, change, response_url)

    def reinstate(self, actor: Person, entries: Sequence[EntryId], response_url: str | None) -> Act:
        """Let canceled entries count again; what was undone went back to its draft and is left."""
        return self._done(actor, Act(OperationKind.REINSTATE), entries, reinstated, response_url)

    def stood_in(self, actor: Person, act: Act, page: Asked, response_url: str | None) -> None:
        """Remember the list in which it was asked for: **Undo** changes it, too."""
        if act.operation is None or response_url is None:
            return
        with self._store.begin(actor.workspace) as work:
            work.requests.remember(_list_of(act.operation), {"page": asked.written(page)})
            work.deliveries.point_at_message(_list_of(act.operation), actor.id, response_url)

    def follow(self, actor: Person, operation: OperationId) -> None:
        """Show the list anew in which something was asked for that was taken back."""
        with self._store.begin(actor.workspace) as work:
            stood = work.requests.first_answer(_list_of(operation))
            if stood is None:
                return
            page = shown(work, actor, asked.read(stood["page"]))
            words = list_views.message(page, self._people.text(actor))
            key = f"list:{work.access.ids()}"
            work.deliveries.say(key, DeliveryKind.REPLACEMENT, actor.id, words, answer=_list_of(operation))
        self._bell.ring()

    def _done(
        self, actor: Person, act: Act, entries: Sequence[EntryId], change: Change, response_url: str | None
    ) -> Act:
        with self._store.begin(actor.workspace) as work:
            found = {listed.entry.id: listed for listed in self._readable(work, actor, entries)}
            for entry in dict.fromkeys(entries):
                self._one(work, actor, act, found.get(entry), change)
            if act.changed:
                self._note(work, actor, act, response_url)
        if act.changed:
            self._ring(actor, act)
        return act

    def _readable(self, work: Work, actor: Person, entries: Sequence[EntryId]) -> list[Listed]:
        seen = scope(work, actor)
        return [listed for listed in work.entries.many(entries) if may_read(seen, listed.ties)]

    def _one(self, work: Work, actor: Person, act: Act, listed: Listed | None, change: Change) -> None:
        if listed is None:
            act.left.append(Message(GONE))
            return
        after = change(listed.entry)
        against = self._against(work, actor, act, listed)
        if against is not None:
            act.left.append(against)
        elif after != listed.entry and not work.entries.change(listed.entry, after):
            act.left.append(Message(CHANGED, {"entry": self._label(actor, listed)}))
        elif after != listed.entry:
            work.history.note(ItemKind.ENTRY, after.id, actor.id, _noted(act.kind, listed.entry, after))
            act.changed.append(replace(listed, entry=after))

    def _against(self, work: Work, actor: Person, act: Act, listed: Listed) -> Message | None:
        """Return what stands against changing an entry."""
        label = self._label(actor, listed)
        owner = owner_of(work, listed.entry)
        if not may_change(actor, listed.ties, owner.team if owner else None):
            who = who_can(leaders(work, owner))
            return Message(
                NOT_YOURS if owner else NOBODYS,
                {"entry": label, "who": who, "name": owner.name if owner else ""},
            )
        if act.kind is OperationKind.REINSTATE and listed.entry.cancel_reason is CancelReason.UNDONE:
            return Message(WAS_UNDONE, {"entry": label})
        register = work.entries.canceled_register(listed.entry.id)
        if act.kind is OperationKind.REINSTATE and register is not None:
            return Message(OF_CANCELED, {"entry": label, "n": register})
        return None

    def _label(self, actor: Person, listed: Listed) -> str:
        return views.label(listed, self._people.text(actor))

    def _note(self, work: Work, actor: Person, act: Act, response_url: str | None) -> None:
        """Write down the operation, and what is said of it: at once, and without **Undo** when that is over."""
        operation = act.operation = OperationId(work.access.ids())
        answer, now = f"act:{operation}", work.access.clock.now()
        items = tuple((ItemKind.ENTRY, int(listed.entry.id)) for listed in act.changed)
        work.operations.add(
            Operation(id=operation, actor=actor.id, kind=act.kind, ended_at=now, answer=answer, items=items)
        )
        work.deliveries.open_answer(answer, actor.id, response_url)
        done = self._told(actor, act, operation)
        text = self._people.text(actor)
        work.deliveries.say(
            answer, DeliveryKind.CONFIRMATION, actor.id, views.acted(done, text), answer=answer
        )
        over = views.acted(replace(done, undoable=False), text)
        kind, at = DeliveryKind.REPLACEMENT, now + UNDO_WINDOW
        work.deliveries.say(f"{answer}:over", kind, actor.id, over, answer=answer, at=at)

    def _told(self, actor: Person, act: Act, operation: OperationId) -> Acted:
        text = self._people.text(actor)
        return Acted(
            kind=act.kind,
            entries=act.changed,
            operation=operation,
            evaluation=act.evaluation,
            left=[text.say(message) for message in act.left],
        )

    def _ring(self, actor: Person, act: Act) -> None:
        self._bell.ring()
        touched = (listed.entry for listed in act.changed)
        homes_changed(
            self._bell, actor, (one for entry in touched for one in (entry.logged_by, entry.salesperson))
        )


def _list_of(operation: OperationId) -> str:
    return f"list:{operation}"


def _noted(kind: OperationKind, before: Entry, after: Entry) -> tuple[str, object, object]:
    if kind is OperationKind.EVALUATE:
        return ("evaluation", before.evaluation, after.evaluation)
    return ("canceled", before.cancel_reason or False, after.cancel_reason or False)
