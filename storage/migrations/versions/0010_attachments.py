"""Files that are attached to entries after they were logged, and files that nothing uses any more."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0010"
down_revision = "0009"
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
    "log_segment",
    "cancel_segment",
    "reinstate_segment",
    "merge",
    "delete_contact",
    "answer",
)
_OPERATIONS = (*_OPERATIONS_BEFORE, "attach")


def upgrade() -> None:
    op.add_column("entries", sa.Column("attached_at", storage.types.Instant()))
    op.create_table(
        "unused_files",
        sa.Column("workspace_id", _ID, autoincrement=False, nullable=False),
        sa.Column("file_id", _ID, autoincrement=False, nullable=False),
        sa.Column("since", storage.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "file_id"],
            ["attachments.workspace_id", "attachments.id"],
            name=op.f("fk_unused_files_workspace_id_file_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "file_id", name=op.f("pk_unused_files")),
        comment="Attachments that nothing used when the job tidy looked.",
    )
    _operations(_OPERATIONS)


def downgrade() -> None:
    gone = "SELECT id FROM operations WHERE kind = 'attach'"
    op.execute(f"DELETE FROM operation_items WHERE operation_id IN ({gone})")  # noqa: S608 - our own words
    op.execute("DELETE FROM operations WHERE kind = 'attach'")
    _operations(_OPERATIONS_BEFORE)
    op.drop_table("unused_files")
    op.drop_column("entries", "attached_at")


def _operations(kinds: tuple[str, ...]) -> None:
    members = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("operations") as batch:
        batch.drop_constraint(op.f("ck_operations_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_operations_kind"), f"kind IN ({members})")
