"""Contacts (`domain.md` 1.9), their groups, and the imports that brought them."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.domain.contacts import ContactType
from bot.domain.interactions import Correspondence
from storage.tables.base import belongs, key, metadata, one_of, owned, refers, workspace
from storage.types import Id, Instant, Json

contacts = Table(
    "contacts",
    metadata,
    key(),
    workspace(),
    Column("number", String(20), nullable=False),
    Column("type", String(10), nullable=False),
    Column("name", Text, nullable=False),
    Column("first_name", Text, nullable=False, server_default=""),
    Column("middle_name", Text, nullable=False, server_default=""),
    Column("surname", Text, nullable=False, server_default=""),
    Column("company_id", Id),
    Column("job_title", Text, nullable=False, server_default=""),
    Column("phone", Text, nullable=False, server_default=""),
    Column("mobile", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, server_default=""),
    Column("email2", Text, nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    Column("post_code", Text, nullable=False, server_default=""),
    Column("city", Text, nullable=False, server_default=""),
    Column("country", String(2), nullable=False, server_default=""),
    Column("territory", Text, nullable=False, server_default=""),
    Column("language", String(10), nullable=False, server_default=""),
    Column("salesperson_id", Id),
    Column("correspondence", String(20)),
    Column("salutation", Text, nullable=False, server_default=""),
    Column("organizational_level", Text, nullable=False, server_default=""),
    Column("exclude_from_segment", Boolean, nullable=False, server_default=false()),
    Column("privacy_blocked", Boolean, nullable=False, server_default=false()),
    Column("minor", Boolean, nullable=False, server_default=false()),
    Column("parental_consent", Boolean, nullable=False, server_default=false()),
    Column("match_key", Text, nullable=False, server_default=""),
    Column("search", Text, nullable=False, server_default=""),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "number"),
    CheckConstraint(one_of("type", ContactType), name="type"),
    CheckConstraint(one_of("correspondence", Correspondence), name="correspondence"),
    CheckConstraint("type = 'person' OR company_id IS NULL", name="company_of_person"),
    CheckConstraint("NOT minor OR parental_consent OR privacy_blocked", name="minor_blocked"),
    owned(),
    belongs(),
    refers("company_id", "contacts"),
    refers("salesperson_id", "salespeople"),
    Index(None, "workspace_id", "company_id"),
    Index(None, "workspace_id", "salesperson_id"),
    Index(None, "workspace_id", "email"),
    Index(
        "ix_contacts_email2",
        "workspace_id",
        "email2",
        sqlite_where=text("email2 <> ''"),
        postgresql_where=text("email2 <> ''"),
    ),
    Index(None, "workspace_id", "match_key"),
)


def _coded(name: str) -> Table:
    return Table(
        name,
        metadata,
        key(),
        workspace(),
        Column("code", String(20), nullable=False),
        Column("description", Text, nullable=False, server_default=""),
        UniqueConstraint("workspace_id", "code"),
        owned(),
        belongs(),
    )


def _membership(name: str, column: str, table: str) -> Table:
    return Table(
        name,
        metadata,
        Column("workspace_id", Id, primary_key=True),
        Column("contact_id", Id, primary_key=True),
        Column(column, Id, primary_key=True),
        refers("contact_id", "contacts"),
        refers(column, table),
        Index(None, "workspace_id", column),
    )


mailing_groups = _coded("mailing_groups")
industry_groups = _coded("industry_groups")
job_responsibilities = _coded("job_responsibilities")
contact_mailing_groups = _membership("contact_mailing_groups", "group_id", "mailing_groups")
contact_industry_groups = _membership("contact_industry_groups", "group_id", "industry_groups")
contact_job_responsibilities = _membership(
    "contact_job_responsibilities", "responsibility_id", "job_responsibilities"
)

imports = Table(
    "imports",
    metadata,
    key(),
    workspace(),
    Column("file", Text, nullable=False),
    Column("actor_id", Id),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("reverted_at", Instant),
    Column("counts", Json, nullable=False),
    owned(),
    belongs(),
    refers("actor_id", "salespeople"),
)

import_changes = Table(
    "import_changes",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("import_id", Id, primary_key=True),
    Column("contact_id", Id, primary_key=True),
    Column("before", Json, nullable=True),
    Column("revision", Integer, nullable=False),
    refers("import_id", "imports"),
    comment="What an import changed; `before` is empty where it made the contact.",
)
