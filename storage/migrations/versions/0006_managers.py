"""Teams that follow a user group, digests, and the care of contacts."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DELIVERIES_BEFORE = ("confirmation", "answer", "replacement", "home", "file", "reminder", "card")
_DELIVERIES = (*_DELIVERIES_BEFORE, "digest")
_OPERATIONS_BEFORE = (
    "log",
    "quick_log",
    "discard",
    "follow_up",
    "cancel",
    "reinstate",
    "evaluate",
    "complete",
    "log_segment",
    "cancel_segment",
    "reinstate_segment",
)
_OPERATIONS = (*_OPERATIONS_BEFORE, "merge", "delete_contact")


def upgrade() -> None:
    op.add_column("teams", sa.Column("user_group", sa.String(32)))
    op.add_column("teams", sa.Column("followed_at", storage.types.Instant()))
    _kinds("deliveries", _DELIVERIES)
    _kinds("operations", _OPERATIONS)
    _create_digests()
    _create_digest_runs()


def downgrade() -> None:
    op.drop_table("digest_runs")
    op.drop_table("digests")
    _kinds("operations", _OPERATIONS_BEFORE)
    _kinds("deliveries", _DELIVERIES_BEFORE)
    op.drop_column("teams", "followed_at")
    op.drop_column("teams", "user_group")


def _create_digests() -> None:
    op.create_table(
        "digests",
        _key("id"),
        _key("workspace_id"),
        _key("team_id"),
        _key("person_id"),
        sa.Column("cadence", sa.String(10), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("channel", sa.String(32)),
        sa.Column("next_at", storage.types.Instant()),
        sa.CheckConstraint("cadence IN ('daily', 'weekly', 'paused')", name=op.f("ck_digests_cadence")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_digests_weekday")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_digests_workspace_id")),
        _refers("digests", "person_id", "salespeople"),
        _refers("digests", "team_id", "teams"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_digests_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id", "team_id", "person_id", name=op.f("uq_digests_workspace_id_team_id_person_id")
        ),
        comment="How one manager is told of one team; `next_at` is empty while paused.",
    )
    op.create_index(op.f("ix_digests_next_at"), "digests", ["next_at"])


def _create_digest_runs() -> None:
    op.create_table(
        "digest_runs",
        _key("workspace_id"),
        _key("digest_id"),
        sa.Column("cadence", sa.String(10), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("composed_at", storage.types.Instant(), nullable=False),
        _refers("digest_runs", "digest_id", "digests"),
        sa.PrimaryKeyConstraint("workspace_id", "digest_id", "cadence", "first", name=op.f("pk_digest_runs")),
        comment="One row per period that was told, or had nothing new to tell: nobody tells it again.",
    )


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


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_workspace_id_{column}")
    return sa.ForeignKeyConstraint(
        ["workspace_id", column], [f"{other}.workspace_id", f"{other}.id"], name=name
    )
