"""What the rows of an import name and need: companies, salespeople, groups; found, or made when missing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from bot.domain.contact_import import Groups, Incoming, Links
from bot.domain.contacts import Contact, ContactType, folded
from bot.domain.folding import fold
from bot.domain.ids import ContactId, PersonId
from bot.domain.import_fields import GROUP_FIELDS, Field
from bot.domain.people import Person
from storage.import_writes import GroupIds, ImportWrites
from storage.work import Work

_MOST = 100_000  # companies remembered; beyond, they are looked up again


class Makers(Protocol):
    """Makes what is missing, or only pretends to, in a check."""

    def person(self, work: Work, person: Person) -> None:
        """Add a salesperson."""

    def group(self, writes: ImportWrites, field: Field, code: str) -> int:
        """Add a group and return its id."""


class Directory:
    """Remembers what was found or made during one import."""

    def __init__(self, makers: Makers) -> None:
        self._makers = makers
        self._companies: dict[str, ContactId] = {}
        self._salespeople: dict[str, PersonId] | None = None
        self._groups: dict[Field, dict[str, int]] = {}
        self._group_sets: dict[tuple[Field, tuple[str, ...]], tuple[int, ...]] = {}
        self.made: dict[ContactId, Contact] = {}
        """Companies that this chunk made from their names alone."""
        self.orphans: dict[str, ContactId] = {}
        """Companies that this import made so, by folded name: a later row may bring their own data."""

    def forget(self) -> None:
        """Drop everything: the transaction in which it was made or found failed."""
        self._companies.clear()
        self._salespeople = None
        self._groups.clear()
        self._group_sets.clear()
        self.made.clear()

    def prepare(self, writes: ImportWrites, rows: Iterable[Incoming]) -> None:
        """Look up the companies that rows name."""
        self.made = {}
        if len(self._companies) > _MOST:
            self._companies.clear()
        if len(self._group_sets) > _MOST:
            self._group_sets.clear()
        wanted = {row.employer: row.company_name for row in rows if row.company_name}
        missing = [name for key, name in wanted.items() if key not in self._companies]
        if missing:
            self._companies.update(writes.companies(missing))

    def links(self, work: Work, incoming: Incoming, company_of_row: Contact | None) -> Links:
        """Return the company and the salesperson that a row names; both are made when missing."""
        company = None
        type_ = incoming.fields.get("type", company_of_row.type if company_of_row else ContactType.PERSON)
        if incoming.company_name and type_ is ContactType.PERSON:
            company = self._company(work, incoming.company_name)
        person = self._salesperson(work, incoming.salesperson) if incoming.salesperson else None
        return Links(company, person)

    def groups(self, writes: ImportWrites, groups: Groups) -> GroupIds:
        """Return the ids of the groups that a row names; missing ones are made."""
        return (
            {field: self._known_group_ids(writes, field, codes) for field, codes in groups.items()}
            if groups
            else {}
        )

    def remember(self, company: Contact) -> None:
        """Let later rows find a company that a row just made."""
        self._companies[folded(company.name)] = company.id
        self.orphans.pop(folded(company.name), None)

    def _company(self, work: Work, name: str) -> ContactId:
        key = folded(name)
        found = self._companies.get(key)
        if found is None:
            found = ContactId(work.access.ids())
            self._companies[key] = self.orphans[key] = found
            self.made[found] = Contact(id=found, number="", type=ContactType.COMPANY, name=name)
        return found

    def _salesperson(self, work: Work, cell: str) -> PersonId:
        if self._salespeople is None:
            self._salespeople = work.imports.salespeople()
        found = self._salespeople.get(cell)
        if found is None:
            person = _new_person(work, cell, self._salespeople)
            self._makers.person(work, person)
            self._salespeople |= {person.code: person.id, cell: person.id}
            found = person.id
        return found

    def _known_group_ids(self, writes: ImportWrites, field: Field, codes: tuple[str, ...]) -> tuple[int, ...]:
        found = self._group_sets.get((field, codes))
        if found is None:
            found = self._group_sets[field, codes] = self._group_ids(writes, field, codes)
        return found

    def _group_ids(self, writes: ImportWrites, field: Field, codes: Sequence[str]) -> tuple[int, ...]:
        if field not in self._groups:
            self._groups[field] = writes.groups(field)
        known = self._groups[field]
        for code in codes:
            if fold(code) not in known:
                known[fold(code)] = self._makers.group(writes, field, code)
        return tuple(sorted({known[fold(code)] for code in codes}))


def groups_before(
    writes: ImportWrites, rows: Iterable[Incoming], contacts: Sequence[ContactId]
) -> Mapping[Field, Mapping[ContactId, tuple[int, ...]]]:
    """Return the groups of the contacts, of the kinds that rows name."""
    named = {field for row in rows for field in row.groups}
    if not contacts:
        return {}
    return {field: writes.groups_of(field, contacts) for field in GROUP_FIELDS if field in named}


def _new_person(work: Work, cell: str, known: Mapping[str, PersonId]) -> Person:
    """Return a salesperson as far as a code or an e-mail tells; Slack completes him at first use."""
    email = cell if "@" in cell else None
    wanted = cell.partition("@")[0].upper()[:20]
    code, count = wanted, 1
    while code in known:
        count += 1
        code = f"{wanted[:16]}-{count}"
    name = " ".join(part.capitalize() for part in wanted.replace(".", " ").split()) if email else cell
    return Person(
        id=PersonId(work.access.ids()),
        workspace=work.access.workspace,
        slack_id=None,
        code=code,
        name=name or cell,
        email=email,
    )
