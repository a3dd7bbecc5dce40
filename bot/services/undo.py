"""Undo: taking back a whole operation within its ten minutes (`product.md` 4.1)."""

from typing import Any

from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import ArrivalId, DraftId, EntryId, LoggedId, OperationId, TaskId
from bot.domain.inbox import Reason
from bot.domain.messages import Message, Refusal
from bot.domain.operations import ItemKind, Operation, OperationKind
from bot.domain.people import Person
from bot.domain.postponed import given_back_as
from bot.services.bell import Bell, homes_changed
from bot.services.contact_undo import OF_CONTACTS, bring_back
from bot.services.entry_undo import LOGGED, put_back
from bot.services.interactions import confirm_again
from bot.services.people import People
from bot.services.run_undo import OF_RUNS, undo_run
from bot.services.segment_runs import SegmentRuns
from bot.services.ticking import reopen, reopen_of
from bot.services.undone import DID_SEVERAL, Undone, too_late
from bot.text import Text
from bot.views import confirmations, entry_acts
from storage.store import Store
from storage.work import Work


class Undo:
    """Takes back operations."""

    def __init__(self, store: Store, people: People, bell: Bell, runs: SegmentRuns) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._runs = runs

    def latest(self, actor: Person) -> Undone:
        """Undo the person's newest operation that still can be (`/log undo`).

        Raises:
            Refusal: there is none.
        """
        with self._store.read(actor.workspace) as work:
            operation = work.operations.latest_undoable(actor.id, self._store.clock.now())
        if operation is None:
            raise Refusal("There is nothing to undo: your last ten minutes hold no act that can be undone.")
        return self.operation(actor, operation.id, None)

    def operation(self, actor: Person, operation_id: OperationId, response_url: str | None) -> Undone:
        """Undo one operation; a second time does nothing and tells the same.

        Raises:
            Refusal: it is somebody else's, or its ten minutes are over.
        """
        with self._store.begin(actor.workspace) as work:
            operation = self._mine(work, actor, operation_id)
            undone = Undone(operation)
            late = operation.undone_at is None and not operation.undoable_at(self._store.clock.now())
            if late:
                self._offer_cancel(work, actor, operation, response_url)
            elif operation.undone_at is None:
                self._take_back(work, actor, undone, response_url)
        self._runs.wake()
        homes_changed(self._bell, actor, (undone.listed.entry.salesperson,) if undone.listed else ())
        if late:
            raise Refusal(too_late(operation.kind))
        return undone

    def _mine(self, work: Work, actor: Person, operation_id: OperationId) -> Operation:
        operation = work.operations.get(operation_id)
        if operation is None or operation.actor != actor.id:
            raise Refusal("Only the person who did this can undo it.")
        return operation

    def _offer_cancel(
        self, work: Work, actor: Person, operation: Operation, response_url: str | None
    ) -> None:
        """Put **Cancel entry** in place of a pressed **Undo** that could not be replaced when its time was over."""
        if response_url is None or operation.answer is None:
            return
        for kind, item in operation.items:
            if kind is ItemKind.ENTRY:
                work.deliveries.point_at_message(operation.answer, actor.id, response_url)
                confirm_again(work, self._people, actor, EntryId(item))

    def _take_back(self, work: Work, actor: Person, undone: Undone, response_url: str | None) -> None:
        operation = undone.operation
        if not work.operations.undo(operation.id):
            return
        if operation.kind in OF_CONTACTS:
            bring_back(work, actor, undone)
            self._say(work, actor, undone, response_url)
            return
        if operation.kind in OF_RUNS:
            self._run(work, actor, undone, response_url)
            return
        for kind, item in operation.items:
            if kind is ItemKind.ENTRY:
                put_back(work, actor, undone, EntryId(item))
                self._reopen(work, actor, undone)
            elif kind is ItemKind.TASK and operation.kind is OperationKind.COMPLETE:
                reopen(work, actor, TaskId(item))
            elif kind is ItemKind.TASK:
                self._task(work, undone, TaskId(item))
        for kind, item in operation.items:
            self._give_back(work, undone, kind, item)
        self._say(work, actor, undone, response_url)

    def _run(self, work: Work, actor: Person, undone: Undone, response_url: str | None) -> None:
        """Begin to take back what was done to a logged segment; its own message tells how far that is."""
        operation = undone.operation
        if response_url is not None and operation.answer is not None:
            work.deliveries.point_at_message(operation.answer, actor.id, response_url)
        for kind, item in operation.items:
            if kind is ItemKind.LOGGED:
                undo_run(work, actor, undone, LoggedId(item), self._runs.messages)

    def _reopen(self, work: Work, actor: Person, undone: Undone) -> None:
        """Open the follow-up again that the entry had ticked off."""
        if undone.operation.kind in LOGGED and undone.listed is not None and not undone.entry_stays:
            reopen_of(work, actor, undone.listed.entry)

    def _task(self, work: Work, undone: Undone, task_id: TaskId) -> None:
        task = work.tasks.get(task_id)
        if task is not None and not work.tasks.remove_untouched(task_id):
            undone.left.append(
                Message("The follow-up “{task}” was changed meanwhile; it stays.", {"task": task.description})
            )

    def _give_back(self, work: Work, undone: Undone, kind: ItemKind, item: int) -> None:
        """Give back what an entry was made of: its draft, or what arrived."""
        if kind is ItemKind.DRAFT and not undone.entry_stays:
            self._draft(work, undone, DraftId(item))
        elif kind is ItemKind.ARRIVAL:
            self._arrival(work, ArrivalId(item))

    def _arrival(self, work: Work, arrival: ArrivalId) -> None:
        """Let something that arrived ask again, unless the entry it became was changed by somebody else."""
        kept = work.inbox.get(arrival)
        entry = work.entries.get(kept.entry) if kept and kept.entry else None
        if kept is not None and kept.came is not None and (entry is None or entry.canceled):
            work.inbox.reopen(kept, kept.reason or Reason.TAKEN_BACK)

    def _draft(self, work: Work, undone: Undone, draft_id: DraftId) -> None:
        draft = work.drafts.get(draft_id)
        if draft is not None and work.drafts.give_back(draft.form_id, given_back_as(draft.form_id)):
            undone.given_back = given_back_as(draft.form_id)
            undone.drafts += 1

    def _say(self, work: Work, actor: Person, undone: Undone, response_url: str | None) -> None:
        operation = undone.operation
        if operation.answer is None:
            return
        if response_url is not None:
            work.deliveries.point_at_message(operation.answer, actor.id, response_url)
        text = self._people.text(actor)
        left = [text.say(message) for message in undone.left]
        payload = _words(undone, left, text)
        key = f"undone:{operation.id}"
        work.deliveries.say(key, DeliveryKind.CONFIRMATION, actor.id, payload, answer=operation.answer)


def _words(undone: Undone, left: list[str], text: Text) -> dict[str, Any]:
    if undone.operation.kind in (*DID_SEVERAL, *OF_CONTACTS, OperationKind.ANSWER):
        return entry_acts.taken_back(text.say(undone.message), left, text)
    return confirmations.undone(undone.listed, undone.given_back, left, text)
