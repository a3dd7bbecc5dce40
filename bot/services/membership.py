"""Who is in a segment, changed by criteria: counted first, then done as one action (`domain.md` 2.4)."""

from dataclasses import asdict, dataclass

from bot.domain.criteria import Counted, Criteria, read_criteria
from bot.domain.ids import SegmentId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.segments import MOST_LINES, Action, ActionKind, Segment
from bot.services.people import People, scope
from bot.services.segment_gates import changeable, hold
from bot.services.segments import Segments
from bot.views import criteria as views
from storage.store import Store
from storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What a change of the membership did; `emptied`: nobody is left, of more than one action."""

    added: int = 0
    removed: int = 0
    emptied: bool = False


class Membership:
    """Adds, reduces, refines, and goes back."""

    def __init__(self, store: Store, people: People, segments: Segments) -> None:
        self._store = store
        self._people = people
        self._segments = segments

    def segment(self, actor: Person, segment: SegmentId) -> tuple[Segment, list[Action]]:
        """Return a segment that the actor may change, and its actions.

        Raises:
            Refusal: it is gone, logged, being logged, or somebody else's.
        """
        with self._store.read(actor.workspace) as work:
            return changeable(work, actor, segment), work.segments.actions(segment)

    def offered(self, actor: Person) -> frozenset[str]:
        """Return the filters for which there is something to choose, of those that may have nothing."""
        with self._store.read(actor.workspace) as work:
            return work.criteria_choices.filled()

    def find(self, actor: Person, name: str, query: str, limit: int) -> list[tuple[str, str]]:
        """Return values of a filter with what they are called, for what is typed."""
        with self._store.read(actor.workspace) as work:
            return work.criteria_choices.find(name, query, limit)

    def count(self, actor: Person, segment: SegmentId, kind: ActionKind, criteria: Criteria) -> Counted:
        """Return what `apply` would do now.

        Raises:
            Refusal: the segment is gone, logged, being logged, or somebody else's.
        """
        with self._store.read(actor.workspace) as work:
            changeable(work, actor, segment)
            work.membership.expect_many()
            return _counted(work, actor, segment, kind, criteria)

    def words(self, actor: Person, criteria: Criteria) -> str:
        """Return criteria as one line for the actor."""
        with self._store.read(actor.workspace) as work:
            return self._words(work, actor, criteria)

    def propose(self, actor: Person, key: str, kind: ActionKind, criteria: Criteria) -> None:
        """Keep criteria that were counted until they are applied: a form is too small to carry them."""
        with self._store.begin(actor.workspace) as work:
            work.requests.remember(_proposal(key), {"kind": kind, "criteria": criteria.written()})

    def proposed(self, actor: Person, key: str) -> tuple[ActionKind, Criteria]:
        """Return criteria that were counted.

        Raises:
            Refusal: that was days ago.
        """
        with self._store.read(actor.workspace) as work:
            kept = work.requests.first_answer(_proposal(key))
        if kept is None:
            raise Refusal("This was counted days ago. Count once more.")
        return ActionKind(kept["kind"]), read_criteria(kept["criteria"])

    def apply(
        self, actor: Person, segment: SegmentId, kind: ActionKind, criteria: Criteria, key: str
    ) -> Applied:
        """Add, reduce or refine as one action; the same `key` once more does nothing and gets the first answer.

        Raises:
            Refusal: the segment is gone, logged, being logged, somebody else's, or would become too large.
        """
        with self._store.begin(actor.workspace) as work:
            hold(work, actor, segment)
            first = work.requests.first_answer(key)
            if first is not None:
                return Applied(**first)
            applied = self.act(work, actor, segment, kind, criteria)
            work.requests.remember(key, asdict(applied))
            self._segments.show_again(work, actor, segment)
        self._segments.changed(actor)
        return applied

    def act(
        self, work: Work, actor: Person, segment: SegmentId, kind: ActionKind, criteria: Criteria
    ) -> Applied:
        """Do one action on a segment that is held.

        Raises:
            Refusal: the segment would become too large.
        """
        work.membership.expect_many()
        words = self._words(work, actor, criteria)
        number = work.segments.act(segment, kind, words, actor.id, criteria.written())
        applied = _done(work, actor, segment, number, kind, criteria)
        work.segments.acted(segment, number, added=applied.added, removed=applied.removed)
        return applied

    def go_back(self, actor: Person, segment: SegmentId, action: int | None = None) -> Action:
        """Take the last action back, with every line as it was; `action` is the number that the person saw as last.

        Raises:
            Refusal: there is none, another one came since, or the segment can't be changed.
        """
        with self._store.begin(actor.workspace) as work:
            found = hold(work, actor, segment)
            last = next(iter(work.segments.actions(segment)[-1:]), None)
            if last is None:
                raise Refusal("{number} has no criteria action to take back.", number=found.number)
            if action not in (None, last.number):
                raise Refusal("{number} changed meanwhile. Look at it again.", number=found.number)
            work.membership.expect_many()
            work.segment_lines.go_back(segment, last.number)
            work.segments.forget_action(segment, last.number)
            self._segments.show_again(work, actor, segment)
        self._segments.changed(actor)
        return last

    def start_anew(self, actor: Person, segment: SegmentId) -> None:
        """Forget the criteria of a segment in which nobody is left (`domain.md` 2.4; line 39).

        Raises:
            Refusal: somebody is in it, or it can't be changed.
        """
        with self._store.begin(actor.workspace) as work:
            found = hold(work, actor, segment)
            if work.segment_lines.count(segment):
                raise Refusal("{number} has contacts again, so its criteria stay.", number=found.number)
            work.membership.expect_many()
            work.membership.start_anew(segment)
            self._segments.show_again(work, actor, segment)
        self._segments.changed(actor)

    def _words(self, work: Work, actor: Person, criteria: Criteria) -> str:
        return views.words(criteria, work.criteria_choices.names(criteria), self._people.text(actor))


def _counted(work: Work, actor: Person, segment: SegmentId, kind: ActionKind, criteria: Criteria) -> Counted:
    seen = scope(work, actor)
    if kind is ActionKind.ADD:
        return work.membership.count_joining(segment, criteria, seen)
    which = work.membership.staying if kind is ActionKind.REFINE else work.membership.leaving
    return work.membership.count_leaving(segment, which(criteria, seen))


def _done(
    work: Work, actor: Person, segment: SegmentId, action: int, kind: ActionKind, criteria: Criteria
) -> Applied:
    seen, lines = scope(work, actor), work.segment_lines
    if kind is ActionKind.ADD:
        added = lines.add(segment, action, work.membership.joining(segment, criteria, seen))
        _refuse_too_many(work, segment)
        return Applied(added=added)
    which = work.membership.staying if kind is ActionKind.REFINE else work.membership.leaving
    removed = lines.remove(segment, action, which(criteria, seen))
    left = removed and not lines.count(segment)
    return Applied(removed=removed, emptied=bool(left) and len(work.segments.actions(segment)) > 1)


def _refuse_too_many(work: Work, segment: SegmentId) -> None:
    if work.segment_lines.count(segment) > MOST_LINES:
        raise Refusal("A segment holds at most {most} contacts. Choose fewer.", most=f"{MOST_LINES:,}")


def _proposal(key: str) -> str:
    return f"criteria:{key}"
