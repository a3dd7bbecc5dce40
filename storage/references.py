"""Every column that names a contact, derived from the tables: a new one is given to the heir as well."""

from dataclasses import dataclass

from sqlalchemy import Column, Table

from storage.tables import metadata
from storage.tables.contacts import (
    contact_industry_groups,
    contact_job_responsibilities,
    contact_mailing_groups,
    contacts,
)
from storage.tables.interactions import drafts
from storage.tables.segments import segment_lines

memberships = (contact_mailing_groups, contact_industry_groups, contact_job_responsibilities)


@dataclass(frozen=True, slots=True)
class Place:
    """A column that names a contact; `keys` find its row within the workspace: an id, or an id and a line."""

    table: Table
    column: Column[int]
    keys: tuple[Column[int], ...]

    @property
    def name(self) -> str:
        """Table and column, as in `entries.contact_id`."""
        return f"{self.table.name}.{self.column.name}"

    @property
    def stays_empty(self) -> bool:
        """Whether it names nobody once a contact is deleted: what was not done yet is not done with somebody else."""
        return self.table in (drafts, segment_lines)


def _places() -> tuple[Place, ...]:
    return tuple(
        Place(table, reference.elements[-1].parent, _keys(table))
        for table in metadata.sorted_tables
        if table not in memberships
        for reference in table.foreign_key_constraints
        if reference.referred_table is contacts
    )


def _keys(table: Table) -> tuple[Column[int], ...]:
    return tuple(column for column in table.primary_key.columns if column.name != "workspace_id")


PLACES = {place.name: place for place in _places()}
REMOVED_BY = "segment_lines.removed_by"
"""Beside the places: a line that gave way to the other contact's line in the same segment."""
