"""Imports of contacts that were ordered in Slack and have not come to their end."""

from sqlalchemy import CheckConstraint, Column, Integer, String, Table, Text, UniqueConstraint

from bot.domain.import_orders import OrderState
from storage.tables.base import belongs, key, metadata, one_of, owned, refers, workspace
from storage.types import Id, Instant, Json

import_orders = Table(
    "import_orders",
    metadata,
    key(),
    workspace(),
    Column("person_id", Id, nullable=False),
    Column("state", String(10), nullable=False),
    Column("file", Text, nullable=False),
    Column("slack_file", Text, nullable=False),
    Column("import_id", Id),
    Column("place", Integer, nullable=False, server_default="0"),
    Column("total", Integer, nullable=False, server_default="0"),
    Column("counts", Json, nullable=False),
    Column("claims", Integer, nullable=False, server_default="0"),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("ordered_at", Instant, nullable=False),
    Column("lease_until", Instant),
    CheckConstraint(one_of("state", OrderState), name="state"),
    UniqueConstraint("workspace_id", "import_id"),
    owned(),
    belongs(),
    refers("person_id", "salespeople"),
    refers("import_id", "imports"),
    comment="One row per file that is looked through, asked about or imported, or import that is taken back.",
)

import_faults = Table(
    "import_faults",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("order_id", Id, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("reason", Text, nullable=False),
    refers("order_id", "import_orders"),
    comment="The rows that could not be taken over, until the error file is written.",
)
