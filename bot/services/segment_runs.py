"""Logging a segment: checked as a whole, then logged in steps that survive a kill (`product.md` 8; `domain.md` 2.6)."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.ids import LoggedId, OperationId, SegmentId, WorkspaceId
from bot.domain.messages import Busy, Message, Refusal
from bot.domain.operations import ItemKind, Operation, OperationKind
from bot.domain.people import Person
from bot.domain.runs import WHY, Checked, stoppable
from bot.domain.segments import Logged, RunState, Segment, SegmentState, run_answer
from bot.domain.templates import REGISTER_SERIES, SEGMENT_SERIES
from bot.services.bell import Bell
from bot.services.people import People
from bot.services.run_checks import looked_at, refuse_empty
from bot.services.run_gates import changeable_register
from bot.services.run_messages import RunMessages
from bot.services.run_steps import Packing, RunSteps
from bot.services.run_undo import taken_back
from bot.services.segment_gates import changeable
from bot.services.segments import Segments
from bot.services.sweep import Pace
from storage.number_blocks import take_block
from storage.planner import tell_planner
from storage.segment_runs import RunClaims
from storage.segment_runs import SegmentRuns as Register
from storage.store import Store
from storage.work import Work

BUSY_REST = 0.1
GIVEN_WAY = 0.1
"""Seconds for which others who wait go first, after each step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants when he presses **Log**; the same `key` once more is the same order."""

    key: str
    follow_up: bool = False
    send: bool = False
    rest: bool = False


def one_writer() -> Pace:
    """Return the pace where everybody waits for a step to end (SQLite): at most 50 ms, mostly less."""
    return Pace(size=200, smallest=50, largest=5_000, held=0.018, rest=0.03)


def many_writers() -> Pace:
    """Return the pace where nobody waits for a step, but shares the machine with it (PostgreSQL)."""
    return Pace(size=500, smallest=100, largest=5_000, held=0.3, rest=0.02)


class SegmentRuns:
    """Starts, continues, stops and takes back runs."""

    def __init__(
        self,
        store: Store,
        people: People,
        bell: Bell,
        segments: Segments,
        packing: Packing,
        pace: Callable[[], Pace] | None = None,
    ) -> None:
        self._store = store
        self._bell = bell
        self.messages = RunMessages(people, segments)
        self._steps = RunSteps(store, self.messages, packing)
        self._claims = RunClaims(store)
        self._pace = pace or (one_writer if store.dialect == "sqlite" else many_writers)
        self._stopped = threading.Event()
        self.awake = threading.Event()

    def check(self, actor: Person, segment: SegmentId, *, send: bool) -> Checked:
        """Look at the segment as a whole.

        Raises:
            Refusal: it can't be logged at all (lines 48, 49, 53), or not by the actor.
        """
        tell_planner(self._store)
        with self._store.read(actor.workspace) as work:
            checked = looked_at(work, changeable(work, actor, segment), sending=send)
            refuse_empty(work, checked, sending=send)
        return checked

    def start(self, actor: Person, segment: SegmentId, order: Order) -> Logged:
        """Begin to log a segment; of two who press at once one wins.

        Raises:
            Refusal: a line is faulty and its rest not wanted (line 50), there is no series for a segment
                to be made (line 54), or somebody was first.
        """
        before = self._ordered(actor, order.key)
        if before is not None:
            return before
        checked = self.check(actor, segment, send=order.send)
        if checked.faulty and not order.rest:
            raise Refusal(
                "{first} {why}. Nothing was logged: mend it, or tick “Log the rest later”.", **_first(checked)
            )
        if not checked.fit:
            raise Refusal("No line of {number} can be logged.", number=checked.segment.number)
        with self._store.begin(actor.workspace) as work:
            run = self._begun(work, actor, checked, order)
        self.wake()
        return run

    def was_ordered(self, actor: Person, key: str) -> bool:
        """Whether this order was given before."""
        return self._ordered(actor, key) is not None

    def stop_run(self, actor: Person, logged: LoggedId) -> None:
        """Stop a run, and take back what it has logged so far.

        Raises:
            Refusal: it has come to its end.
        """
        with self._store.begin(actor.workspace) as work:
            run = changeable_register(work, actor, logged)
            if not stoppable(run) or not taken_back(work, run, actor, self.messages):
                raise Refusal("{number} is logged already. Undo it instead.", number=run.segment_number)
            if run.operation is not None:
                work.operations.undo(run.operation)
        self.wake()

    def wake(self) -> None:
        """Let the worker of this process look at once, and what was written be said."""
        self._bell.ring()
        self.awake.set()

    def stop(self) -> None:
        """Leave what is not done yet to the next start."""
        self._stopped.set()
        self.awake.set()

    def waits(self) -> bool:
        """Whether there is a run on which nobody works."""
        return bool(self._claims.free())

    def run(self) -> str:
        """Work on what nobody works on, until nothing is left or it is stopped; return what was done."""
        ended = 0
        for workspace, logged in self._claims.free():
            if self._stopped.is_set():
                break
            if self._claims.claim(logged):
                ended += self._work_on(workspace, logged)
        return f"Brought {ended} logged segments to their end." if ended else ""

    def step(self, workspace: WorkspaceId, logged: LoggedId, pace: Pace) -> float | None:
        """Take one step; return for how many seconds others have their turn, None when nothing is left."""
        with self._store.read(workspace) as work:
            run = Register(work.access).get(logged)
        if run is None or not run.state.running:
            return None
        try:
            return self._steps.take(workspace, run, pace)
        except Busy:
            pace.shrink()
            return BUSY_REST

    def _work_on(self, workspace: WorkspaceId, logged: LoggedId) -> int:
        """Take steps until none is left; return 1 then, 0 when it was stopped before."""
        pace, steps = self._pace(), 0
        try:
            while not self._stopped.is_set():
                if steps & (steps - 1) == 0:  # before the first steps often, then ever less
                    tell_planner(self._store)
                steps += 1
                rest = self.step(workspace, logged, pace)
                self._bell.ring()
                if rest is None:
                    self._home(workspace, logged)
                    return 1
                self._store.give_way(GIVEN_WAY)
                self._stopped.wait(rest)
        finally:
            self._claims.release(logged)
        return 0

    def _home(self, workspace: WorkspaceId, logged: LoggedId) -> None:
        with self._store.read(workspace) as work:
            run = Register(work.access).get(logged)
            people = work.weeks.salespeople_of(logged)
        for person in people | ({run.asked_by} if run is not None else set()):
            self._bell.home_changed(workspace, person)

    def _ordered(self, actor: Person, key: str) -> Logged | None:
        with self._store.read(actor.workspace) as work:
            answer = work.requests.first_answer(key)
            return Register(work.access).get(LoggedId(answer["logged"])) if answer else None

    def _begun(self, work: Work, actor: Person, checked: Checked, order: Order) -> Logged:
        segment = changeable(work, actor, checked.segment.id)
        if segment.revision != checked.segment.revision:
            raise Refusal("{number} was changed at this moment. Look at it again.", number=segment.number)
        if order.follow_up or order.rest:
            take_block(work.access, SEGMENT_SERIES, 0)
        if not work.segments.turn(segment.id, SegmentState.ACTIVE, SegmentState.LOGGING):
            raise Refusal("{number} is being logged at this moment.", number=segment.number)
        run = self._run(work, actor, segment, checked, order)
        work.operations.add(
            Operation(
                id=run.operation or OperationId(0),
                actor=actor.id,
                kind=OperationKind.LOG_SEGMENT,
                ended_at=run.at,
                answer=run.answer,
                items=((ItemKind.LOGGED, int(run.id)),),
            )
        )
        Register(work.access).add(run)
        work.requests.remember(order.key, {"logged": int(run.id)})
        self.messages.begun(work, run, actor)
        return run

    def _run(self, work: Work, actor: Person, segment: Segment, checked: Checked, order: Order) -> Logged:
        logged = LoggedId(work.access.ids())
        return Logged(
            id=logged,
            number=take_block(work.access, REGISTER_SERIES, 1),
            segment=segment.id,
            segment_number=segment.number,
            description=segment.description,
            state=RunState.LOGGING,
            by=actor.id,
            at=work.access.clock.now(),
            operation=OperationId(work.access.ids()),
            total=checked.total,
            follow_up=order.follow_up,
            rest=order.rest,
            send=order.send,
            asked_by=actor.id,
            answer=run_answer(logged),
        )


def _first(checked: Checked) -> dict[str, object]:
    one = checked.first[0]
    return {"first": one.name or one.line, "why": Message(WHY[one.fault])}
