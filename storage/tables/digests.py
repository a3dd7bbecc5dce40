"""Digests: who is told of which team, when, and which periods were told already (`product.md` 10)."""

from sqlalchemy import CheckConstraint, Column, Date, Integer, String, Table, Time, UniqueConstraint

from bot.domain.digests import Cadence
from storage.tables.base import belongs, key, metadata, one_of, owned, refers, workspace
from storage.types import Id, Instant

digests = Table(
    "digests",
    metadata,
    key(),
    workspace(),
    Column("team_id", Id, nullable=False),
    Column("person_id", Id, nullable=False),
    Column("cadence", String(10), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("at", Time, nullable=False),
    Column("channel", String(32)),
    Column("next_at", Instant, index=True),
    UniqueConstraint("workspace_id", "team_id", "person_id"),
    CheckConstraint(one_of("cadence", Cadence), name="cadence"),
    CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    owned(),
    belongs(),
    refers("team_id", "teams"),
    refers("person_id", "salespeople"),
    comment="How one manager is told of one team; `next_at` is empty while paused.",
)

digest_runs = Table(
    "digest_runs",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("digest_id", Id, primary_key=True),
    Column("cadence", String(10), primary_key=True),
    Column("first", Date, primary_key=True),
    Column("composed_at", Instant, nullable=False),
    refers("digest_id", "digests"),
    comment="One row per period that was told, or had nothing new to tell: nobody tells it again.",
)
