"""Exports of the log that are still to be written (`product.md` 7)."""

from sqlalchemy import CheckConstraint, Column, Integer, String, Table, Text

from bot.domain.entry_exports import SheetFormat
from storage.tables.base import belongs, key, metadata, one_of, owned, refers, workspace
from storage.types import Id, Instant

exports = Table(
    "exports",
    metadata,
    key(),
    workspace(),
    Column("person_id", Id, nullable=False),
    Column("format", String(10), nullable=False),
    Column("asked", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("ordered_at", Instant, nullable=False),
    Column("lease_until", Instant),
    CheckConstraint(one_of("format", SheetFormat), name="format"),
    owned(),
    belongs(),
    refers("person_id", "salespeople"),
    comment="One row per file that is still to be written; it goes when the file is handed to the outbox.",
)
