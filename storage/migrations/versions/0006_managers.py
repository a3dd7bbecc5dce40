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
    op.add_column("teams", sa.Column("group_handle", sa.String(80), nullable=False, server_default=""))
    op.add_column("teams", sa.Column("followed_at", storage.types.Instant()))
    op.add_column("teams", sa.Column("trouble", sa.String(10)))
    op.add_column("segments", sa.Column("held_until", storage.types.Instant()))
    _kinds("deliveries", _DELIVERIES)
    _kinds("operations", _OPERATIONS)
    _create_digests()
    _create_digest_runs()
    _index_figures()
    _create_exports()
    _create_removed_contacts()
    _create_removed_references()


def downgrade() -> None:
    op.drop_table("removed_references")
    op.drop_table("removed_contacts")
    op.drop_table("exports")
    op.drop_index("ix_entries_figures", table_name="entries")
    op.drop_table("digest_runs")
    op.drop_table("digests")
    _kinds("operations", _OPERATIONS_BEFORE)
    _kinds("deliveries", _DELIVERIES_BEFORE)
    op.drop_column("segments", "held_until")
    op.drop_column("teams", "trouble")
    op.drop_column("teams", "followed_at")
    op.drop_column("teams", "group_handle")
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


def _create_removed_contacts() -> None:
    op.create_table(
        "removed_contacts",
        _key("id"),
        _key("workspace_id"),
        _key("contact_id"),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("heir_id", _ID),
        sa.Column("state", sa.String(10), nullable=False),
        _key("operation_id"),
        sa.Column("before", storage.types.Json, nullable=False),
        sa.Column("filled", storage.types.Json, nullable=False),
        sa.Column("removed_at", storage.types.Instant(), nullable=False),
        sa.CheckConstraint("kind IN ('merge', 'delete')", name=op.f("ck_removed_contacts_kind")),
        sa.CheckConstraint(
            "state IN ('moving', 'gone', 'returning', 'back')", name=op.f("ck_removed_contacts_state")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_removed_contacts_workspace_id")
        ),
        _refers("removed_contacts", "heir_id", "contacts"),
        _refers("removed_contacts", "operation_id", "operations"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removed_contacts")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_removed_contacts_workspace_id_id")),
        comment="Contacts that were merged into another, or deleted: what they were, while that can be undone.",
    )
    for columns in (["number"], ["heir_id"], ["contact_id"], ["operation_id"]):
        name = op.f(f"ix_removed_contacts_workspace_id_{columns[0]}")
        op.create_index(name, "removed_contacts", ["workspace_id", *columns])
    under_way = sa.text("state IN ('moving', 'returning')")
    op.create_index(
        "ix_removed_contacts_under_way",
        "removed_contacts",
        ["id"],
        sqlite_where=under_way,
        postgresql_where=under_way,
    )


def _create_removed_references() -> None:
    op.create_table(
        "removed_references",
        _key("workspace_id"),
        _key("removal_id"),
        sa.Column("place", sa.String(40), nullable=False),
        _key("item_id"),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer()),
        _refers("removed_references", "removal_id", "removed_contacts"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "removal_id", "place", "item_id", "line", name=op.f("pk_removed_references")
        ),
        comment="What named a removed contact and names its heir now.",
    )


def _create_exports() -> None:
    op.create_table(
        "exports",
        _key("id"),
        _key("workspace_id"),
        _key("person_id"),
        sa.Column("format", sa.String(10), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ordered_at", storage.types.Instant(), nullable=False),
        sa.Column("lease_until", storage.types.Instant()),
        sa.CheckConstraint("format IN ('xlsx', 'csv')", name=op.f("ck_exports_format")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_exports_workspace_id")),
        _refers("exports", "person_id", "salespeople"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_exports_workspace_id_id")),
        comment="One row per file that is still to be written; it goes when the file is handed to the outbox.",
    )


def _index_figures() -> None:
    """Let what a team did in a week be counted without reading the entries themselves."""
    live = sa.text("canceled_at IS NULL")
    columns = (
        "salesperson_id",
        "date",
        "template_id",
        "contact_id",
        "duration",
        "evaluation",
        "attempt_failed",
    )
    op.create_index(
        "ix_entries_figures",
        "entries",
        ["workspace_id", *columns, "canceled_at"],
        sqlite_where=live,
        postgresql_where=live,
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
