"""When people work, and when each is reminded next (`product.md` 5)."""

from sqlalchemy import Boolean, Column, Date, String, Table, Time, true

from storage.tables.base import belongs, metadata, refers
from storage.types import Id, Instant, Json

preferences = Table(
    "preferences",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    Column("days", String(7), nullable=False),
    Column("starts", Time, nullable=False),
    Column("ends", Time, nullable=False),
    Column("days_off", Json, nullable=False),
    Column("zone", String(64)),
    Column("country", String(2)),
    Column("language", String(10)),
    Column("reminders", Boolean, nullable=False, server_default=true()),
    belongs(),
    refers("person_id", "salespeople"),
    comment="What a person chose himself; without a row everything is as Slack and the calendar say.",
)

reminders = Table(
    "reminders",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    Column("next_at", Instant, nullable=False, index=True),
    Column("last_day", Date),
    belongs(),
    refers("person_id", "salespeople"),
    comment="One row per person: when to look again whether something waits for him.",
)
