"""Imports of contacts: the register of what they changed. Writing many contacts is in `storage.import_writes`."""

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Text,
    any_,
    cast,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.domain.contact_import import Key, KeyKind
from bot.domain.contacts import Contact, ContactType
from bot.domain.folding import fold
from bot.domain.ids import ContactId, ImportId, PersonId
from bot.domain.import_results import Imported
from storage.access import Access, Row
from storage.contact_rows import contact_of
from storage.import_writes import memberships
from storage.tables import metadata
from storage.tables.contacts import contacts, import_changes, imports
from storage.tables.people import number_series, salespeople

_companies = contacts.alias("companies")
_TOLD = ("phone", "mobile", "email", "city", "address")
_BY_KIND = {
    KeyKind.NUMBER: contacts.c.number,
    KeyKind.EMAIL: contacts.c.email,
    KeyKind.NAME: contacts.c.match_key,
}


@dataclass(frozen=True, slots=True)
class Change:
    """What an import did to a contact; `before` is None where it made the contact."""

    contact: ContactId
    before: dict[str, Any] | None
    revision: int


class Imports:
    """The imports of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def start(self, file: str, actor: PersonId | None) -> ImportId:
        """Register an import that begins."""
        return self.begin(ImportId(self._access.ids()), file, actor)

    def begin(self, made: ImportId, file: str, actor: PersonId | None) -> ImportId:
        """Register an import that begins under this id."""
        self._access.connection.execute(
            insert(imports).values(
                id=made,
                workspace_id=self._access.workspace,
                file=file,
                actor_id=actor,
                started_at=self._access.clock.now(),
                counts={},
            )
        )
        return made

    def end(self, wanted: ImportId, counts: Mapping[str, int]) -> None:
        """Register that an import came to its end, with its counts."""
        self._set(wanted, ended_at=self._access.clock.now(), counts=dict(counts))

    def get(self, wanted: ImportId) -> Imported | None:
        """Return one import."""
        query = select(imports).where(self._access.mine(imports), imports.c.id == wanted)
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else _imported(row)

    def leave_out(self, series: str, highest: int) -> None:
        """Let a number series go on above a number that the file gives to a contact."""
        self._access.connection.execute(
            update(number_series)
            .where(
                self._access.mine(number_series),
                number_series.c.code == series,
                number_series.c.next <= highest,
            )
            .values(next=highest + 1)
        )

    def orphans(self, wanted: ImportId) -> dict[str, ContactId]:
        """Return the companies that an import made of nothing but their names, by folded name."""
        made = select(import_changes.c.contact_id).where(
            self._access.mine(import_changes),
            import_changes.c.import_id == wanted,
            import_changes.c.before.is_(None),
        )
        query = select(contacts.c.id, contacts.c.name).where(
            self._access.mine(contacts),
            contacts.c.id.in_(made),
            contacts.c.type == ContactType.COMPANY,
            *(contacts.c[name] == "" for name in _TOLD),
        )
        return {fold(row.name): ContactId(row.id) for row in self._access.connection.execute(query)}

    def latest(self, limit: int) -> list[Imported]:
        """Return the imports that came to their end, newest first."""
        query = (
            select(imports, salespeople.c.name.label("actor"))
            .outerjoin(
                salespeople,
                (salespeople.c.workspace_id == imports.c.workspace_id)
                & (salespeople.c.id == imports.c.actor_id),
            )
            .where(self._access.mine(imports), imports.c.ended_at.is_not(None))
            .order_by(imports.c.ended_at.desc(), imports.c.id.desc())
            .limit(limit)
        )
        return [_imported(row) for row in self._access.connection.execute(query).mappings()]

    def mark_reverted(self, wanted: ImportId) -> None:
        """Register that an import was taken back."""
        self._set(wanted, reverted_at=self._access.clock.now())

    def known(self, keys: Iterable[Key]) -> dict[Key, list[Contact]]:
        """Return the contacts that rows with these keys mean."""
        by_kind: dict[KeyKind, list[str]] = {}
        for key in keys:
            by_kind.setdefault(key.kind, []).append(key.value)
        found: dict[Key, list[Contact]] = {}
        for kind, wanted in by_kind.items():
            for value, contact in self._found(_BY_KIND[kind], wanted):
                found.setdefault(Key(kind, value), []).append(contact)
        return found

    def salespeople(self) -> dict[str, PersonId]:
        """Return every salesperson by upper-case code and by e-mail."""
        query = select(salespeople.c.id, salespeople.c.code, salespeople.c.email).where(
            self._access.mine(salespeople)
        )
        found: dict[str, PersonId] = {}
        for person, code, email in self._access.connection.execute(query):
            found[code.upper()] = PersonId(person)
            if email:
                found[email] = PersonId(person)
        return found

    def changes(self, wanted: ImportId, after: int, limit: int) -> list[Change]:
        """Return what an import changed, page by page in the order of the contacts."""
        query = (
            select(import_changes)
            .where(
                self._access.mine(import_changes),
                import_changes.c.import_id == wanted,
                import_changes.c.contact_id > after,
            )
            .order_by(import_changes.c.contact_id)
            .limit(limit)
        )
        return [
            Change(ContactId(row.contact_id), row.before, row.revision)
            for row in self._access.connection.execute(query)
        ]

    def settle(self, wanted: ImportId, contacts_done: AbstractSet[ContactId]) -> None:
        """Drop what was registered of contacts that have been deleted or given back what they had."""
        self._access.connection.execute(
            delete(import_changes).where(
                self._access.mine(import_changes),
                import_changes.c.import_id == wanted,
                import_changes.c.contact_id.in_(contacts_done),
            )
        )

    def in_use(self, wanted: Sequence[ContactId]) -> frozenset[ContactId]:
        """Return those of the contacts that something refers to: an entry, a draft, a person of theirs."""
        query = select(contacts.c.id).where(
            self._access.mine(contacts),
            contacts.c.id.in_(wanted),
            or_(
                *(
                    exists().where(table.c.workspace_id == contacts.c.workspace_id, column == contacts.c.id)
                    for table, column in _REFERENCES
                )
            ),
        )
        return frozenset(ContactId(row) for row in self._access.connection.scalars(query))

    def _found(self, column: ColumnElement[str], wanted: list[str]) -> list[tuple[str, Contact]]:
        source = contacts.outerjoin(
            _companies,
            (_companies.c.workspace_id == contacts.c.workspace_id)
            & (_companies.c.id == contacts.c.company_id),
        )
        query = (
            select(contacts, _companies.c.name.label("company_name"), column.label("key"))
            .select_from(source)
            .where(self._access.mine(contacts), self._one_of(column, wanted))
        )
        return [(row["key"], contact_of(row)) for row in self._access.connection.execute(query).mappings()]

    def _one_of(self, column: ColumnElement[str], wanted: list[str]) -> ColumnElement[bool]:
        """Return the condition that the column has one of many values, handed over as one."""
        if self._access.connection.dialect.name == "sqlite":
            values = func.json_each(json.dumps(wanted)).table_valued("value")
            return column.in_(select(values.c.value))
        return column == any_(cast(wanted, ARRAY(Text)))

    def _set(self, wanted: ImportId, **values: Any) -> None:
        self._access.connection.execute(
            update(imports).where(self._access.mine(imports), imports.c.id == wanted).values(**values)
        )


def _imported(row: Row) -> Imported:
    return Imported(
        id=ImportId(row["id"]),
        file=row["file"],
        ended_at=row["ended_at"],
        reverted_at=row["reverted_at"],
        counts=row["counts"],
        by=row.get("actor") or "",
    )


def _references() -> list[tuple[FromClause, ColumnElement[int]]]:
    """Return every column that refers to a contact, but for the memberships that are deleted with it."""
    own = {table.name for table in memberships} | {contacts.name}
    tables = [table for table in metadata.tables.values() if table.name not in own]
    found: list[tuple[FromClause, ColumnElement[int]]] = [
        (table, table.c[foreign.column_keys[1]])
        for table in tables
        for foreign in table.foreign_key_constraints
        if foreign.referred_table is contacts
    ]
    return [*found, (_companies, _companies.c.company_id)]


_REFERENCES = _references()
