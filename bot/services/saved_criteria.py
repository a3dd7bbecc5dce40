"""Saved segment criteria: kept under a code, replayed on today's contacts (`domain.md` 2.4; lines 40, 41)."""

from bot.domain.criteria import CODE_LIMIT, Criteria, Saved, read_criteria, replayed
from bot.domain.ids import SavedId, SegmentId
from bot.domain.messages import Message, Refusal
from bot.domain.people import Person
from bot.domain.segments import DESCRIPTION_LIMIT, ActionKind
from bot.services.membership import Applied, Membership
from bot.services.segment_gates import changeable, reached
from storage.store import Store
from storage.work import Work

SHOWN = 100
BY_CRITERIA = (ActionKind.ADD, ActionKind.REDUCE, ActionKind.REFINE)


class SavedCriteria:
    """Saves and reuses criteria."""

    def __init__(self, store: Store, membership: Membership) -> None:
        self._store = store
        self._membership = membership

    def save(self, actor: Person, segment: SegmentId, code: str, description: str) -> dict[str, Message]:
        """Keep the actions of a segment under a code; return what stands against it by field, and then keep nothing.

        Raises:
            Refusal: there is no criteria action, or the segment is not the actor's to see.
        """
        wanted, told = code.strip().upper(), description.strip()
        wrong = _problems(wanted, told)
        if wrong:
            return wrong
        with self._store.begin(actor.workspace) as work:
            if not work.saved_criteria.add(_saved(work, actor, segment, wanted, told)):
                return {"code": Message("There are criteria {code} already.", {"code": wanted})}
        return {}

    def all(self, actor: Person) -> list[Saved]:
        """Return the saved criteria of the workspace by code."""
        with self._store.read(actor.workspace) as work:
            return work.saved_criteria.all(SHOWN)

    def reuse(self, actor: Person, segment: SegmentId, saved: SavedId, key: str) -> Applied:
        """Replay saved criteria in their order, each as an action; the same `key` once more does nothing.

        Raises:
            Refusal: the criteria are gone, or the segment can't be changed or would become too large.
        """
        with self._store.read(actor.workspace) as work:
            changeable(work, actor, segment)
            found = work.saved_criteria.get(saved)
        if found is None:
            raise Refusal("These criteria are gone.")
        return self._membership.replay(actor, segment, found.actions, key)


def _saved(work: Work, actor: Person, segment: SegmentId, code: str, description: str) -> Saved:
    found = reached(work, actor, segment)
    actions = ((one.kind, read_criteria(one.criteria)) for one in work.segments.actions(segment))
    kept = tuple((replayed(kind), one) for kind, one in actions if kind in BY_CRITERIA or one != Criteria())
    if not kept:
        raise Refusal("{number} has no criteria yet. Add contacts first.", number=found.number)
    return Saved(
        id=SavedId(work.access.ids()),
        code=code,
        description=description,
        by=actor.id,
        at=work.access.clock.now(),
        actions=kept,
    )


def _problems(code: str, description: str) -> dict[str, Message]:
    found = {}
    if not code:
        found["code"] = Message("Write a code, as in AUTUMN.")
    elif len(code) > CODE_LIMIT:
        found["code"] = Message("At most {limit} characters.", {"limit": CODE_LIMIT})
    if len(description) > DESCRIPTION_LIMIT:
        found["description"] = Message("At most {limit} characters.", {"limit": DESCRIPTION_LIMIT})
    return found
