"""What every part of the storage needs to reach its rows."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, true
from sqlalchemy.dialects import postgresql, sqlite

from bot.clock import Clock, Ids
from bot.domain.ids import WorkspaceId

Row = RowMapping


@dataclass(frozen=True, slots=True)
class Access:
    """One open transaction of one workspace."""

    connection: Connection
    workspace: WorkspaceId
    clock: Clock
    ids: Ids

    def mine(self, table: Table) -> ColumnElement[bool]:
        """Return the condition that a row is this workspace's."""
        return table.c.workspace_id == self.workspace

    def insert_once(self, table: Table, *unique: str) -> Any:
        """Return an INSERT that writes nothing when a row with this `unique` key is there."""
        return _insert_once(table, self.dialect, unique)

    def upsert(self, table: Table) -> Any:
        """Return the dialect's own INSERT, which knows ON CONFLICT."""
        return upsert_into(table, self.dialect)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.connection.dialect.name


def upsert_into(table: Table, dialect: str) -> Any:  # both Inserts share the methods used here, but no type
    """Return the dialect's own INSERT, which knows ON CONFLICT; its result tells how many rows it wrote."""
    statement = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    return statement.execution_options(preserve_rowcount=True)  # else PostgreSQL's always says -1


@lru_cache(maxsize=64)
def _insert_once(table: Table, dialect: str, unique: tuple[str, ...]) -> Any:
    return upsert_into(table, dialect).on_conflict_do_nothing(index_elements=["workspace_id", *unique])


def always() -> ColumnElement[bool]:
    """Return the condition that holds nothing back."""
    return true()
