"""What a run does, step by step: each step is one short transaction that moves the cursor (`product.md` 8)."""

import time
from dataclasses import replace
from typing import Any, Protocol

from bot.domain.ids import WorkspaceId
from bot.domain.runs import after
from bot.domain.segments import Logged, RunState, SegmentState
from bot.domain.templates import ENTRY_SERIES
from bot.services.run_messages import RunMessages
from bot.services.run_offspring import ACTION, clear, follow_up_of, rest_of
from bot.services.run_writing import WRITING, Texts, texts_of
from bot.services.sweep import Pace
from bot.views.segment_runs import Outcome
from storage.number_blocks import take_block
from storage.run_changes import RunChanges
from storage.run_copies import RunCopies
from storage.run_steps import RunSteps as Rows
from storage.run_steps import Stretch
from storage.segment_runs import SegmentRuns as Register
from storage.store import Store
from storage.work import Work


class Packed(Protocol):
    """How far the packing of letters and mails has come."""

    @property
    def cursor(self) -> int:
        """The last line that was packed."""

    @property
    def done(self) -> int:
        """How many lines were packed."""

    @property
    def over(self) -> bool:
        """Whether all of them are packed and handed over."""


class Packing(Protocol):
    """Packs the letters and mails of runs."""

    def step(self, workspace: WorkspaceId, run: Logged) -> Packed:
        """Pack some more."""

    def drop(self, run: Logged) -> None:
        """Throw away what was packed of a run that is taken back."""


class RunSteps:
    """Takes steps of runs."""

    def __init__(self, store: Store, messages: RunMessages, packing: Packing) -> None:
        self._store = store
        self._messages = messages
        self._packing = packing

    def take(self, workspace: WorkspaceId, run: Logged, pace: Pace) -> float:
        """Take one step, and return for how many seconds others have their turn then.

        A run that is no longer as it was seen is left as it is.
        """
        stretch = self._ahead(workspace, run, pace)
        if stretch is not None:
            with self._store.read(workspace) as work:
                texts = texts_of(work, run, stretch)
            return pace.learn(self._write(workspace, run, self._numbered(workspace, run, stretch), texts))
        if not self._more(workspace, run, pace):
            self._go_on(workspace, run)
        return 0

    def _ahead(self, workspace: WorkspaceId, run: Logged, pace: Pace) -> Stretch | None:
        """Return the lines that come next in this state, None when there are none."""
        if run.state not in WRITING:
            return None
        with self._store.read(workspace) as work:
            if run.state not in (RunState.LOGGING, RunState.RESTING):
                return RunCopies(work.access).ahead(run, run.cursor, pace.size)
            return Rows(work.access).ahead(run.segment, run.cursor, pace.size) if run.segment else None

    def _numbered(self, workspace: WorkspaceId, run: Logged, stretch: Stretch) -> Stretch:
        """Set numbers aside where others would wait for the next one until the step ends; a crash leaves a gap."""
        if run.state is not RunState.LOGGING or self._store.dialect == "sqlite":
            return stretch
        with self._store.begin(workspace) as work:
            return replace(stretch, number=take_block(work.access, ENTRY_SERIES, stretch.count))

    def _write(self, workspace: WorkspaceId, run: Logged, stretch: Stretch, texts: Texts) -> float:
        """Write a stretch; return for how many seconds others had to wait."""
        with self._store.begin(workspace) as work:
            began = time.perf_counter()
            register = Register(work.access)
            if register.move(run, stretch.last, run.done):
                done = run.done + WRITING[run.state](work, run, stretch, texts)
                if done != run.done:
                    register.note(run.id, {"done": done})
                self._messages.progress(work, replace(run, done=done, cursor=stretch.last))
        return time.perf_counter() - began

    def _more(self, workspace: WorkspaceId, run: Logged, pace: Pace) -> bool:
        """Do what is to be done beyond the lines; False when nothing of it is left."""
        if run.state not in (RunState.PACKING, RunState.UNDOING, RunState.DELETING):
            return False
        with self._store.begin(workspace) as work:
            if not Register(work.access).move(run, run.cursor, run.done):
                return True
            if run.state is RunState.UNDOING:
                return clear(work, run, pace.size, self._messages.gone)
            if run.state is RunState.DELETING:
                return self._let_go(work, run, pace.size)
        return self._pack(workspace, run)

    def _pack(self, workspace: WorkspaceId, run: Logged) -> bool:
        packed = self._packing.step(workspace, run)
        if packed.over:
            return False
        with self._store.begin(workspace) as work:
            if Register(work.access).move(run, packed.cursor, run.done):
                packing = replace(run, cursor=packed.cursor, done=packed.done, total=run.done)
                self._messages.progress(work, packing)
        return True

    def _let_go(self, work: Work, run: Logged, limit: int) -> bool:
        """Delete some more of a register; its entries stay."""
        changes = RunChanges(work.access)
        if changes.forget_entries(run, limit):
            return True
        if run.segment is not None:
            if changes.forget_lines(run.segment, limit):
                return True
            work.segments.delete(run.segment)
        changes.forget(run)
        self._messages.ended(work, run, Outcome())
        return True

    def _go_on(self, workspace: WorkspaceId, run: Logged) -> None:
        """Take the run to its next state, with all that belongs between the two."""
        with self._store.read(workspace) as work:
            state = _next(run)
            outcome = Outcome() if state.running else self._messages.outcome(work, run)
            campaigns = RunChanges(work.access).campaigns(run) if run.state is RunState.LOGGING else []
        with self._store.begin(workspace) as work:
            if not Register(work.access).turn(run, state, self._begun(work, run, state)):
                return
            segment = work.segments.get(run.segment) if run.segment else None
            if segment is not None:
                day = self._messages.today(work, run)
                RunChanges(work.access).enter(run, segment, campaigns, day)
            if not state.running:
                _settle(work, run, outcome)
                self._messages.ended(work, run, outcome)
        if run.send and run.state is RunState.UNDOING:
            self._packing.drop(run)

    def _begun(self, work: Work, run: Logged, state: RunState) -> dict[str, Any]:
        """Make what a state needs; return what the register is to know of it."""
        actor = work.people.get(run.asked_by)
        segment = work.segments.get(run.segment) if run.segment else None
        if actor is None or segment is None:
            return {}
        text = self._messages.text(actor)
        if state is RunState.RESTING:
            return {"rest_id": rest_of(work, run, segment, text)}
        if state is RunState.FOLLOWING:
            return {"follow_up_id": follow_up_of(work, run, actor, text)}
        return {}


def _next(run: Logged) -> RunState:
    """Return what comes next: without an entry all is taken back; without a rest none is made."""
    if run.state is RunState.LOGGING and not run.done:
        return RunState.UNDOING
    state = after(run)
    if state is RunState.RESTING and run.done >= run.total:
        return after(replace(run, state=state))
    return state


def _settle(work: Work, run: Logged, outcome: Outcome) -> None:
    """Leave everything as it is to stay."""
    if run.state is RunState.FOLLOWING or run.first_run:
        _count_lines(work, run, outcome)
    if run.state is RunState.REINSTATING:
        Register(work.access).note(run.id, {"canceled_at": None})
    if run.segment is None:
        return
    if run.state is RunState.UNDOING:
        RunChanges(work.access).cancel_campaigns(run, work.access.clock.now())
        for state in (SegmentState.LOGGING, SegmentState.LOGGED):
            work.segments.turn(run.segment, state, SegmentState.ACTIVE)
        Register(work.access).note(run.id, {"segment_id": None})
    elif run.first_run:
        work.segments.turn(run.segment, SegmentState.LOGGING, SegmentState.LOGGED)
    if run.operation is not None and run.first_run:
        work.operations.end(run.operation)


def _count_lines(work: Work, run: Logged, outcome: Outcome) -> None:
    """Write down how many contacts the segments have that a run made."""
    for made in (outcome.rest, outcome.follow_up):
        if made is not None and run.state is not RunState.UNDOING:
            work.segments.acted(made.segment.id, ACTION, added=made.lines, removed=0)
