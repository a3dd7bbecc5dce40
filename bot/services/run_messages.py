"""What is said of runs: one message for each, which becomes the result (`product.md` 8)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import LoggedId, SegmentId
from bot.domain.operations import UNDO_WINDOW
from bot.domain.people import Person
from bot.domain.runs import NAMED, undoable
from bot.domain.segments import Logged, RunState, Segment
from bot.services.people import People
from bot.services.segments import Segments
from bot.text import Text
from bot.views import segment_runs as views
from bot.views.kit import Payload
from bot.views.segment_runs import Made, Outcome
from storage.run_changes import RunChanges
from storage.run_copies import RunCopies
from storage.work import Work

AT_MOST_EVERY = timedelta(seconds=1)


class RunMessages:
    """Writes down what is said of runs."""

    def __init__(self, people: People, segments: Segments) -> None:
        self._people = people
        self._segments = segments
        self._told: dict[LoggedId, datetime] = {}

    def begun(self, work: Work, run: Logged, actor: Person) -> None:
        """Say that something begins."""
        work.deliveries.open_answer(run.answer, actor.id, None)
        self._say(work, run, actor, "begun", views.running(run, self._people.text(actor)))
        self._show_segment(work, run, actor)

    def progress(self, work: Work, run: Logged) -> None:
        """Say how far it has come, at most once a second."""
        now = work.access.clock.now()
        last = self._told.get(run.id)
        if last is not None and timedelta() <= now - last < AT_MOST_EVERY:
            return
        self._told[run.id] = now
        actor = work.people.get(run.asked_by)
        if actor is not None:
            place = f"{run.state}:{run.cursor}"
            self._say(work, run, actor, place, views.running(run, self._people.text(actor)))

    def outcome(self, work: Work, run: Logged) -> Outcome:
        """Look what became of a run that has come to its end; it only reads."""
        outcome = Outcome(
            follow_up=_made(work, run.follow_up_segment),
            rest=_made(work, run.rest_segment) if run.first_run else None,
        )
        count, names = _left_out(work, run)
        return replace(outcome, count=count, left=tuple(names))

    def ended(self, work: Work, run: Logged, outcome: Outcome) -> None:
        """Say what became of it; `run` is as it was in its last state."""
        self._told.pop(run.id, None)
        actor = work.people.get(run.asked_by)
        if actor is None:
            return
        text = self._people.text(actor)
        self._say(work, run, actor, "ended", views.ended(run, outcome, text))
        self._show_segment(work, run, actor)
        if undoable(run):
            key, at = f"{run.answer}:over", work.access.clock.now() + UNDO_WINDOW
            over = views.ended(run, outcome, text, undoable=False)
            work.deliveries.say(key, DeliveryKind.REPLACEMENT, actor.id, over, answer=run.answer, at=at)

    def gone(self, work: Work, made: Segment) -> None:
        """Say that a segment went with the run that made it."""
        self._segments.tell_deleted(work, made)

    def today(self, work: Work, run: Logged) -> date:
        """Return the day on which a run is logged, for the person who logs it."""
        actor = work.people.get(run.by)
        return self._people.text(actor).today if actor else work.access.clock.now().date()

    def text(self, person: Person) -> Text:
        """Return a person's language and day."""
        return self._people.text(person)

    def _show_segment(self, work: Work, run: Logged, actor: Person) -> None:
        """Let the segment's own message tell what it is now."""
        if run.segment is not None and run.first_run:
            self._segments.show_again(work, actor, run.segment)

    def _say(self, work: Work, run: Logged, actor: Person, what: str, words: Payload) -> None:
        key = f"{run.answer}:{what}:{work.access.ids()}"
        work.deliveries.say(key, DeliveryKind.CONFIRMATION, actor.id, words, answer=run.answer)


def _left_out(work: Work, run: Logged) -> tuple[int, list[str]]:
    """Return how many contacts a run left out, and the first names; of an undone one, whose entries stay."""
    copies = RunCopies(work.access)
    if run.state is RunState.UNDOING:
        return RunChanges(work.access).stays(run, NAMED)
    if not run.first_run and run.state is RunState.FOLLOWING:
        left = copies.left_out(run, strict=True)
        return sum(left.values()), copies.left_out_names(run, NAMED, strict=True)
    if run.first_run and run.segment is not None and run.total > run.done:
        return run.total - run.done, copies.unlogged_names(run, run.segment, NAMED)
    return 0, []


def _made(work: Work, segment: SegmentId | None) -> Made | None:
    found = work.segments.get(segment) if segment is not None else None
    return None if found is None else Made(found, work.segment_lines.count(found.id))
