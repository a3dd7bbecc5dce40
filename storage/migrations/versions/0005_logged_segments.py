"""Logged segments, and what became of each line; campaign entries."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPERATIONS_BEFORE = (
    "log",
    "quick_log",
    "discard",
    "follow_up",
    "cancel",
    "reinstate",
    "evaluate",
    "complete",
)
_OPERATIONS = (*_OPERATIONS_BEFORE, "log_segment", "cancel_segment", "reinstate_segment")
_ITEMS_BEFORE = ("entry", "task", "draft", "contact")
_ITEMS = (*_ITEMS_BEFORE, "logged")
_SERIES = ("REGISTER", "CAMPENTRY")


def upgrade() -> None:
    _kinds("operations", _OPERATIONS)
    _kinds("operation_items", _ITEMS)
    _create_logged_segments()
    _create_segment_entries()
    _create_campaign_entries()
    op.create_index(
        "ix_entries_attached",
        "entries",
        ["workspace_id", "attachment_id"],
        unique=False,
        sqlite_where=sa.text("attachment_id IS NOT NULL"),
        postgresql_where=sa.text("attachment_id IS NOT NULL"),
    )
    for code in _SERIES:
        columns = "workspace_id, code, prefix, digits, next"
        op.execute(f"INSERT INTO number_series ({columns}) SELECT id, '{code}', '', 1, 1 FROM workspaces")  # noqa: S608 - our own words


def downgrade() -> None:
    op.drop_index("ix_entries_attached", table_name="entries")
    for code in _SERIES:
        op.execute(f"DELETE FROM number_series WHERE code = '{code}'")  # noqa: S608 - our own words
    for table in ("campaign_entries", "segment_entries", "logged_segments"):
        op.drop_table(table)
    _kinds("operation_items", _ITEMS_BEFORE)
    _kinds("operations", _OPERATIONS_BEFORE)


def _kinds(table: str, kinds: tuple[str, ...]) -> None:
    """Let the table's `kind` be one of these; rows of other kinds are deleted."""
    members = ", ".join(f"'{kind}'" for kind in kinds)
    if table == "operations":
        gone = f"SELECT id FROM operations WHERE kind NOT IN ({members})"  # noqa: S608 - our own words
        op.execute(f"DELETE FROM operation_items WHERE operation_id IN ({gone})")  # noqa: S608
        op.execute(f"UPDATE entries SET operation_id = NULL WHERE operation_id IN ({gone})")  # noqa: S608
    op.execute(f"DELETE FROM {table} WHERE kind NOT IN ({members})")  # noqa: S608 - our own words
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_kind"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_kind"), f"kind IN ({members})")


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, _ID, autoincrement=False, nullable=False)


def _link(name: str) -> sa.Column[int]:
    return sa.Column(name, _ID)


def _belongs(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_workspace_id")
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=name)


def _owned(table: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("workspace_id", "id", name=op.f(f"uq_{table}_workspace_id_id"))


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_workspace_id_{column}")
    there = [f"{other}.workspace_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["workspace_id", column], there, name=name)


def _create_logged_segments() -> None:
    op.create_table(
        "logged_segments",
        _key("id"),
        _key("workspace_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _link("segment_id"),
        sa.Column("segment_number", sa.String(20), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        _key("logged_by"),
        sa.Column("logged_at", storage.types.Instant(), nullable=False),
        _link("operation_id"),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("cursor", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_until", storage.types.Instant()),
        sa.Column("follow_up", sa.Boolean(), server_default=sa.false(), nullable=False),
        _link("follow_up_id"),
        sa.Column("rest", sa.Boolean(), server_default=sa.false(), nullable=False),
        _link("rest_id"),
        sa.Column("send", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("canceled_at", storage.types.Instant()),
        _link("canceled_by"),
        _key("asked_by"),
        sa.Column("answer_key", sa.String(60), nullable=False),
        sa.CheckConstraint(
            "state IN ('logging', 'resting', 'following', 'packing', 'logged', 'undoing', 'undone', "
            "'canceling', 'reinstating', 'deleting')",
            name=op.f("ck_logged_segments_state"),
        ),
        _refers("logged_segments", "asked_by", "salespeople"),
        _refers("logged_segments", "canceled_by", "salespeople"),
        _refers("logged_segments", "follow_up_id", "segments"),
        _refers("logged_segments", "logged_by", "salespeople"),
        _refers("logged_segments", "operation_id", "operations"),
        _refers("logged_segments", "rest_id", "segments"),
        _refers("logged_segments", "segment_id", "segments"),
        _belongs("logged_segments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logged_segments")),
        _owned("logged_segments"),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_logged_segments_workspace_id_number")),
    )
    op.create_index(
        "ix_logged_segments_running",
        "logged_segments",
        ["lease_until"],
        unique=False,
        sqlite_where=sa.text("state NOT IN ('logged', 'undone')"),
        postgresql_where=sa.text("state NOT IN ('logged', 'undone')"),
    )
    op.create_index(
        op.f("ix_logged_segments_workspace_id_logged_at"),
        "logged_segments",
        ["workspace_id", "logged_at"],
        unique=False,
    )
    op.create_index(
        "uq_logged_segments_once",
        "logged_segments",
        ["workspace_id", "segment_number"],
        unique=True,
        sqlite_where=sa.text("state <> 'undone'"),
        postgresql_where=sa.text("state <> 'undone'"),
    )


def _create_segment_entries() -> None:
    op.create_table(
        "segment_entries",
        _key("workspace_id"),
        _key("logged_id"),
        sa.Column("line", sa.Integer(), nullable=False),
        _key("entry_id"),
        sa.Column("contact_via", sa.Text(), server_default="", nullable=False),
        sa.Column("delivery", sa.String(12), server_default="", nullable=False),
        sa.CheckConstraint(
            "delivery IN ('', 'in_progress', 'error')", name=op.f("ck_segment_entries_delivery")
        ),
        _refers("segment_entries", "entry_id", "entries"),
        _refers("segment_entries", "logged_id", "logged_segments"),
        sa.PrimaryKeyConstraint("workspace_id", "logged_id", "line", name=op.f("pk_segment_entries")),
        sa.UniqueConstraint(
            "workspace_id", "entry_id", name=op.f("uq_segment_entries_workspace_id_entry_id")
        ),
        comment="Which entry a line became: a line is logged once and only once.",
    )
    op.create_index(
        "ix_segment_entries_in_progress",
        "segment_entries",
        ["workspace_id", "logged_id", "line"],
        unique=False,
        sqlite_where=sa.text("delivery = 'in_progress'"),
        postgresql_where=sa.text("delivery = 'in_progress'"),
    )


def _create_campaign_entries() -> None:
    op.create_table(
        "campaign_entries",
        _key("id"),
        _key("workspace_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _key("campaign_id"),
        _link("logged_id"),
        sa.Column("segment_number", sa.String(20), nullable=False),
        sa.Column("description", sa.String(100), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        _link("salesperson_id"),
        _key("logged_by"),
        sa.Column("canceled_at", storage.types.Instant()),
        _refers("campaign_entries", "campaign_id", "campaigns"),
        _refers("campaign_entries", "logged_by", "salespeople"),
        _refers("campaign_entries", "logged_id", "logged_segments"),
        _refers("campaign_entries", "salesperson_id", "salespeople"),
        _belongs("campaign_entries"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_entries")),
        _owned("campaign_entries"),
        sa.UniqueConstraint(
            "workspace_id",
            "logged_id",
            "campaign_id",
            name=op.f("uq_campaign_entries_workspace_id_logged_id_campaign_id"),
        ),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_campaign_entries_workspace_id_number")),
    )
    op.create_index(
        op.f("ix_campaign_entries_workspace_id_campaign_id"),
        "campaign_entries",
        ["workspace_id", "campaign_id"],
        unique=False,
    )
