"""Imports that are ordered in Slack."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_JSON = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _create_orders()
    _create_faults()


def downgrade() -> None:
    op.drop_table("import_faults")
    op.drop_table("import_orders")


def _create_orders() -> None:
    op.create_table(
        "import_orders",
        _key("id"),
        _key("workspace_id"),
        _key("person_id"),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("slack_file", sa.Text(), nullable=False),
        sa.Column("import_id", _ID),
        sa.Column("place", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("total", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("counts", _JSON, nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("ordered_at", storage.types.Instant(), nullable=False),
        sa.Column("lease_until", storage.types.Instant()),
        sa.CheckConstraint(
            "state IN ('checking', 'asking', 'importing', 'reverting')", name=op.f("ck_import_orders_state")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_import_orders_workspace_id")
        ),
        _refers("import_orders", "person_id", "salespeople"),
        _refers("import_orders", "import_id", "imports"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_orders")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_import_orders_workspace_id_id")),
        sa.UniqueConstraint(
            "workspace_id", "import_id", name=op.f("uq_import_orders_workspace_id_import_id")
        ),
        comment="One row per file that is looked through, asked about or imported, or import that is taken back.",
    )


def _create_faults() -> None:
    op.create_table(
        "import_faults",
        _key("workspace_id"),
        _key("order_id"),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _refers("import_faults", "order_id", "import_orders"),
        sa.PrimaryKeyConstraint("workspace_id", "order_id", "place", name=op.f("pk_import_faults")),
        comment="The rows that could not be taken over, until the error file is written.",
    )


def _key(name: str) -> "sa.Column[int]":
    return sa.Column(name, _ID, autoincrement=False, nullable=False)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{other}.workspace_id", f"{other}.id"],
        name=op.f(f"fk_{table}_workspace_id_{column}"),
    )
