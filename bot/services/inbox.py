"""The inbox: what arrives by itself is recorded, or kept until somebody answers (`product.md` 11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.ids import ArrivalId, EntryId, OperationId, PersonId
from bot.domain.inbox import Arrival, ArrivalState, Kept, Seen, against, unknown
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind, Operation, OperationKind
from bot.domain.people import Person
from bot.domain.templates import ENTRY_SERIES
from bot.services.inbox_news import tell
from bot.services.people import People
from bot.services.recording import Reading, Ready, write
from storage.work import Work


class OtherContent(Refusal):
    """Something else arrived before with the same key."""

    def __init__(self, key: str) -> None:
        super().__init__("Something else arrived before with the key “{key}”.", key=key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an arrival: `kept` says whether it was recorded as an entry or waits, and why.

    `repeated`: it had arrived before, and this is what became of it then; it was not recorded again.
    """

    kept: Kept
    repeated: bool = False
    operation: Operation | None = None
    """What the person who handed it in can undo."""

    unknown: tuple[str, ...] = ()
    """Words of it that were left out, since nobody knows what they name."""

    @property
    def entry(self) -> EntryId | None:
        """The entry that it became."""
        return self.kept.entry


class Inbox:
    """Takes in what arrives, within a transaction of the caller's."""

    def __init__(self, people: People) -> None:
        self._people = people

    def record(self, work: Work, arrival: Arrival, by: Person | None = None) -> Result:
        """Record one arrival, or keep it; `by` handed it in, without one it came by itself.

        Raises:
            OtherContent: something else arrived before with its key.
        """
        return self.record_all(work, [arrival], by)[0]

    def record_all(
        self, work: Work, arrivals: Sequence[Arrival], by: Person | None = None, answer: str | None = None
    ) -> list[Result]:
        """Record arrivals of one kind, or keep them; those that came before get their first answer.

        `answer` is the key of the message that tells `by` of it.

        Raises:
            OtherContent: something else arrived before with a key of theirs; nothing may be written then.
        """
        known = self.known(work, arrivals)
        new = {one.key: one for one in arrivals if one.key not in known}
        reading = Reading(work)
        seen = {key: reading.seen(one) for key, one in new.items()}
        made = {key: _kept(work, one, seen[key], by) for key, one in new.items()}
        kept = _added(work, made, new)
        if len(kept) < len(made):
            known = self.known(work, arrivals)
        operation = _write(work, [Ready.of(new[key], seen[key]) for key in _recorded(kept)], kept, by, answer)
        tell(work, self._people, [one for one in kept.values() if one.state is ArrivalState.OPEN])
        became = {
            key: Result(one, False, operation, unknown(new[key], seen[key])) for key, one in kept.items()
        }
        return _answers(arrivals, became, known)

    def known(self, work: Work, arrivals: Sequence[Arrival]) -> Mapping[str, Kept]:
        """Return what came before, by key.

        Raises:
            OtherContent: something else came with a key of theirs, before or among themselves.
        """
        known = work.inbox.of_keys(arrivals[0].kind, [one.key for one in arrivals]) if arrivals else {}
        marks = {key: one.checksum for key, one in known.items()}
        for one in arrivals:
            if marks.setdefault(one.key, one.mark) != one.mark:
                raise OtherContent(one.key)
        return known

    def concerned(self, work: Work, results: Sequence[Result]) -> frozenset[PersonId]:
        """Return whose App Home is another one now."""
        new = [one for one in results if not one.repeated]
        waits = any(one.kept.state is ArrivalState.OPEN for one in new)
        admins = {admin.id for admin in work.people.admins()} if waits else set()
        return frozenset({one.kept.salesperson for one in new if one.kept.salesperson is not None} | admins)


def _added(work: Work, made: Mapping[str, Kept], came: Mapping[str, Arrival]) -> dict[str, Kept]:
    """Write down what came, and return it without what somebody else wrote down at this very moment.

    All go in one order, so that of two who bring the same one waits for the other, and never both.
    """
    return {key: made[key] for key in sorted(made) if work.inbox.add(made[key], came[key])}


def _answers(
    arrivals: Sequence[Arrival], made: Mapping[str, Result], known: Mapping[str, Kept]
) -> list[Result]:
    """Return what became of each; one that stands twice among them is a repeat the second time."""
    given: set[str] = set()
    answers = []
    for one in arrivals:
        first = made.get(one.key)
        repeated = first is None or one.key in given
        answers.append(
            Result(first.kept if first else known[one.key], repeated) if repeated else made[one.key]
        )
        given.add(one.key)
    return answers


def _recorded(kept: Mapping[str, Kept]) -> list[str]:
    return [key for key, one in kept.items() if one.state is ArrivalState.RECORDED]


def _kept(work: Work, arrival: Arrival, seen: Seen, by: Person | None) -> Kept:
    reason, now = against(arrival, seen), work.access.clock.now()
    recorded = reason is None
    return Kept(
        id=ArrivalId(work.access.ids()),
        kind=arrival.kind,
        key=arrival.key,
        checksum=arrival.mark,
        state=ArrivalState.RECORDED if recorded else ArrivalState.OPEN,
        reason=reason,
        came=arrival,
        came_at=now,
        salesperson=_whose(seen),
        entry=EntryId(work.access.ids()) if recorded else None,
        decided_by=by.id if by and recorded else None,
        decided_at=now if recorded else None,
    )


def _whose(seen: Seen) -> PersonId | None:
    """Return whom an arrival concerns: the salesperson it names, else the one of the contacts it may mean."""
    if seen.salesperson is not None:
        return seen.salesperson.id
    owners = {one.salesperson for one in seen.contacts}
    return next(iter(owners)) if len(owners) == 1 else None


def _write(
    work: Work, ready: Sequence[Ready], kept: Mapping[str, Kept], by: Person | None, answer: str | None
) -> Operation | None:
    if not ready:
        return None
    items = [kept[one.arrival.key] for one in ready]
    operation = operation_of(work, by, items, answer) if by else None
    numbers = work.numbers.take_many(ENTRY_SERIES, len(ready))
    for one, item, number in zip(ready, items, numbers, strict=True):
        assert item.entry is not None  # noqa: S101 - it is recorded
        write(work, one, item.entry, number, by.id if by else None, operation.id if operation else None)
    return operation


def operation_of(work: Work, by: Person, items: Sequence[Kept], answer: str | None = None) -> Operation:
    """Write down what somebody did with arrivals, so that he can undo it."""
    touched: list[tuple[ItemKind, int]] = [(ItemKind.ARRIVAL, int(one.id)) for one in items]
    touched += [(ItemKind.ENTRY, int(one.entry)) for one in items if one.entry is not None]
    operation = Operation(
        id=OperationId(work.access.ids()),
        actor=by.id,
        kind=OperationKind.ANSWER,
        ended_at=work.access.clock.now(),
        answer=answer,
        items=tuple(touched),
    )
    work.operations.add(operation)
    return operation
