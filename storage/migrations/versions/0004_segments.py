"""Segments with their lines and criteria."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_segments()
    _create_segment_lines()
    _create_segment_actions()
    _create_saved_criteria()


def downgrade() -> None:
    for table in ("saved_criteria", "segment_actions", "segment_lines", "segments"):
        op.drop_table(table)


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


def _create_segments() -> None:
    op.create_table(
        "segments",
        _key("id"),
        _key("workspace_id"),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("description", sa.String(100), server_default="", nullable=False),
        _key("owner_id"),
        _link("salesperson_id"),
        sa.Column("date", sa.Date(), nullable=False),
        _link("template_id"),
        sa.Column("correspondence", sa.String(20)),
        sa.Column("ignore_contact", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("language", sa.String(10)),
        sa.Column("flow", sa.String(10)),
        sa.Column("initiated_by", sa.String(10)),
        sa.Column("duration", sa.Integer()),
        sa.Column("cost", sa.String(20), server_default="", nullable=False),
        _link("campaign_id"),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_line", sa.Integer(), server_default="1", nullable=False),
        sa.Column("next_action", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.Column("changed_at", storage.types.Instant(), nullable=False),
        sa.CheckConstraint(
            "correspondence IN ('hard_copy', 'email')", name=op.f("ck_segments_correspondence")
        ),
        sa.CheckConstraint("flow IN ('outbound', 'inbound')", name=op.f("ck_segments_flow")),
        sa.CheckConstraint("initiated_by IN ('us', 'them')", name=op.f("ck_segments_initiated_by")),
        sa.CheckConstraint("number <> ''", name=op.f("ck_segments_number")),
        sa.CheckConstraint("state IN ('active', 'logging', 'logged')", name=op.f("ck_segments_state")),
        sa.CheckConstraint("duration >= 0", name=op.f("ck_segments_duration")),
        _refers("segments", "campaign_id", "campaigns"),
        _refers("segments", "owner_id", "salespeople"),
        _refers("segments", "salesperson_id", "salespeople"),
        _refers("segments", "template_id", "interaction_templates"),
        _belongs("segments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segments")),
        _owned("segments"),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_segments_workspace_id_number")),
    )
    op.create_index("ix_segments_listed", "segments", ["workspace_id", "state", "changed_at"], unique=False)


def _create_segment_lines() -> None:
    op.create_table(
        "segment_lines",
        _key("workspace_id"),
        _key("segment_id"),
        sa.Column("line", sa.Integer(), nullable=False),
        _link("contact_id"),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("removed_by", sa.Integer()),
        _link("template_id"),
        sa.Column("description", sa.String(100)),
        sa.Column("text", sa.Text()),
        sa.Column("evaluation", sa.String(20)),
        sa.Column("attempt_failed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("correspondence", sa.String(20)),
        sa.Column("date", sa.Date()),
        _link("salesperson_id"),
        sa.Column("language", sa.String(10)),
        sa.Column("flow", sa.String(10)),
        sa.Column("initiated_by", sa.String(10)),
        sa.Column("duration", sa.Integer()),
        sa.Column("cost", sa.String(20)),
        _link("campaign_id"),
        _link("attachment_id"),
        sa.CheckConstraint(
            "correspondence IN ('hard_copy', 'email')", name=op.f("ck_segment_lines_correspondence")
        ),
        sa.CheckConstraint(
            "evaluation IN ('very_positive', 'positive', 'neutral', 'negative', 'very_negative')",
            name=op.f("ck_segment_lines_evaluation"),
        ),
        sa.CheckConstraint("flow IN ('outbound', 'inbound')", name=op.f("ck_segment_lines_flow")),
        sa.CheckConstraint("initiated_by IN ('us', 'them')", name=op.f("ck_segment_lines_initiated_by")),
        sa.CheckConstraint("duration >= 0", name=op.f("ck_segment_lines_duration")),
        _refers("segment_lines", "attachment_id", "attachments"),
        _refers("segment_lines", "campaign_id", "campaigns"),
        _refers("segment_lines", "contact_id", "contacts"),
        _refers("segment_lines", "salesperson_id", "salespeople"),
        _refers("segment_lines", "segment_id", "segments"),
        _refers("segment_lines", "template_id", "interaction_templates"),
        sa.PrimaryKeyConstraint("workspace_id", "segment_id", "line", name=op.f("pk_segment_lines")),
        comment="A removed line stays with the number of the action that removed it: Go back clears that number.",
    )
    op.create_index(
        op.f("ix_segment_lines_workspace_id_contact_id"),
        "segment_lines",
        ["workspace_id", "contact_id"],
        unique=False,
    )
    op.create_index(
        "ix_segment_lines_attached",
        "segment_lines",
        ["workspace_id", "attachment_id"],
        unique=False,
        sqlite_where=sa.text("attachment_id IS NOT NULL"),
        postgresql_where=sa.text("attachment_id IS NOT NULL"),
    )


def _create_segment_actions() -> None:
    op.create_table(
        "segment_actions",
        _key("workspace_id"),
        _key("segment_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("criteria", storage.types.Json, nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        _key("actor_id"),
        sa.Column("at", storage.types.Instant(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('add_one', 'paste', 'add', 'reduce', 'refine', 'remove_one', 'from_logged', 'rest')",
            name=op.f("ck_segment_actions_kind"),
        ),
        _refers("segment_actions", "actor_id", "salespeople"),
        _refers("segment_actions", "segment_id", "segments"),
        sa.PrimaryKeyConstraint("workspace_id", "segment_id", "number", name=op.f("pk_segment_actions")),
    )


def _create_saved_criteria() -> None:
    op.create_table(
        "saved_criteria",
        _key("id"),
        _key("workspace_id"),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("description", sa.String(100), server_default="", nullable=False),
        _key("saved_by"),
        sa.Column("saved_at", storage.types.Instant(), nullable=False),
        sa.Column("actions", storage.types.Json, nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_saved_criteria_code")),
        _refers("saved_criteria", "saved_by", "salespeople"),
        _belongs("saved_criteria"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_criteria")),
        sa.UniqueConstraint("workspace_id", "code", name=op.f("uq_saved_criteria_workspace_id_code")),
        _owned("saved_criteria"),
    )
