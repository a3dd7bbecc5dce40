"""Two rows of one person: everything that refers to the one is made to refer to the other."""

from collections.abc import Iterable

from sqlalchemy import Column, Table, Text, cast, delete, null, select, update

from bot.domain.ids import PersonId
from storage.access import Access
from storage.tables import metadata
from storage.tables.contacts import import_changes
from storage.tables.interactions import drafts
from storage.tables.people import salespeople, team_managers
from storage.tables.removals import removed_contacts

_WITHIN_JSON = (
    (drafts, drafts.c.form, "salesperson"),
    (import_changes, import_changes.c.before, "salesperson_id"),
    (removed_contacts, removed_contacts.c.before, "salesperson_id"),
)


def merge(access: Access, kept: PersonId, gone: PersonId) -> None:
    """Let `kept` take the place of `gone` everywhere, and delete that row.

    History says who acted and is never rewritten: `gone` must never have acted.
    """
    for column in _references():
        statement = update(column.table).where(access.mine(column.table), column == gone)
        access.connection.execute(statement.values({column: kept}))
    for table, json, name in _WITHIN_JSON:
        _rename(access, table, json, name, (kept, gone))
    access.connection.execute(delete(salespeople).where(access.mine(salespeople), salespeople.c.id == gone))


def _references() -> Iterable[Column[int]]:
    """Return every column that refers to a salesperson; which teams he manages cannot simply be overwritten."""
    for table in metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table is salespeople and table is not team_managers:
                yield constraint.elements[-1].parent


def _rename(
    access: Access, table: Table, json: Column[dict[str, object]], name: str, ids: tuple[PersonId, PersonId]
) -> None:
    kept, gone = ids
    keys = list(table.primary_key.columns)
    named = cast(json[name].as_string(), Text) == str(gone)  # SQLite gives a number, PostgreSQL its digits
    found = access.connection.execute(
        select(*keys, json).where(access.mine(table), json.is_not(null()), named)
    )
    for *values, before in found.all():
        row = (key == value for key, value in zip(keys, values, strict=True))
        access.connection.execute(update(table).where(*row).values({json: {**before, name: kept}}))
