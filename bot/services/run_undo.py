"""Taking back what was done to a whole segment: logged, canceled, reinstated (`product.md` 4.1)."""

from bot.domain.ids import LoggedId
from bot.domain.messages import Refusal
from bot.domain.operations import OperationKind
from bot.domain.people import Person
from bot.domain.segments import Logged, RunState, run_answer
from bot.services.run_messages import RunMessages
from bot.services.undone import Undone
from storage.run_changes import RunChanges
from storage.segment_runs import SegmentRuns as Register
from storage.work import Work

OF_RUNS = (OperationKind.LOG_SEGMENT, OperationKind.CANCEL_SEGMENT, OperationKind.REINSTATE_SEGMENT)


def taken_back(work: Work, run: Logged, actor: Person, messages: RunMessages) -> bool:
    """Begin to cancel what a run logged; False when something else is being done to it."""
    values = {"asked_by": actor.id, "answer_key": run_answer(run.id)}
    return _begun(work, run, RunState.UNDOING, values, actor, messages)


def undo_run(work: Work, actor: Person, undone: Undone, logged: LoggedId, messages: RunMessages) -> None:
    """Begin to take back an operation on a logged segment; its steps do the rest.

    Raises:
        Refusal: something else is being done to it.
    """
    run = Register(work.access).get(logged)
    if run is None:
        return
    undone.segment = run.segment_number
    kind = undone.operation.kind
    if kind is OperationKind.LOG_SEGMENT:
        begun = taken_back(work, run, actor, messages)
    else:
        begun = run.state is RunState.LOGGED and _turned_back(work, run, actor, undone, messages)
    if not begun:
        raise Refusal("Something is being done to logged segment {n}. Try again in a moment.", n=run.number)


def _turned_back(work: Work, run: Logged, actor: Person, undone: Undone, messages: RunMessages) -> bool:
    """Reinstate what was canceled as a whole, or cancel what was reinstated."""
    operation, now = undone.operation, work.access.clock.now()
    values: dict[str, object] = {"asked_by": actor.id, "answer_key": operation.answer}
    canceled = operation.kind is OperationKind.CANCEL_SEGMENT
    RunChanges(work.access).cancel_campaigns(run, None if canceled else now)
    if canceled:
        return _begun(work, run, RunState.REINSTATING, values, actor, messages)
    values |= {"canceled_at": now, "canceled_by": actor.id}
    return _begun(work, run, RunState.CANCELING, values, actor, messages)


def _begun(
    work: Work, run: Logged, state: RunState, values: dict[str, object], actor: Person, messages: RunMessages
) -> bool:
    register = Register(work.access)
    if run.state in (RunState.UNDOING, RunState.UNDONE) or not register.begin(
        run.id, run.state, state, values
    ):
        return False
    found = register.get(run.id)
    if found is not None:
        messages.begun(work, found, actor)
    return True
