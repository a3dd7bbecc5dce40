"""Workspaces, salespeople, teams, settings."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from bot.domain.people import Role
from storage.tables.base import belongs, key, metadata, one_of, owned, refers, workspace
from storage.types import Id, Instant, Json

workspaces = Table(
    "workspaces",
    metadata,
    key(),
    Column("ordinal", Integer, nullable=False, unique=True),
    Column("slack_team", String(32), nullable=False, unique=True),
    Column("name", Text, nullable=False, server_default=""),
    Column("demo", Boolean, nullable=False, server_default=false()),
    Column("created_at", Instant, nullable=False),
)

teams = Table(
    "teams",
    metadata,
    key(),
    workspace(),
    Column("name", String(80), nullable=False),
    Column("user_group", String(32)),
    Column("group_handle", String(80), nullable=False, server_default=""),
    Column("followed_at", Instant),
    Column("trouble", String(10)),
    UniqueConstraint("workspace_id", "name"),
    owned(),
    belongs(),
)

salespeople = Table(
    "salespeople",
    metadata,
    key(),
    workspace(),
    Column("slack_id", String(32)),
    Column("code", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("search", Text, nullable=False, server_default=""),
    Column("email", Text),
    Column("zone", String(64), nullable=False),
    Column("told_zone", String(64), nullable=False, server_default=""),
    Column("country", String(2)),
    Column("locale", String(20), nullable=False),
    Column("told_locale", String(20), nullable=False, server_default=""),
    Column("role", String(20), nullable=False, server_default="salesperson"),
    Column("team_id", Id),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("confirmed", Boolean, nullable=False, server_default=true()),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "slack_id"),
    UniqueConstraint("workspace_id", "code"),
    UniqueConstraint("workspace_id", "email"),
    CheckConstraint(one_of("role", Role), name="role"),
    owned(),
    belongs(),
    refers("team_id", "teams"),
)

team_managers = Table(
    "team_managers",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("team_id", Id, primary_key=True),
    Column("person_id", Id, primary_key=True),
    refers("team_id", "teams"),
    refers("person_id", "salespeople"),
)

settings = Table(
    "settings",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("key", String(60), primary_key=True),
    Column("value", Json, nullable=False),
    belongs(),
)

number_series = Table(
    "number_series",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("code", String(20), primary_key=True),
    Column("prefix", String(10), nullable=False),
    Column("digits", Integer, nullable=False),
    Column("next", Integer, nullable=False),
    Column("manual", Boolean, nullable=False, server_default=false()),
    CheckConstraint("next > 0", name="next"),
    belongs(),
)
