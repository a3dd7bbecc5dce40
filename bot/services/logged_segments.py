"""Logged segments: listed, canceled, reinstated, followed up, reused, deleted (`domain.md` 2.11, 2.12)."""

from collections.abc import Callable
from typing import Any

from bot.domain.ids import CampaignId, LoggedId, OperationId, SegmentId
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind, Operation, OperationKind
from bot.domain.people import Person
from bot.domain.runs import PAGE, RegisterPage
from bot.domain.segments import Logged, RunState
from bot.services.people import People, scope
from bot.services.run_gates import changeable_register, leads, reached_register, settled_register
from bot.services.run_offspring import follow_up_of, reuse_of
from bot.services.segment_runs import SegmentRuns
from bot.text import Text
from storage.run_changes import RunChanges
from storage.segment_runs import SegmentRuns as Register
from storage.store import Store
from storage.work import Work

Make = Callable[[Work, Logged, Person, Text], SegmentId]


class LoggedSegments:
    """Acts on registers; what takes longer is done by the steps of `SegmentRuns`."""

    def __init__(self, store: Store, people: People, runs: SegmentRuns) -> None:
        self._store = store
        self._people = people
        self._runs = runs

    def page(self, actor: Person, number: int) -> RegisterPage:
        """Return a page of the logged segments that the actor may see; one that is no longer there is the last."""
        with self._store.read(actor.workspace) as work:
            register, seen = Register(work.access), scope(work, actor)
            count = register.count(seen)
            there = min(number, max(0, -(-count // PAGE) - 1))
            found = register.page(seen, there * PAGE, PAGE)
            names = work.people.many(frozenset(run.by for run in found))
            campaigns = tuple(RunChanges(work.access).campaign_entries([run.id for run in found]))
        rows = tuple((run, names[run.by].name) for run in found)
        return RegisterPage(there, count, rows, leads(actor), campaigns)

    def get(self, actor: Person, logged: LoggedId) -> Logged:
        """Return a logged segment.

        Raises:
            Refusal: it is gone, or not the actor's to see.
        """
        with self._store.read(actor.workspace) as work:
            return reached_register(work, actor, logged)

    def cancel(self, actor: Person, logged: LoggedId) -> None:
        """Cancel a register with all its entries and campaign entries (line 60).

        Raises:
            Refusal: it is gone, somebody else's, canceled already, or at work.
        """
        with self._store.begin(actor.workspace) as work:
            run = settled_register(work, actor, logged)
            if run.canceled_at is not None:
                raise Refusal("Logged segment {n} is canceled already.", n=run.number)
            now = work.access.clock.now()
            RunChanges(work.access).cancel_campaigns(run, now)
            operation = _operation(work, actor, run, OperationKind.CANCEL_SEGMENT)
            canceled = {"canceled_at": now, "canceled_by": actor.id}
            self._begin(work, actor, run, RunState.CANCELING, operation, canceled)
        self._runs.wake()

    def campaigns(self, actor: Person, logged: LoggedId) -> dict[CampaignId, str]:
        """Return the campaigns whose entries of a register count, with their names.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        with self._store.read(actor.workspace) as work:
            run = changeable_register(work, actor, logged)
            found, names = RunChanges(work.access).campaign_entries([run.id]), work.campaigns.names()
        return {one.campaign: names[one.campaign] for one in found if not one.canceled}

    def cancel_campaign(self, actor: Person, logged: LoggedId, campaign: CampaignId) -> None:
        """Cancel the campaign entry of a register with its interactions (line 61).

        Raises:
            Refusal: it is gone, somebody else's, canceled already, or at work.
        """
        with self._store.begin(actor.workspace) as work:
            run = settled_register(work, actor, logged)
            if not RunChanges(work.access).cancel_campaign(run, campaign):
                raise Refusal("This campaign entry is canceled already.")
            self._begin(work, actor, run, RunState.CANCELING, work.access.ids(), {})
        self._runs.wake()

    def reinstate(self, actor: Person, logged: LoggedId) -> None:
        """Let a canceled register count again with all its entries, also those canceled one by one.

        Raises:
            Refusal: it is gone, somebody else's, not canceled, or at work.
        """
        with self._store.begin(actor.workspace) as work:
            run = settled_register(work, actor, logged)
            campaigns = RunChanges(work.access).campaign_entries([run.id])
            if run.canceled_at is None and not any(one.canceled for one in campaigns):
                raise Refusal("Logged segment {n} is not canceled.", n=run.number)
            RunChanges(work.access).cancel_campaigns(run, None)
            operation = _operation(work, actor, run, OperationKind.REINSTATE_SEGMENT)
            self._begin(work, actor, run, RunState.REINSTATING, operation, {"canceled_at": None})
        self._runs.wake()

    def follow_up(self, actor: Person, logged: LoggedId) -> None:
        """Make a follow-up segment of a register; who is blocked, excluded or canceled is left out and named.

        Raises:
            Refusal: it is gone, somebody else's, or at work.
        """
        self._fill(actor, logged, follow_up_of)

    def reuse(self, actor: Person, logged: LoggedId) -> None:
        """Make a new segment of a register's contacts; who is blocked, excluded or canceled is left out and named.

        Raises:
            Refusal: it is gone, not the actor's to see, or at work.
        """
        self._fill(actor, logged, reuse_of)

    def delete(self, actor: Person, logged: LoggedId) -> None:
        """Delete a canceled register; its entries stay, unlinked (lines 64-66).

        Raises:
            Refusal: the actor is no manager, the register is not canceled, or at work.
        """
        if not leads(actor):
            raise Refusal("Only managers and admins delete logged segments.")
        with self._store.begin(actor.workspace) as work:
            run = settled_register(work, actor, logged)
            if run.canceled_at is None:
                raise Refusal("Logged segment {n} counts. Cancel it first.", n=run.number)
            self._begin(work, actor, run, RunState.DELETING, work.access.ids(), {})
        self._runs.wake()

    def _fill(self, actor: Person, logged: LoggedId, make: Make) -> None:
        with self._store.begin(actor.workspace) as work:
            settled_register(work, actor, logged)
            run = changeable_register(work, actor, logged)
            made = make(work, run, actor, self._people.text(actor))
            self._begin(work, actor, run, RunState.FOLLOWING, work.access.ids(), {"follow_up_id": made})
        self._runs.wake()

    def _begin(
        self, work: Work, actor: Person, run: Logged, state: RunState, act: int, values: dict[str, Any]
    ) -> None:
        """Begin something with a register; `act` makes the key of the message that tells of it."""
        known = values | {"asked_by": actor.id, "answer_key": f"act:{act}"}
        if not Register(work.access).begin(run.id, RunState.LOGGED, state, known):
            raise Refusal("Somebody else was first. Look at the list again.")
        begun = Register(work.access).get(run.id)
        if begun is not None:
            self._runs.messages.begun(work, begun, actor)


def _operation(work: Work, actor: Person, run: Logged, kind: OperationKind) -> OperationId:
    operation = OperationId(work.access.ids())
    work.operations.add(
        Operation(
            id=operation,
            actor=actor.id,
            kind=kind,
            ended_at=work.access.clock.now(),
            answer=f"act:{operation}",
            items=((ItemKind.LOGGED, int(run.id)),),
        )
    )
    return operation
