"""Jobs: when each ran, and the cards that announce what will be deleted (`product.md` 9)."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, Text

from bot.domain.purge import CardState
from storage.tables.base import belongs, key, metadata, one_of, owned, refers, workspace
from storage.types import Id, Instant, Json

jobs = Table(
    "jobs",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("next_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    Column("result", Text, nullable=False, server_default=""),
    Column("error", Text, nullable=False, server_default=""),
    Column("failed_at", Instant),
    comment="One row per job, for all processes: whoever moves `next_at` runs it.",
)

purge_cards = Table(
    "purge_cards",
    metadata,
    key(),
    workspace(),
    Column("after", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("state", String(12), nullable=False),
    Column("announced_at", Instant, nullable=False),
    Column("kept_until", Instant),
    Column("ended_at", Instant),
    Column("count", Integer, nullable=False),
    Column("deleted", Integer, nullable=False, server_default="0"),
    Column("ordered_by", Id),
    Column("filters", Json, nullable=False),
    Column("lease_until", Instant),
    CheckConstraint(one_of("state", CardState), name="state"),
    owned(),
    belongs(),
    refers("ordered_by", "salespeople"),
    Index(None, "workspace_id", "state"),
    comment="A card announces the entries canceled after `after` and until `until`; nothing else is deleted.",
)
