"""What arrived by itself: recorded, or open until somebody answers."""

from sqlalchemy import Boolean, CheckConstraint, Column, Index, String, Table, UniqueConstraint, false, text

from bot.domain.inbox import ArrivalKind, ArrivalState, Reason
from storage.tables.base import belongs, key, metadata, one_of, owned, refers, workspace
from storage.types import Id, Instant, Json

FULL = "state <> 'open' AND NOT emptied"
"""What was decided, and whose words are still there."""

inbox = Table(
    "inbox",
    metadata,
    key(),
    workspace(),
    Column("kind", String(10), nullable=False),
    Column("key", String(200), nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("word", String(60), nullable=False, server_default=""),
    Column("state", String(10), nullable=False),
    Column("reason", String(20)),
    Column("came", Json, nullable=False),
    Column("emptied", Boolean, nullable=False, server_default=false()),
    Column("came_at", Instant, nullable=False),
    Column("salesperson_id", Id),
    Column("attachment_id", Id),
    Column("entry_id", Id),
    Column("decided_by", Id),
    Column("decided_at", Instant),
    UniqueConstraint("workspace_id", "kind", "key"),
    CheckConstraint(one_of("kind", ArrivalKind), name="kind"),
    CheckConstraint(one_of("state", ArrivalState), name="state"),
    CheckConstraint(one_of("reason", Reason), name="reason"),
    CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
    owned(),
    belongs(),
    refers("salesperson_id", "salespeople"),
    refers("attachment_id", "attachments"),
    refers("decided_by", "salespeople"),
    Index(
        "ix_inbox_open",
        "workspace_id",
        "came_at",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index("ix_inbox_full", "decided_at", sqlite_where=text(FULL), postgresql_where=text(FULL)),
    Index(
        "ix_inbox_entry",
        "workspace_id",
        "entry_id",
        sqlite_where=text("entry_id IS NOT NULL"),
        postgresql_where=text("entry_id IS NOT NULL"),
    ),
    Index(
        "ix_inbox_attached",
        "workspace_id",
        "attachment_id",
        sqlite_where=text("attachment_id IS NOT NULL"),
        postgresql_where=text("attachment_id IS NOT NULL"),
    ),
    comment="What arrived by itself; `word` is the folded type, `came` is emptied once nobody needs it.",
)
