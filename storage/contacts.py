"""Contacts: one by one. Searching them is in `storage.search`, importing them in `storage.imports`."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Select, and_, bindparam, delete, func, insert, or_, select, update

from bot.domain.contacts import Contact, ContactType, match_key, match_key_of, search_text
from bot.domain.ids import ContactId, PersonId
from storage.access import Access
from storage.contact_rows import columns, contact_of
from storage.search_index import SearchIndex
from storage.tables.contacts import contacts
from storage.tables.interactions import entries
from storage.types import Id

_NAME_END = match_key_of("", "", "")[:1]
_AFTER_NAME = f"{_NAME_END}\U0010ffff"
_companies = contacts.alias("companies")


def _with_company_name() -> Select[Any]:
    return select(contacts, _companies.c.name.label("company_name")).select_from(
        contacts.outerjoin(
            _companies,
            (_companies.c.workspace_id == contacts.c.workspace_id)
            & (_companies.c.id == contacts.c.company_id),
        )
    )


_IN_WORKSPACE = contacts.c.workspace_id == bindparam("workspace")
_ASKED = bindparam("contact", type_=Id)
_ONE = _with_company_name().where(_IN_WORKSPACE, contacts.c.id == _ASKED)
_ITS_COMPANY = select(contacts.c.company_id).where(_IN_WORKSPACE, contacts.c.id == _ASKED).scalar_subquery()
_WITH_COMPANY = _with_company_name().where(
    _IN_WORKSPACE, or_(contacts.c.id == _ASKED, contacts.c.id == _ITS_COMPANY)
)


class Contacts:
    """The contacts of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def get(self, contact: ContactId) -> Contact | None:
        """Return one contact."""
        return next(iter(self._asked(_ONE, contact)), None)

    def with_company(self, contact: ContactId) -> tuple[Contact | None, Contact | None]:
        """Return a contact and its company."""
        found = {one.id: one for one in self._asked(_WITH_COMPANY, contact)}
        asked = found.get(contact)
        return asked, found.get(asked.company) if asked and asked.company else None

    def many(self, wanted: frozenset[ContactId]) -> dict[ContactId, Contact]:
        """Return these contacts by id; deleted ones are missing."""
        return {contact.id: contact for contact in self._all(contacts.c.id.in_(wanted))} if wanted else {}

    def by_emails(self, emails: Sequence[str]) -> list[Contact]:
        """Return the contacts that have one of these as first e-mail."""
        wanted = [email.strip().casefold() for email in emails]
        return self._all(contacts.c.email.in_(wanted)) if wanted else []

    def addressed(self, email: str, limit: int) -> list[Contact]:
        """Return contacts that have this e-mail, as first or as second one."""
        wanted = email.strip().casefold()
        second = and_(contacts.c.email2 == wanted, contacts.c.email2 != "")
        either = or_(contacts.c.email == wanted, second)
        return self._read(_with_company_name().where(self._access.mine(contacts), either).limit(limit))

    def numbered(self, numbers: Sequence[str]) -> list[Contact]:
        """Return the contacts with these numbers."""
        return self._all(contacts.c.number.in_(numbers)) if numbers else []

    def named(self, names: Sequence[str], limit: int) -> list[Contact]:
        """Return contacts of which one of these folded names is the whole name."""
        wanted = [
            contacts.c.match_key.between(f"{name}{_NAME_END}", f"{name}{_AFTER_NAME}") for name in names
        ]
        query = _with_company_name().where(self._access.mine(contacts), or_(*wanted)).limit(limit)
        return self._read(query) if wanted else []

    def people_of(self, company: ContactId, limit: int) -> list[Contact]:
        """Return people of a company, by name."""
        return sorted(self._all(contacts.c.company_id == company)[:limit], key=lambda contact: contact.name)

    def recent(self, person: PersonId, limit: int) -> list[ContactId]:
        """Return the contacts of `person`'s latest entries, newest first, each once."""
        query = (
            select(entries.c.contact_id)
            .where(
                self._access.mine(entries), entries.c.logged_by == person, entries.c.contact_id.is_not(None)
            )
            .order_by(entries.c.logged_at.desc())
            .limit(200)
        )
        return list(dict.fromkeys(ContactId(row) for row in self._access.connection.scalars(query)))[:limit]

    def add(self, contact: Contact, search: str, match_key: str) -> None:
        """Add a contact; `search` are its folded words, `match_key` recognises it in an import."""
        marked = self._index.marked(search)
        self._access.connection.execute(
            insert(contacts).values(
                workspace_id=self._access.workspace,
                created_at=self._access.clock.now(),
                search=marked,
                match_key=match_key,
                **columns(contact),
            )
        )
        self._index.add([(contact.id, marked)])

    def change(self, contact: Contact, search: str, match_key: str) -> bool:
        """Write back a contact; False when somebody changed it since it was read.

        The people of a company that got another name are found by the new name from then on.
        """
        before = self._indexed(contacts.c.id == contact.id, contacts.c.revision == contact.revision)
        if not before:
            return False
        renamed = not contact.is_person and self._name(contact.id) != contact.name
        values = columns(contact) | {"revision": contact.revision + 1}
        changed = self._write(contact, values, search, match_key)
        if changed:
            self._reindex(before, [(contact.id, self._index.marked(search))])
        if changed and renamed:
            self.rename_companies([contact])
        return changed

    def rename_companies(self, companies: Sequence[Contact]) -> None:
        """Let the people of companies be found by the companies' new names."""
        if not companies:
            return
        self._find_anew(contacts.c.company_id.in_([company.id for company in companies]))

    def find_anew(self, changed: frozenset[ContactId]) -> None:
        """Let persons be found by their company, which is another one now."""
        self._find_anew(contacts.c.id.in_(changed))

    def remove(self, gone: frozenset[ContactId]) -> None:
        """Delete contacts that nothing refers to any more."""
        before = self._indexed(contacts.c.id.in_(gone))
        self._access.connection.execute(
            delete(contacts).where(self._access.mine(contacts), contacts.c.id.in_(gone))
        )
        self._reindex(before, [])

    def first(self, limit: int) -> list[Contact]:
        """Return some persons, in the order they came."""
        query = (
            select(contacts.c.id)
            .where(self._access.mine(contacts), contacts.c.type == ContactType.PERSON)
            .order_by(contacts.c.id)
            .limit(limit)
        )
        found = frozenset(ContactId(row) for row in self._access.connection.scalars(query))
        return sorted(self.many(found).values(), key=lambda contact: contact.id)

    def any(self) -> bool:
        """Whether there is a contact at all."""
        query = select(contacts.c.id).where(self._access.mine(contacts)).limit(1)
        return self._access.connection.execute(query).first() is not None

    def count(self) -> int:
        """Return how many contacts there are."""
        query = select(func.count()).select_from(contacts).where(self._access.mine(contacts))
        return int(self._access.connection.execute(query).scalar_one())

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex(self._access)

    def _find_anew(self, which: Any) -> None:
        for person in self._all(which):
            search, key = search_text(person), match_key(person)
            before = self._indexed(contacts.c.id == person.id)
            if before != [(person.id, self._index.marked(search))]:
                self._write(person, {}, search, key)
                self._reindex(before, [(person.id, self._index.marked(search))])

    def _write(self, contact: Contact, values: dict[str, Any], search: str, match_key: str) -> bool:
        changed = self._access.connection.execute(
            update(contacts)
            .where(
                self._access.mine(contacts),
                contacts.c.id == contact.id,
                contacts.c.revision == contact.revision,
            )
            .values(search=self._index.marked(search), match_key=match_key, **values)
        )
        return bool(changed.rowcount)

    def _indexed(self, *conditions: Any) -> list[tuple[int, str]]:
        query = select(contacts.c.id, contacts.c.search).where(self._access.mine(contacts), *conditions)
        return [(row.id, row.search) for row in self._access.connection.execute(query)]

    def _name(self, contact: ContactId) -> str:
        query = select(contacts.c.name).where(self._access.mine(contacts), contacts.c.id == contact)
        return str(self._access.connection.execute(query).scalar_one())

    def _reindex(self, before: list[tuple[int, str]], after: list[tuple[int, str]]) -> None:
        if before != after:
            self._index.replace(before, after)

    def _asked(self, query: Select[Any], contact: ContactId) -> list[Contact]:
        asked = {"workspace": self._access.workspace, "contact": contact}
        return [contact_of(row) for row in self._access.connection.execute(query, asked).mappings()]

    def _all(self, *conditions: Any) -> list[Contact]:
        return self._read(_with_company_name().where(self._access.mine(contacts), or_(*conditions)))

    def _read(self, query: Select[Any]) -> list[Contact]:
        return [contact_of(row) for row in self._access.connection.execute(query).mappings()]
