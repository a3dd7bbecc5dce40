"""Files that are attached to entries after they were logged, and files that nothing uses any more."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

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
    op.add_column("attachments", sa.Column("unused_since", storage.types.Instant()))
    _operations(_OPERATIONS)


def downgrade() -> None:
    gone = "SELECT id FROM operations WHERE kind = 'attach'"
    op.execute(f"DELETE FROM operation_items WHERE operation_id IN ({gone})")  # noqa: S608 - our own words
    op.execute("DELETE FROM operations WHERE kind = 'attach'")
    _operations(_OPERATIONS_BEFORE)
    op.drop_column("attachments", "unused_since")
    op.drop_column("entries", "attached_at")


def _operations(kinds: tuple[str, ...]) -> None:
    members = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("operations") as batch:
        batch.drop_constraint(op.f("ck_operations_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_operations_kind"), f"kind IN ({members})")
