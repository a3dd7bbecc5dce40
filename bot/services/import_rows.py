"""Deciding what the rows of a chunk make of the contacts that are there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.contact_import import Incoming, Key, ambiguous, changed_contact, new_contact
from bot.domain.contacts import Contact
from bot.domain.erasure import is_erased
from bot.domain.folding import fold
from bot.domain.ids import ContactId
from bot.domain.import_cells import Fault
from bot.domain.import_fields import Field
from bot.services.import_chunks import Chunk, Faulty
from bot.services.import_directory import Directory, groups_before
from storage.import_writes import GroupIds, ImportWrites, Written
from storage.removals import Removals
from storage.work import Work


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(slots=True)
class Decided:
    """What a chunk comes to: what is to be written, and the outcome of each row."""

    added: list[Written] = field(default_factory=list)
    changed: list[Written] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    faulty: list[Faulty] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """The contacts that the rows of a chunk mean, with their groups of the kinds that rows name."""

    contacts: Mapping[Key, Sequence[Contact]]
    orphans: Mapping[ContactId, Contact]
    groups: Mapping[Field, Mapping[ContactId, tuple[int, ...]]]
    gone: Mapping[str, str]
    """Numbers of contacts that were merged into others, and the numbers of these."""

    def groups_of(self, contact: Contact, incoming: Incoming) -> GroupIds:
        """Return the contact's groups of the kinds that a row names."""
        return {kind: self.groups.get(kind, {}).get(contact.id, ()) for kind in incoming.groups}


class Deciding:
    """Decides the rows of one chunk in one transaction."""

    def __init__(self, work: Work, writes: ImportWrites, directory: Directory, known: Known) -> None:
        self._work = work
        self._writes = writes
        self._directory = directory
        self._known = known
        self._decided = Decided()
        self._changed: dict[ContactId, Written] = {}

    def all(self, chunk: Chunk) -> Decided:
        """Decide every row; companies made from their names are added first."""
        self._decided.faulty.extend(chunk.faulty)
        for row in chunk.rows:
            try:
                self._decided.outcomes.append(self._one(row.incoming))
            except Fault as fault:
                self._decided.faulty.append(Faulty(row.place, row.cells, fault.message))
        self._decided.changed = list(self._changed.values())
        made = [Written(company, {}) for company in self._directory.made.values()]
        self._decided.added = made + sorted(self._decided.added, key=lambda one: one.contact.is_person)
        return self._decided

    def _one(self, incoming: Incoming) -> Outcome:
        matches = self._known.contacts.get(incoming.key, ())
        if len(matches) > 1:
            raise ambiguous(incoming.key, [contact.number for contact in matches])
        if matches:
            return self._change(_not_erased(matches[0]), incoming)
        self._refuse_gone(incoming.fields.get("number", ""))
        orphan = self._orphan(incoming)
        if orphan is not None:
            self._change(orphan, incoming)
            self._directory.remember(orphan)
            return Outcome.NEW
        return self._add(incoming)

    def _refuse_gone(self, number: str) -> None:
        heir = self._known.gone.get(number)
        if heir is not None:
            raise Fault(
                "{number} was merged into {heir}: give that number, or leave the row out.",
                number=number,
                heir=heir,
            )

    def _add(self, incoming: Incoming) -> Outcome:
        _refuse_early(incoming)
        links = self._directory.links(self._work, incoming, None)
        number = incoming.fields.get("number", "")
        contact = new_contact(incoming, self._id_for(incoming), number, links)
        self._decided.added.append(Written(contact, self._directory.groups(self._writes, incoming.groups)))
        if not contact.is_person:
            self._directory.remember(contact)
        return Outcome.NEW

    def _change(self, contact: Contact, incoming: Incoming) -> Outcome:
        """Change a contact; when a row of this chunk changed it before, from what that row left."""
        so_far = self._changed.get(contact.id) or Written(contact, {}, contact, {})
        links = self._directory.links(self._work, incoming, contact)
        after = changed_contact(so_far.contact, incoming, links)
        groups = self._directory.groups(self._writes, incoming.groups)
        before = {**self._known.groups_of(contact, incoming), **(so_far.groups_before or {})}
        moved = {kind: ids for kind, ids in groups.items() if ids != {**before, **so_far.groups}[kind]}
        if after is so_far.contact and not moved:
            return Outcome.UNCHANGED
        self._changed[contact.id] = Written(after, {**so_far.groups, **moved}, contact, before)
        return Outcome.CHANGED

    def _id_for(self, incoming: Incoming) -> ContactId:
        orphan = self._directory.orphans.get(fold(incoming.fields["name"])) if incoming.is_company else None
        return orphan or ContactId(self._work.access.ids())

    def _orphan(self, incoming: Incoming) -> Contact | None:
        """Return the company that this import made from its name, when this row brings its own data."""
        if not incoming.is_company:
            return None
        orphan = self._directory.orphans.get(fold(incoming.fields.get("name", "")))
        return None if orphan is None else self._known.orphans.get(orphan)


def known(work: Work, writes: ImportWrites, directory: Directory, chunk: Chunk) -> Known:
    """Look up everything that the rows of a chunk mean or name, a few queries for all of them."""
    rows = [row.incoming for row in chunk.rows]
    directory.prepare(writes, rows)
    found = work.imports.known({row.key for row in rows})
    names = {fold(row.fields.get("name", "")) for row in rows if row.is_company} & directory.orphans.keys()
    orphans = frozenset(directory.orphans[name] for name in names)
    ids = [contact.id for contacts in found.values() for contact in contacts]
    gone = Removals(work.access).heirs()
    return Known(found, work.contacts.many(orphans), groups_before(writes, rows, ids), gone)


def _not_erased(contact: Contact) -> Contact:
    if is_erased(contact):
        raise Fault("{number} was erased: an import can't bring the person back.", number=contact.number)
    return contact


def _refuse_early(incoming: Incoming) -> None:
    """Refuse a row before anything is made for it."""
    if "name" not in incoming.fields:
        raise Fault("There is no contact with this number or e-mail yet: write the name of the new one.")
