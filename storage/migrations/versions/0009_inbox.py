"""What arrives by itself: documents, e-mails, and the inbox of what asks.

Whoever logged an entry may be nobody now. SQLite can drop a NOT NULL without copying the table: as its
documentation says, where nothing on the disk changes, the words of the schema are changed alone.
"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0009"
down_revision = "0008"
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
)
_OPERATIONS = (*_OPERATIONS_BEFORE, "answer")
_ITEMS_BEFORE = ("entry", "task", "draft", "contact", "logged")
_ITEMS = (*_ITEMS_BEFORE, "arrival")
_TYPES = (
    "sales_quote",
    "sales_blanket_order",
    "sales_order_confirmation",
    "sales_invoice",
    "sales_shipment_note",
    "sales_credit_memo",
    "sales_statement",
    "sales_reminder",
    "service_order_create",
    "service_order_post",
    "purchase_quote",
    "purchase_blanket_order",
    "purchase_order",
    "purchase_invoice",
    "purchase_receipt",
    "purchase_credit_memo",
    "cover_sheet",
    "sales_return_order",
    "sales_finance_charge_memo",
    "sales_return_receipt",
    "purchase_return_shipment",
    "purchase_return_order_confirmation",
    "service_contract",
    "service_contract_quote",
    "service_quote",
    "sales_draft_invoice",
)
_REASONS = (
    "unknown_type",
    "no_template",
    "needs_document",
    "no_contact",
    "several_contacts",
    "blocked",
    "taken_back",
)
_REQUIRED, _OPTIONAL = "logged_by INTEGER NOT NULL", "logged_by INTEGER"
_NOBODYS = """UPDATE entries SET logged_by = coalesce(salesperson_id,
    (SELECT min(one.id) FROM salespeople AS one WHERE one.workspace_id = entries.workspace_id))
    WHERE logged_by IS NULL"""
_OPEN = sa.text("state = 'open'")
_FULL = sa.text("state <> 'open' AND NOT emptied")
_RECORDED = sa.text("entry_id IS NOT NULL")
_ATTACHED = sa.text("attachment_id IS NOT NULL")
_SECOND = sa.text("email2 <> ''")


def upgrade() -> None:
    _kinds("operations", _OPERATIONS)
    _kinds("operation_items", _ITEMS)
    types = ", ".join(f"'{one}'" for one in _TYPES)
    op.execute(
        "ALTER TABLE entries ADD COLUMN document_type VARCHAR(40)"
        f" CONSTRAINT ck_entries_document_type CHECK (document_type IN ({types}))"
    )
    op.add_column("entries", sa.Column("document_number", sa.String(50)))
    op.add_column("entries", sa.Column("document_version", sa.Integer()))
    op.add_column("entries", sa.Column("document_occurrence", sa.Integer()))
    _create_inbox()
    op.create_index(
        "ix_contacts_email2",
        "contacts",
        ["workspace_id", "email2"],
        sqlite_where=_SECOND,
        postgresql_where=_SECOND,
    )
    _let_nobody_log()


def downgrade() -> None:
    op.execute(_NOBODYS)
    op.drop_index("ix_contacts_email2", table_name="contacts")
    op.drop_table("inbox")
    for name in ("occurrence", "version", "number", "type"):
        op.drop_column("entries", f"document_{name}")
    _kinds("operation_items", _ITEMS_BEFORE)
    _kinds("operations", _OPERATIONS_BEFORE)
    _let_somebody_log()


def _let_nobody_log() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _reword(_REQUIRED, _OPTIONAL)
    else:
        op.alter_column("entries", "logged_by", nullable=True)


def _let_somebody_log() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _reword(_OPTIONAL, _REQUIRED)
    else:
        op.alter_column("entries", "logged_by", nullable=False)


def _reword(before: str, after: str) -> None:
    """Change how SQLite's schema words the table of entries, and read the schema anew."""
    op.execute("PRAGMA writable_schema = ON")
    op.execute(
        f"UPDATE sqlite_schema SET sql = replace(sql, '{before},', '{after},')"  # noqa: S608 - our own words
        " WHERE type = 'table' AND name = 'entries'"
    )
    op.execute("PRAGMA writable_schema = RESET")


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


def _create_inbox() -> None:
    reasons = ", ".join(f"'{one}'" for one in _REASONS)
    op.create_table(
        "inbox",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("word", sa.String(60), server_default="", nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(20)),
        sa.Column("came", storage.types.Json, nullable=False),
        sa.Column("emptied", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("came_at", storage.types.Instant(), nullable=False),
        *(sa.Column(f"{name}_id", _ID) for name in ("salesperson", "attachment", "entry")),
        sa.Column("decided_by", _ID),
        sa.Column("decided_at", storage.types.Instant()),
        sa.CheckConstraint("kind IN ('document', 'email')", name=op.f("ck_inbox_kind")),
        sa.CheckConstraint("state IN ('open', 'recorded', 'ignored')", name=op.f("ck_inbox_state")),
        sa.CheckConstraint(f"reason IN ({reasons})", name=op.f("ck_inbox_reason")),
        sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f("ck_inbox_decided")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_inbox_workspace_id")),
        _refers("salesperson_id", "salespeople"),
        _refers("attachment_id", "attachments"),
        _refers("decided_by", "salespeople"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_inbox_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "kind", "key", name=op.f("uq_inbox_workspace_id_kind_key")),
        comment="What arrived by itself; `word` is the folded type, `came` is emptied once nobody needs it.",
    )
    op.create_index("ix_inbox_full", "inbox", ["decided_at"], sqlite_where=_FULL, postgresql_where=_FULL)
    for name, column, which in (
        ("open", "came_at", _OPEN),
        ("entry", "entry_id", _RECORDED),
        ("attached", "attachment_id", _ATTACHED),
    ):
        columns = ["workspace_id", column]
        op.create_index(f"ix_inbox_{name}", "inbox", columns, sqlite_where=which, postgresql_where=which)


def _refers(column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_inbox_workspace_id_{column}")
    there = [f"{other}.workspace_id", f"{other}.id"]
    return sa.ForeignKeyConstraint(["workspace_id", column], there, name=name)
