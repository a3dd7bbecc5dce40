"""What is known of campaigns and opportunities once they are kept in Slack; the entries of an opportunity."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("opportunities", sa.Column("comment", sa.Text(), nullable=False, server_default=""))
    op.add_column("opportunities", sa.Column("opened_at", storage.types.Instant()))
    op.add_column("opportunities", sa.Column("closed_at", storage.types.Instant()))
    op.add_column("opportunities", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "ix_entries_opportunity",
        "entries",
        ["workspace_id", "opportunity_id", "date", "id"],
        sqlite_where=sa.text("opportunity_id IS NOT NULL"),
        postgresql_where=sa.text("opportunity_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_entries_opportunity", table_name="entries")
    op.drop_column("opportunities", "revision")
    op.drop_column("opportunities", "closed_at")
    op.drop_column("opportunities", "opened_at")
    op.drop_column("opportunities", "comment")
    op.drop_column("campaigns", "revision")
