"""What every table has in common."""

from sqlalchemy import Column, ForeignKeyConstraint, MetaData, UniqueConstraint

from storage.types import Id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def key() -> Column[int]:
    """Return the primary key column; its values are made by us."""
    return Column("id", Id, primary_key=True, autoincrement=False)


def workspace() -> Column[int]:
    """Return the column that says whose row this is."""
    return Column("workspace_id", Id, nullable=False)


def owned() -> UniqueConstraint:
    """Return the constraint that lets other tables refer to a row together with its workspace."""
    return UniqueConstraint("workspace_id", "id")


def belongs() -> ForeignKeyConstraint:
    """Return the reference to the workspace."""
    return ForeignKeyConstraint(["workspace_id"], ["workspaces.id"])


def refers(column: str, table: str) -> ForeignKeyConstraint:
    """Return a reference that can't leave the workspace."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])


def one_of(column: str, values: type) -> str:
    """Return the SQL condition that `column` holds a member of the StrEnum `values` or nothing."""
    members = ", ".join(f"'{member}'" for member in values)  # type: ignore[attr-defined]
    return f"{column} IN ({members})"
