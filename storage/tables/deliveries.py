"""What is to be said to people, where their answers go, and the keys that make repeats harmless."""

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

from bot.domain.deliveries import DeliveryKind, DeliveryState
from storage.tables.base import belongs, key, metadata, one_of, owned, refers, workspace
from storage.types import Id, Instant, Json

answers = Table(
    "answers",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("key", String(60), primary_key=True),
    Column("person_id", Id, nullable=False),
    Column("response_url", Text),
    Column("response_replaces", Boolean, nullable=False, server_default=false()),
    Column("response_uses", Integer, nullable=False, server_default="0"),
    Column("response_expires_at", Instant),
    Column("channel", String(32)),
    Column("ts", String(32)),
    belongs(),
    refers("person_id", "salespeople"),
    comment="One message per form: where it stands, so that the next word replaces it.",
)

deliveries = Table(
    "deliveries",
    metadata,
    key(),
    workspace(),
    Column("key", String(120), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("person_id", Id),
    Column("answer_key", String(60)),
    Column("payload", Json, nullable=False),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Instant, nullable=False),
    Column("lease_until", Instant),
    Column("reason", Text),
    Column("created_at", Instant, nullable=False),
    Column("settled_at", Instant),
    UniqueConstraint("workspace_id", "key"),
    CheckConstraint(one_of("kind", DeliveryKind), name="kind"),
    CheckConstraint(one_of("state", DeliveryState), name="state"),
    owned(),
    belongs(),
    refers("person_id", "salespeople"),
    Index(
        "ix_deliveries_due",
        "next_at",
        sqlite_where=text("state IN ('due', 'sending', 'unknown')"),
        postgresql_where=text("state IN ('due', 'sending', 'unknown')"),
    ),
    Index(None, "workspace_id", "answer_key"),
)

request_keys = Table(
    "request_keys",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("result", Json, nullable=False),
    Column("created_at", Instant, nullable=False, index=True),
    belongs(),
    comment="Keys of requests already carried out, with their first answer; kept two days.",
)
