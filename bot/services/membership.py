"""Who is in a segment, changed by criteria: counted first, then done as one action (`domain.md` 2.4)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial

from bot.domain.criteria import Counted, Criteria, read_criteria
from bot.domain.ids import SegmentId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.segments import Action, ActionKind, Segment
from bot.places import country_fits, country_name
from bot.services.membership_changes import Wanted, act, forget, take_back
from bot.services.people import People, scope
from bot.services.segment_gates import changeable
from bot.services.segment_holds import Hold, SegmentHolds
from bot.services.segments import Segments
from bot.views import criteria as views
from storage.planner import tell_planner
from storage.store import Store
from storage.work import Work

COUNTRIES = 1000


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
        self._holds = SegmentHolds(store)

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
            seen = scope(work, actor)
            if name != "countries":
                return work.criteria_choices.find(name, query, limit, seen)
            found = work.criteria_choices.find(name, "", COUNTRIES, seen)
        locale = self._people.text(actor).locale
        fitting = [code for code, _ in found if country_fits(code, query, locale)]
        return [(code, country_name(code, locale)) for code in fitting[:limit]]

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
        return self.replay(actor, segment, [(kind, criteria)], key)

    def replay(
        self, actor: Person, segment: SegmentId, steps: Sequence[tuple[ActionKind, Criteria]], key: str
    ) -> Applied:
        """Do some actions in their order, all or none; the same `key` once more gets the first answer.

        Raises:
            Refusal: the segment can't be changed, or would become too large.
        """
        with self._holds.held(actor, segment) as hold:
            first = hold.read(lambda work: work.requests.first_answer(key))
            if first is not None:
                return Applied(**first)
            made = self._acted(actor, hold, steps)
            applied = hold.read(partial(_applied, segment, made))
            hold.once(partial(self._remember, actor, segment, key, applied))
        self._segments.changed(actor)
        tell_planner(self._store)
        return applied

    def go_back(self, actor: Person, segment: SegmentId, action: int | None = None) -> Action:
        """Take the last action back, with every line as it was; `action` is the number that the person saw as last.

        Raises:
            Refusal: there is none, another one came since, or the segment can't be changed.
        """
        with self._holds.held(actor, segment) as hold:
            number = hold.segment.number
            actions = hold.read(lambda work: work.segments.actions(segment))
            if not actions:
                raise Refusal("{number} has no criteria action to take back.", number=number)
            last = actions[-1]
            if action not in (None, last.number):
                raise Refusal("{number} changed meanwhile. Look at it again.", number=number)
            take_back(hold, last.number)
            hold.once(partial(self._segments.show_again, actor=actor, segment=segment))
        self._segments.changed(actor)
        return last

    def start_anew(self, actor: Person, segment: SegmentId) -> None:
        """Forget the criteria of a segment in which nobody is left (`domain.md` 2.4; line 39).

        Raises:
            Refusal: somebody is in it, or it can't be changed.
        """
        with self._holds.held(actor, segment) as hold:
            if hold.read(lambda work: work.segment_lines.count(segment)):
                number = hold.segment.number
                raise Refusal("{number} has contacts again, so its criteria stay.", number=number)
            hold.once(lambda work: work.segments.forget_actions(segment))
            forget(hold)
            hold.once(partial(self._segments.show_again, actor=actor, segment=segment))
        self._segments.changed(actor)

    def _acted(self, actor: Person, hold: Hold, steps: Sequence[tuple[ActionKind, Criteria]]) -> list[int]:
        """Do actions and return their numbers; what stands against one takes back those before it."""
        made: list[int] = []
        try:
            for kind, criteria in steps:
                words = hold.read(partial(self._words, actor=actor, criteria=criteria))
                made.append(act(hold, Wanted(actor, kind, criteria, words)))
        except Refusal:
            for action in reversed(made):
                take_back(hold, action)
            raise
        return made

    def _remember(self, actor: Person, segment: SegmentId, key: str, applied: Applied, work: Work) -> None:
        work.requests.remember(key, asdict(applied))
        self._segments.show_again(work, actor, segment)

    def _words(self, work: Work, actor: Person, criteria: Criteria) -> str:
        return views.words(
            criteria, work.criteria_choices.names(criteria, scope(work, actor)), self._people.text(actor)
        )


def _counted(work: Work, actor: Person, segment: SegmentId, kind: ActionKind, criteria: Criteria) -> Counted:
    seen = scope(work, actor)
    if kind is ActionKind.ADD:
        return work.membership.count_joining(segment, criteria, seen)
    which = work.membership.staying if kind is ActionKind.REFINE else work.membership.leaving
    return work.membership.count_leaving(segment, which(criteria, seen))


def _applied(segment: SegmentId, made: Sequence[int], work: Work) -> Applied:
    actions = work.segments.actions(segment)
    ours = [one for one in actions if one.number in made]
    removed = bool(ours) and ours[-1].removed > 0
    return Applied(
        added=sum(one.added for one in ours),
        removed=sum(one.removed for one in ours),
        emptied=removed and len(actions) > 1 and not work.segment_lines.count(segment),
    )


def _proposal(key: str) -> str:
    return f"criteria:{key}"
