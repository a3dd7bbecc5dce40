"""The groups in which a contact is, by the table that says so."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Column, Table, delete, select

from bot.domain.ids import ContactId
from storage.access import Access
from storage.bulk import insert_rows
from storage.references import memberships

Groups = Mapping[str, Sequence[int]]


def groups_of(access: Access, contact: ContactId) -> dict[str, list[int]]:
    """Return the groups in which a contact is."""
    return {
        table.name: sorted(
            access.connection.scalars(
                select(_group(table)).where(access.mine(table), table.c.contact_id == contact)
            )
        )
        for table in memberships
    }


def join(access: Access, contact: ContactId, groups: Groups) -> None:
    """Put a contact into groups in which it is not, as far as these are there."""
    for table in memberships:
        columns = ("workspace_id", "contact_id", _group(table).name)
        rows = [(access.workspace, contact, group) for group in groups.get(table.name, ())]
        insert_rows(access.connection, table.name, columns, rows)


def part(access: Access, contact: ContactId, groups: Groups) -> None:
    """Take a contact out of groups."""
    for table in memberships:
        access.connection.execute(
            delete(table).where(
                access.mine(table),
                table.c.contact_id == contact,
                _group(table).in_(groups.get(table.name, ())),
            )
        )


def missing(wanted: Groups, there: Groups) -> dict[str, list[int]]:
    """Return the groups that are wanted and not there."""
    return {
        name: [group for group in groups if group not in there.get(name, ())]
        for name, groups in wanted.items()
    }


def _group(table: Table) -> Column[int]:
    return next(column for column in table.c if column.name not in ("workspace_id", "contact_id"))
