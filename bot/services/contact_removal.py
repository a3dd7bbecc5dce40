"""Merging two contacts, and deleting one (`product.md` 11; `domain.md` 3.9): for admins."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.domain.contacts import Contact, match_key, search_text
from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import ContactId, OperationId, RemovalId
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind, Operation, OperationKind
from bot.domain.people import Person
from bot.domain.removals import (
    Counts,
    Removal,
    RemovalKind,
    RemovalState,
    fillable,
    filled,
    refuse_delete,
    refuse_merge,
)
from bot.domain.segments import SegmentState
from bot.services.bell import Bell
from bot.services.people import People
from bot.services.purge import admin_only
from bot.views import contact_care as views
from storage.contact_groups import groups_of, join, missing
from storage.contact_rows import columns
from storage.removals import Removals as Rows
from storage.store import Store
from storage.work import Work

PATIENCE = timedelta(seconds=4)
IN_WORK = (SegmentState.ACTIVE, SegmentState.LOGGING)
_KINDS = {RemovalKind.MERGE: OperationKind.MERGE, RemovalKind.DELETE: OperationKind.DELETE_CONTACT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two contacts side by side, with how much names each, and the fields that only one of them has."""

    one: Contact
    other: Contact
    of_one: Counts
    of_other: Counts
    fillable: tuple[str, ...]


class ContactRemoval:
    """Lets contacts go; `bot.services.removals` takes the steps."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def compare(self, actor: Person, one: ContactId, other: ContactId) -> Comparison:
        """Return two contacts that are to become one.

        Raises:
            Refusal: the actor is no admin, or they can't be one.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            first, second = found(work, one), found(work, other)
            refuse_merge(first, second)
            rows = Rows(work.access)
            return Comparison(
                one=first,
                other=second,
                of_one=rows.counts(one),
                of_other=rows.counts(other),
                fillable=fillable(first, second),
            )

    def merge(
        self, actor: Person, key: str, pair: tuple[ContactId, ContactId], chosen: Collection[str]
    ) -> RemovalId:
        """Begin to make one contact of a pair, of which the first survives; the same order once more is the same.

        `chosen` are the fields that the survivor takes over where it has nothing.

        Raises:
            Refusal: the actor is no admin, they can't be one, or one of them is at work elsewhere.
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            before = work.requests.first_answer(key)
            if before is not None:
                return RemovalId(before["removal"])
            survivor, gone = found(work, pair[0]), found(work, pair[1])
            refuse_merge(survivor, gone)
            _refuse_at_work(work, survivor, gone)
            removal = self._begin(
                work, actor, gone, survivor, _taken_over(work, actor, survivor, gone, chosen)
            )
            work.requests.remember(key, {"removal": removal.id})
        self._bell.ring()
        return removal.id

    def deletable(self, actor: Person, contact: ContactId) -> tuple[Contact, Counts]:
        """Return a contact that may be deleted, with how much names it.

        Raises:
            Refusal: the actor is no admin, or somebody still works with the contact (`domain.md` 3.9).
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            gone = found(work, contact)
            return gone, _deletable(work, gone)

    def delete(self, actor: Person, key: str, contact: ContactId) -> RemovalId:
        """Begin to delete a contact; the same order once more is the same.

        Raises:
            Refusal: the actor is no admin, or somebody still works with the contact (`domain.md` 3.9).
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            before = work.requests.first_answer(key)
            if before is not None:
                return RemovalId(before["removal"])
            gone = found(work, contact)
            _deletable(work, gone)
            _refuse_at_work(work, gone)
            heir = work.contacts.get(gone.company) if gone.company else None
            removal = self._begin(work, actor, gone, heir, {})
            Rows(work.access).drop_lines(contact)
            self._tell_owners(work, actor, gone, removal)
            work.requests.remember(key, {"removal": removal.id})
        self._bell.ring()
        return removal.id

    def _begin(
        self, work: Work, actor: Person, gone: Contact, heir: Contact | None, taken: dict[str, Any]
    ) -> Removal:
        kind = RemovalKind.DELETE if "joined" not in taken else RemovalKind.MERGE
        operation = Operation(
            id=OperationId(work.access.ids()),
            actor=actor.id,
            kind=_KINDS[kind],
            ended_at=work.access.clock.now(),
            answer=f"removal:{gone.id}:{work.access.ids()}",
            items=((ItemKind.CONTACT, gone.id),),
        )
        removal = Removal(
            id=RemovalId(work.access.ids()),
            contact=gone.id,
            number=gone.number,
            kind=kind,
            heir=heir.id if heir else None,
            state=RemovalState.MOVING,
            operation=operation.id,
            before=columns(gone) | {"groups": groups_of(work.access, gone.id)},
            filled=taken,
        )
        work.operations.add(operation)
        Rows(work.access).add(removal)
        what = ("merged", gone.number, heir.number if heir else None)
        if kind is RemovalKind.DELETE:
            what = ("deleted", gone.number, None)
        work.history.note(ItemKind.CONTACT, heir.id if heir else gone.id, actor.id, what)
        self._tell_later(work, actor, removal, str(operation.answer))
        return removal

    def _tell_later(self, work: Work, actor: Person, removal: Removal, answer: str) -> None:
        """Say that it is under way, unless it is done before: then that is said instead."""
        work.deliveries.open_answer(answer, actor.id, None)
        work.deliveries.say(
            f"removing:{removal.id}",
            DeliveryKind.ANSWER,
            actor.id,
            views.under_way(removal, self._people.text(actor)),
            answer=answer,
            at=work.access.clock.now() + PATIENCE,
        )

    def _tell_owners(self, work: Work, actor: Person, gone: Contact, removal: Removal) -> None:
        """Tell whose postponed interactions named the contact that they need another one."""
        owners = Counter(Rows(work.access).draft_owners(gone.id))
        for owner, drafts in owners.items():
            person = work.people.get(owner)
            if person is not None and person.active and owner != actor.id:
                payload = views.draft_without_contact(gone, drafts, self._people.text(person))
                work.deliveries.say(f"orphans:{removal.id}:{owner}", DeliveryKind.ANSWER, owner, payload)


def found(work: Work, contact: ContactId) -> Contact:
    """Return a contact.

    Raises:
        Refusal: it is gone.
    """
    there = work.contacts.get(contact)
    if there is None:
        raise Refusal("This contact has been deleted meanwhile.")
    return there


def _taken_over(
    work: Work, actor: Person, survivor: Contact, gone: Contact, chosen: Collection[str]
) -> dict[str, Any]:
    """Let the survivor take over the chosen fields and the groups; return what that changed, for Undo."""
    after = filled(survivor, gone, chosen)
    before, now = columns(survivor), columns(after)
    changed = {name: [before[name], now[name]] for name in now if before[name] != now[name]}
    if changed:
        work.contacts.change(after, search_text(after), match_key(after))
        lines = [(name.removesuffix("_id"), old, new) for name, (old, new) in changed.items()]
        work.history.note(ItemKind.CONTACT, survivor.id, actor.id, *lines)
    joined = missing(groups_of(work.access, gone.id), groups_of(work.access, survivor.id))
    join(work.access, survivor.id, joined)
    return {"fields": changed, "joined": joined}


def _refuse_at_work(work: Work, *some: Contact) -> None:
    rows = Rows(work.access)
    if rows.busy(*(one.id for one in some)):
        raise Refusal(
            "One of these contacts is being merged or deleted at this moment. Try again in a minute."
        )
    for one in some:
        numbers = rows.segments_of(one.id, SegmentState.LOGGING)
        if numbers:
            raise Refusal("{number} is being logged at this moment.", number=numbers[0])


def _deletable(work: Work, gone: Contact) -> Counts:
    rows = Rows(work.access)
    counts = rows.counts(gone.id)
    refuse_delete(gone, counts, rows.segments_of(gone.id, *IN_WORK))
    return counts
