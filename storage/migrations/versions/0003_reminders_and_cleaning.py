"""Reminders, snoozes, jobs, and deleting canceled entries for good."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_PARTIAL = (
    ("ix_drafts_snoozed", "drafts", ["snoozed_until"], "snoozed_until IS NOT NULL"),
    ("ix_tasks_snoozed", "tasks", ["snoozed_until"], "snoozed_until IS NOT NULL"),
    ("ix_entries_canceled", "entries", ["workspace_id", "canceled_at", "id"], "canceled_at IS NOT NULL"),
    (
        "ix_entries_logged_for",
        "entries",
        ["workspace_id", "logged_by", "date", "id"],
        "logged_by <> salesperson_id",
    ),
)
_ITEMS = "ix_operation_items_workspace_id_kind_item_id"
_OF_SALESPERSON = ["workspace_id", "salesperson_id", "date"]
_DELIVERIES_BEFORE = ("confirmation", "answer", "replacement", "home", "file")
_DELIVERIES = (*_DELIVERIES_BEFORE, "reminder", "card")
_OPERATIONS_BEFORE = ("log", "quick_log", "discard", "follow_up", "cancel")
_OPERATIONS = (*_OPERATIONS_BEFORE, "reinstate", "complete", "evaluate")
_SQLITE_GUARDS = (
    "DROP TRIGGER history_keep",
    """CREATE TRIGGER history_keep BEFORE DELETE ON history
    WHEN OLD.kind <> 'entry' OR EXISTS (SELECT 1 FROM entries WHERE entries.id = OLD.item_id)
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
)
_POSTGRESQL_GUARDS = (
    "DROP TRIGGER history_keep ON history",
    """CREATE TRIGGER history_same BEFORE UPDATE ON history
    FOR EACH ROW EXECUTE FUNCTION history_guard()""",
    """CREATE FUNCTION history_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT 1 FROM gone WHERE gone.kind <> 'entry'
        OR EXISTS (SELECT 1 FROM entries WHERE entries.id = gone.item_id)) THEN
        RAISE EXCEPTION 'history is append-only' USING ERRCODE = '23514';
      END IF;
      RETURN NULL;
    END $$""",
    """CREATE TRIGGER history_keep AFTER DELETE ON history REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION history_kept()""",
)
_SQLITE_GUARDS_BEFORE = (
    "DROP TRIGGER history_keep",
    """CREATE TRIGGER history_keep BEFORE DELETE ON history
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
)
_POSTGRESQL_GUARDS_BEFORE = (
    "DROP TRIGGER history_keep ON history",
    "DROP FUNCTION history_kept()",
    "DROP TRIGGER history_same ON history",
    """CREATE TRIGGER history_keep BEFORE DELETE OR UPDATE ON history
    FOR EACH ROW EXECUTE FUNCTION history_guard()""",
)


def upgrade() -> None:
    _kinds("deliveries", _DELIVERIES)
    _kinds("operations", _OPERATIONS)
    _add_columns()
    _create_people_tables()
    _create_job_tables()
    for name, table, columns, where in _PARTIAL:
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_index(op.f(_ITEMS), "operation_items", ["workspace_id", "kind", "item_id"])
    op.create_index("ix_entries_date", "entries", ["workspace_id", "date", "id"])
    op.drop_index("ix_entries_salesperson", "entries")
    op.create_index("ix_entries_salesperson", "entries", [*_OF_SALESPERSON, "id", "template_id"])
    _guard(_SQLITE_GUARDS, _POSTGRESQL_GUARDS)


def downgrade() -> None:
    _guard(_SQLITE_GUARDS_BEFORE, _POSTGRESQL_GUARDS_BEFORE)
    op.drop_index(op.f(_ITEMS), "operation_items")
    op.drop_index("ix_entries_salesperson", "entries")
    op.create_index("ix_entries_salesperson", "entries", [*_OF_SALESPERSON, "template_id"])
    op.drop_index("ix_entries_date", "entries")
    for name, table, *_ in _PARTIAL:
        op.drop_index(name, table)
    for table in ("purge_cards", "jobs", "reminders", "preferences"):
        op.drop_table(table)
    op.drop_column("salespeople", "told_locale")
    op.drop_column("salespeople", "told_zone")
    op.drop_column("tasks", "snoozed_until")
    op.drop_column("drafts", "snoozed_until")
    op.drop_column("drafts", "closed_at")
    _kinds("operations", _OPERATIONS_BEFORE)
    _kinds("deliveries", _DELIVERIES_BEFORE)


def _guard(sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    for statement in sqlite if op.get_bind().dialect.name == "sqlite" else postgresql:
        op.execute(statement)


def _kinds(table: str, kinds: tuple[str, ...]) -> None:
    """Let the table's `kind` be one of these; rows of other kinds are deleted."""
    members = ", ".join(f"'{kind}'" for kind in kinds)
    op.execute(f"DELETE FROM {table} WHERE kind NOT IN ({members})")  # noqa: S608 - our own words
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_kind"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_kind"), f"kind IN ({members})")


def _add_columns() -> None:
    op.add_column("drafts", sa.Column("closed_at", storage.types.Instant()))
    op.add_column("drafts", sa.Column("snoozed_until", storage.types.Instant()))
    op.add_column("tasks", sa.Column("snoozed_until", storage.types.Instant()))
    op.add_column("salespeople", sa.Column("told_zone", sa.String(64), server_default="", nullable=False))
    op.add_column("salespeople", sa.Column("told_locale", sa.String(20), server_default="", nullable=False))


def _belongs(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_workspace_id")
    return sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=name)


def _of_a_person(table: str) -> tuple[sa.Constraint, ...]:
    return (
        _belongs(table),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f(f"fk_{table}_workspace_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "person_id", name=op.f(f"pk_{table}")),
    )


def _create_people_tables() -> None:
    op.create_table(
        "preferences",
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("days", sa.String(7), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("days_off", storage.types.Json, nullable=False),
        sa.Column("zone", sa.String(64)),
        sa.Column("country", sa.String(2)),
        sa.Column("language", sa.String(10)),
        sa.Column("reminders", sa.Boolean(), server_default=sa.true(), nullable=False),
        *_of_a_person("preferences"),
        comment="What a person chose himself; without a row everything is as Slack and the calendar say.",
    )
    op.create_table(
        "reminders",
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("next_at", storage.types.Instant(), nullable=False),
        sa.Column("last_day", sa.Date()),
        *_of_a_person("reminders"),
        comment="One row per person: when to look again whether something waits for him.",
    )
    op.create_index(op.f("ix_reminders_next_at"), "reminders", ["next_at"])


def _create_job_tables() -> None:
    op.create_table(
        "jobs",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("next_at", storage.types.Instant(), nullable=False),
        sa.Column("started_at", storage.types.Instant()),
        sa.Column("ended_at", storage.types.Instant()),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("failed_at", storage.types.Instant()),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_jobs")),
        comment="One row per job, for all processes: whoever moves `next_at` runs it.",
    )
    op.create_table(
        "purge_cards",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("after", storage.types.Instant(), nullable=False),
        sa.Column("until", storage.types.Instant(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("announced_at", storage.types.Instant(), nullable=False),
        sa.Column("kept_until", storage.types.Instant()),
        sa.Column("ended_at", storage.types.Instant()),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("deleted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ordered_by", _ID),
        sa.Column("filters", storage.types.Json, nullable=False),
        sa.Column("lease_until", storage.types.Instant()),
        sa.CheckConstraint(
            "state IN ('announced', 'kept', 'deleting', 'done')", name=op.f("ck_purge_cards_state")
        ),
        _belongs("purge_cards"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "ordered_by"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_purge_cards_workspace_id_ordered_by"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purge_cards")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_purge_cards_workspace_id_id")),
        comment="A card announces the entries canceled after `after` and until `until`; nothing else is deleted.",
    )
    op.create_index(op.f("ix_purge_cards_workspace_id_state"), "purge_cards", ["workspace_id", "state"])
