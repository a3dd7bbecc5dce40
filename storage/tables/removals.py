"""Contacts that were merged into another or deleted, and what named them (`product.md` 11)."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, text

from bot.domain.removals import RemovalKind, RemovalState
from storage.tables.base import belongs, key, metadata, one_of, owned, refers, workspace
from storage.types import Id, Instant, Json

removed_contacts = Table(
    "removed_contacts",
    metadata,
    key(),
    workspace(),
    Column("contact_id", Id, nullable=False),
    Column("number", String(20), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("heir_id", Id),
    Column("state", String(10), nullable=False),
    Column("operation_id", Id, nullable=False),
    Column("before", Json, nullable=False),
    Column("filled", Json, nullable=False),
    Column("removed_at", Instant, nullable=False),
    CheckConstraint(one_of("kind", RemovalKind), name="kind"),
    CheckConstraint(one_of("state", RemovalState), name="state"),
    owned(),
    belongs(),
    refers("heir_id", "contacts"),
    refers("operation_id", "operations"),
    Index(None, "workspace_id", "number"),
    Index(None, "workspace_id", "heir_id"),
    Index(None, "workspace_id", "contact_id"),
    Index(None, "workspace_id", "operation_id"),
    Index(
        "ix_removed_contacts_under_way",
        "id",
        sqlite_where=text("state IN ('moving', 'returning')"),
        postgresql_where=text("state IN ('moving', 'returning')"),
    ),
    comment="Contacts that were merged into another, or deleted: what they were, while that can be undone.",
)

removed_references = Table(
    "removed_references",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("removal_id", Id, primary_key=True),
    Column("place", String(40), primary_key=True),
    Column("item_id", Id, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("before", Integer),
    refers("removal_id", "removed_contacts"),
    comment="What named a removed contact and names its heir now.",
)
