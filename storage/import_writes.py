"""Writing many contacts of an import at once, with their groups, their search index and what they were before."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, select, text, update

from bot.domain.contacts import Contact, company_key, match_key, search_text
from bot.domain.folding import fold
from bot.domain.ids import ContactId, ImportId
from bot.domain.import_fields import Field
from storage.access import Access
from storage.bulk import Values, insert_rows
from storage.contact_rows import COLUMNS, values
from storage.search_index import SearchIndex
from storage.tables.contacts import (
    contact_industry_groups,
    contact_job_responsibilities,
    contact_mailing_groups,
    contacts,
    import_changes,
    industry_groups,
    job_responsibilities,
    mailing_groups,
)

_GROUPS = {
    Field.MAILING_GROUPS: (mailing_groups, contact_mailing_groups),
    Field.INDUSTRY_GROUPS: (industry_groups, contact_industry_groups),
    Field.JOB_RESPONSIBILITIES: (job_responsibilities, contact_job_responsibilities),
}
memberships = tuple(membership for _, membership in _GROUPS.values())

_GROUP_MARK = "groups."
_BITE = 4000  # pages of the log that are taken into the database at once: 16 MB
_REMEMBERED = 300_000
"""Words kept in mind during an import; beyond, the database is asked again."""

_SEEN = text("SELECT reltuples FROM pg_class WHERE oid = CAST('contacts' AS regclass)")
_TIMES = 10
_ANALYZED = (
    "contacts (workspace_id, id, number, email, match_key, company_id)",  # its search index has no use for it
    import_changes.name,
    "contact_words (word)",
    *(membership.name for membership in memberships),
)

GroupIds = Mapping[Field, tuple[int, ...]]

_COMPANIES = """
SELECT w.value, (SELECT c.id FROM contacts c WHERE c.workspace_id = :workspace AND c.match_key >= w.value
  AND c.match_key < w.value || :end AND c.type = 'company' ORDER BY c.workspace_id, c.match_key LIMIT 1)
FROM {wanted} w
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A contact to be written; `before` and `groups_before` are None for a new one."""

    contact: Contact
    groups: GroupIds
    before: Contact | None = None
    groups_before: GroupIds | None = None


class ImportWrites:
    """Writes what the rows of an import make of contacts."""

    def __init__(self, access: Access, learnt: set[str]) -> None:
        """`learnt` are words that transactions before this one have learnt, and is added to."""
        self._access = access
        self._learnt = learnt

    def expect_many(self) -> None:
        """Let PostgreSQL plan for indexes (it keeps plans made for empty tables), SQLite checkpoint in larger bites."""
        sqlite = self._access.connection.dialect.name == "sqlite"
        bites = f"PRAGMA wal_autocheckpoint = {_BITE}"
        self._access.connection.exec_driver_sql(
            bites if sqlite else "SELECT set_config('enable_seqscan', 'off', true)"
        )

    def tell_planner(self, written: int) -> None:
        """Let PostgreSQL see how much it has been given, once this is ten times what it last saw.

        Without, its checks of references go through all contacts of a workspace for each new one.
        """
        if self._access.connection.dialect.name == "sqlite":
            return
        seen = self._access.connection.scalar(_SEEN)
        if seen is not None and seen * _TIMES < written:
            for table in _ANALYZED:
                self._access.connection.exec_driver_sql(f"ANALYZE {table}")

    def companies(self, names: Sequence[str]) -> dict[str, ContactId]:
        """Return the companies with these names, by folded name."""
        keys = {company_key(name): fold(name) for name in names}
        sqlite = self._access.connection.dialect.name == "sqlite"
        wanted = "json_each(:keys)" if sqlite else "unnest(CAST(:keys AS text[])) AS w(value)"
        statement = text(_COMPANIES.format(wanted=wanted).replace(") AS w(value) w", ") AS w(value)"))
        given: Any = json.dumps(list(keys)) if sqlite else list(keys)
        rows = self._access.connection.execute(
            statement, {"keys": given, "workspace": self._access.workspace, "end": "\U0010ffff"}
        )
        return {keys[key]: ContactId(found) for key, found in rows if found is not None}

    def groups(self, field: Field) -> dict[str, int]:
        """Return the groups of a kind by folded code."""
        table, _ = _GROUPS[field]
        query = select(table.c.id, table.c.code).where(self._access.mine(table))
        return {fold(code): group for group, code in self._access.connection.execute(query)}

    def add_group(self, field: Field, code: str) -> int:
        """Add a group with this code."""
        table, _ = _GROUPS[field]
        made = self._access.ids()
        self._access.connection.execute(
            insert(table).values(id=made, workspace_id=self._access.workspace, code=code, description=code)
        )
        return made

    def groups_of(self, field: Field, wanted: Iterable[ContactId]) -> dict[ContactId, tuple[int, ...]]:
        """Return the groups of a kind in which contacts are."""
        _, membership = _GROUPS[field]
        query = (
            select(membership.c.contact_id, _group(membership))
            .where(self._access.mine(membership), membership.c.contact_id.in_(list(wanted)))
            .order_by(_group(membership))
        )
        found: dict[ContactId, tuple[int, ...]] = {}
        for contact, group in self._access.connection.execute(query):
            found[contact] = (*found.get(contact, ()), group)
        return found

    def add(self, written: Sequence[Written]) -> None:
        """Insert new contacts."""
        now = contacts.c.created_at.type.bind_processor(self._access.connection.dialect)(  # type: ignore[misc]
            self._access.clock.now()
        )
        workspace = self._access.workspace
        searches = [search_text(one.contact) for one in written]
        marked = [self._index.marked(search) for search in searches]
        rows = [
            (*values(one.contact), workspace, now, search, match_key(one.contact))
            for one, search in zip(written, marked, strict=True)
        ]
        columns = (*COLUMNS, "workspace_id", "created_at", "search", "match_key")
        insert_rows(self._access.connection, "contacts", columns, rows)
        self._index.write([(one.contact.id, search) for one, search in zip(written, marked, strict=True)])
        self._learn(searches)
        self._join(written)

    def change(self, written: Sequence[Written]) -> None:
        """Write back changed contacts, one revision on."""
        if not written:
            return
        before = self._indexed([one.contact.id for one in written])
        parameters = [self._parameters(one.contact) for one in written]
        statement = (
            update(contacts)
            .where(self._access.mine(contacts), contacts.c.id == bindparam("b_id"))
            .values(
                {name: bindparam(f"b_{name}") for name in (*COLUMNS, "search", "match_key") if name != "id"}
            )
        )
        self._access.connection.execute(statement, parameters)
        after = {one["b_id"]: one["b_search"] for one in parameters}
        moved = [row for row in before if after[row[0]] != row[1]]
        self._index.replace(moved, [(contact, after[contact]) for contact, _ in moved])
        self._leave(written)
        self._join(written)

    def part(self, gone: Iterable[ContactId]) -> None:
        """Take contacts out of all their groups, before they are deleted."""
        for membership in memberships:
            self._access.connection.execute(
                delete(membership).where(
                    self._access.mine(membership), membership.c.contact_id.in_(list(gone))
                )
            )

    def note(self, wanted: ImportId, written: Sequence[Written]) -> None:
        """Register what contacts were before; of a contact changed twice, what it was at first."""
        noted = self._noted(wanted, [one.contact.id for one in written if one.before])
        for one in written:
            if one.contact.id in noted:
                self._note_again(wanted, one, noted[one.contact.id])
        insert_rows(
            self._access.connection,
            "import_changes",
            ("workspace_id", "import_id", "contact_id", "revision", "before"),
            [
                (self._access.workspace, wanted, one.contact.id, _revision(one), _before_as_json(one))
                for one in written
                if one.contact.id not in noted
            ],
        )

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex(self._access)

    def _learn(self, searches: Iterable[str]) -> None:
        words = {word for search in searches for word in search.split()} - self._learnt
        self._index.words.learn(words)
        if len(self._learnt) > _REMEMBERED:
            self._learnt.clear()
        self._learnt |= words

    def _noted(self, wanted: ImportId, changed: list[ContactId]) -> dict[ContactId, dict[str, Any] | None]:
        if not changed:
            return {}
        query = select(import_changes.c.contact_id, import_changes.c.before).where(
            self._access.mine(import_changes),
            import_changes.c.import_id == wanted,
            import_changes.c.contact_id.in_(changed),
        )
        return {ContactId(row.contact_id): row.before for row in self._access.connection.execute(query)}

    def _note_again(self, wanted: ImportId, written: Written, before: dict[str, Any] | None) -> None:
        self._access.connection.execute(
            update(import_changes)
            .where(
                self._access.mine(import_changes),
                import_changes.c.import_id == wanted,
                import_changes.c.contact_id == written.contact.id,
            )
            .values(before=None if before is None else _before(written) | before, revision=_revision(written))
        )

    def _parameters(self, contact: Contact) -> dict[str, Any]:
        row = dict(zip(COLUMNS, values(contact), strict=True))
        row |= {"revision": contact.revision + 1, "match_key": match_key(contact)}
        row["search"] = self._index.marked(search_text(contact))
        return {f"b_{name}": value for name, value in row.items()}

    def _indexed(self, wanted: list[ContactId]) -> list[tuple[int, str]]:
        query = select(contacts.c.id, contacts.c.search).where(
            self._access.mine(contacts), contacts.c.id.in_(wanted)
        )
        return [(row.id, row.search) for row in self._access.connection.execute(query)]

    def _leave(self, written: Sequence[Written]) -> None:
        for field, (_, membership) in _GROUPS.items():
            leaving = [one.contact.id for one in written if field in one.groups]
            if leaving:
                self._access.connection.execute(
                    delete(membership).where(
                        self._access.mine(membership), membership.c.contact_id.in_(leaving)
                    )
                )

    def _join(self, written: Sequence[Written]) -> None:
        workspace = self._access.workspace
        rows: dict[Field, list[Values]] = {field: [] for field in _GROUPS}
        for one in written:
            for field, groups in one.groups.items():
                rows[field] += [(workspace, one.contact.id, group) for group in groups]
        for field, (_, membership) in _GROUPS.items():
            columns = ("workspace_id", "contact_id", _group(membership).name)
            insert_rows(self._access.connection, membership.name, columns, rows[field])


def _group(membership: Table) -> Any:
    return next(column for column in membership.c if column.name not in ("workspace_id", "contact_id"))


def split_before(before: Mapping[str, Any]) -> tuple[dict[str, Any], GroupIds]:
    """Return the columns and the groups that a contact had before an import."""
    columns = {name: value for name, value in before.items() if not name.startswith(_GROUP_MARK)}
    groups = {
        Field(name.removeprefix(_GROUP_MARK)): tuple(ids)
        for name, ids in before.items()
        if name.startswith(_GROUP_MARK)
    }
    return columns, groups


def _revision(written: Written) -> int:
    """Return the revision that the contact has once it is written."""
    return written.contact.revision + (written.before is not None)


def _before_as_json(written: Written) -> str | None:
    return None if written.before is None else json.dumps(_before(written))


def _before(written: Written) -> dict[str, Any]:
    """Return what the contact had in the columns and groups that are about to change."""
    assert written.before is not None  # noqa: S101 - asked for changed contacts only
    old, new = (dict(zip(COLUMNS, values(one), strict=True)) for one in (written.before, written.contact))
    changed: dict[str, Any] = {name: value for name, value in old.items() if new[name] != value}
    groups = written.groups_before or {}
    return changed | {f"{_GROUP_MARK}{field.value}": list(groups.get(field, ())) for field in written.groups}
