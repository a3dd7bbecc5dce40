"""What may still change on an entry: its result, its place in the log (`domain.md` 2.10, 2.11; `product.md` 4)."""

from dataclasses import dataclass, replace

from bot.domain.campaigns import Opportunity
from bot.domain.checks import cost, minutes
from bot.domain.deliveries import DeliveryKind
from bot.domain.entries import Listed
from bot.domain.ids import EntryId, OperationId, OpportunityId
from bot.domain.interactions import Entry, Evaluation, Field, whole
from bot.domain.messages import Message, Refusal
from bot.domain.operations import CancelReason, ItemKind, Operation, OperationKind
from bot.domain.people import Person, may_change
from bot.services.bell import Bell, homes_changed
from bot.services.entry_links import links_of, opportunities_for
from bot.services.gates import CANCEL, CHANGE, changeable, owner_of, readable
from bot.services.interactions import confirm_again
from bot.services.people import People
from bot.views import confirmations
from bot.views.entries import Links
from storage.store import Store
from storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The fields that can be corrected after logging, as typed."""

    evaluation: Evaluation | None
    attempt_failed: bool
    comment: str
    duration: str
    cost: str
    opportunity: OpportunityId | None

    def problems(self) -> dict[Field, Message]:
        """Return what is wrong with it, by field."""
        found = {}
        if self.duration.strip() and minutes(self.duration) is None:
            found[Field.DURATION] = Message(
                "Write whole minutes, as in 15, or hours, as in 1h30; at most 24 hours."
            )
        if self.cost.strip() and cost(self.cost) is None:
            found[Field.COST] = Message("Write an amount, as in 120 or 99.50.")
        return found


@dataclass(frozen=True, slots=True)
class Page:
    """An entry as its details show it."""

    listed: Listed
    logged_by: str
    changeable: bool
    opportunities: tuple[Opportunity, ...]
    links: Links


class Entries:
    """Reads and corrects entries."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def get(self, actor: Person, entry: EntryId) -> Listed:
        """Return an entry that the actor may read.

        Raises:
            Refusal: it is gone, or not his to read.
        """
        with self._store.read(actor.workspace) as work:
            return readable(work, actor, entry)

    def page(self, actor: Person, entry_id: EntryId) -> Page:
        """Return everything that an entry's details show.

        Raises:
            Refusal: it is gone, or not his to read.
        """
        with self._store.read(actor.workspace) as work:
            listed = readable(work, actor, entry_id)
            entry = listed.entry
            logged_by = work.people.get(entry.logged_by) if entry.logged_by else None
            owner = owner_of(work, entry)
            changeable = not entry.canceled and may_change(actor, listed.ties, owner.team if owner else None)
            chances = opportunities_for(work, entry)
            links = links_of(work, entry, self._people.text(actor))
        return Page(listed, logged_by.name if logged_by else "", changeable, tuple(chances), links)

    def operation(self, actor: Person, entry_id: EntryId) -> OperationId:
        """Return the operation that logged an entry.

        Raises:
            Refusal: the entry is gone.
        """
        with self._store.read(actor.workspace) as work:
            operation = work.operations.of_entry(entry_id)
        if operation is None:
            raise Refusal("This entry is gone, or not yours to see.")
        return operation.id

    def latest(self, actor: Person, limit: int) -> list[Listed]:
        """Return what the actor logged last."""
        with self._store.read(actor.workspace) as work:
            return work.entries.latest_logged_by(actor.id, limit)

    def change_result(self, actor: Person, entry_id: EntryId, result: Result, revision: int) -> None:
        """Correct the result of an entry (**Edit result**).

        Raises:
            Refusal: it is somebody else's, or was changed since the form was opened.
        """
        with self._store.begin(actor.workspace) as work:
            listed = changeable(work, actor, entry_id, CHANGE)
            before = listed.entry
            if before.revision != revision:
                raise Refusal(
                    "Somebody changed this entry meanwhile. Open it again to see what stands there now."
                )
            after = _corrected(before, result)
            changes = _changes(before, after)
            if changes and not work.entries.change(before, after):
                raise Refusal(
                    "Somebody changed this entry meanwhile. Open it again to see what stands there now."
                )
            if changes:
                work.history.note(ItemKind.ENTRY, entry_id, actor.id, *changes)
                confirm_again(work, self._people, actor, entry_id)
        self._bell.ring()
        homes_changed(self._bell, actor, (listed.entry.logged_by, listed.entry.salesperson))

    def cancel(self, actor: Person, entry_id: EntryId, response_url: str | None) -> Listed:
        """Cancel an entry; cancelled already, nothing happens.

        Raises:
            Refusal: it is not the actor's, nor his team's.
        """
        with self._store.begin(actor.workspace) as work:
            listed = changeable(work, actor, entry_id, CANCEL)
            if not listed.entry.canceled:
                self._cancel(work, actor, listed, response_url)
        self._bell.ring()
        homes_changed(self._bell, actor, (listed.entry.logged_by, listed.entry.salesperson))
        return listed

    def _cancel(self, work: Work, actor: Person, listed: Listed, response_url: str | None) -> None:
        entry, now = listed.entry, work.access.clock.now()
        logged = work.operations.of_entry(entry.id)
        answer = (
            logged.answer if logged and logged.actor == actor.id and logged.answer else f"entry:{entry.id}"
        )
        canceled = replace(entry, canceled_at=now, canceled_by=actor.id, cancel_reason=CancelReason.CANCELED)
        if not work.entries.change(entry, canceled):
            raise Refusal("Somebody changed this entry at this moment. Try again.")
        work.history.note(ItemKind.ENTRY, entry.id, actor.id, ("canceled", False, CancelReason.CANCELED))
        operation = Operation(
            id=OperationId(work.access.ids()),
            actor=actor.id,
            kind=OperationKind.CANCEL,
            ended_at=now,
            answer=answer,
            items=((ItemKind.ENTRY, int(entry.id)),),
        )
        work.operations.add(operation)
        if response_url is not None:
            work.deliveries.point_at_message(answer, actor.id, response_url)
        payload = confirmations.canceled(listed, operation.id, self._people.text(actor))
        key = f"canceled:{operation.id}"
        work.deliveries.say(key, DeliveryKind.CONFIRMATION, actor.id, payload, answer=answer)

    def pressed(self, actor: Person, entry_id: EntryId, response_url: str | None) -> None:
        """Let the next words about an entry replace the message whose button was pressed."""
        if response_url is None:
            return
        with self._store.begin(actor.workspace) as work:
            operation = work.operations.of_entry(entry_id)
            if operation is not None and operation.actor == actor.id and operation.answer:
                work.deliveries.point_at_message(operation.answer, actor.id, response_url)


def _corrected(before: Entry, result: Result) -> Entry:
    comment = str(whole(result.comment, before.comment))
    return replace(
        before,
        evaluation=result.evaluation,
        attempt_failed=result.attempt_failed,
        comments=tuple(comment.split("\n")) if comment.strip() else (),
        duration=minutes(result.duration),
        cost=cost(result.cost) or "",
        opportunity=result.opportunity,
    )


def _changes(before: Entry, after: Entry) -> list[tuple[str, object, object]]:
    names = ("evaluation", "attempt_failed", "comment", "duration", "cost", "opportunity")
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return [(name, old, new) for name, old, new in pairs if old != new]
