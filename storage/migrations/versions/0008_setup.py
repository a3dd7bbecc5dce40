"""Setup in Slack: which template records which document, who changed a template last."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_RECORDED = (
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
    "email",
    "incoming_email",
    "phone_call",
    "meeting_invitation",
)
_SHIPPED = {
    "cover_sheet": "COVERSH",
    "email": "EMAIL",
    "incoming_email": "EMAIL_IN",
    "phone_call": "OUTGOING",
    "meeting_invitation": "MEETINV",
}
_REVISED = ("interaction_groups", "interaction_templates")


def upgrade() -> None:
    for table in _REVISED:
        op.add_column(table, sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    recorded = ", ".join(f"'{one}'" for one in _RECORDED)
    op.create_table(
        "template_setup",
        sa.Column("workspace_id", _ID, autoincrement=False, nullable=False),
        sa.Column("recorded", sa.String(40), nullable=False),
        sa.Column("template_id", _ID, nullable=False),
        sa.CheckConstraint(f"recorded IN ({recorded})", name=op.f("ck_template_setup_recorded")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "template_id"],
            ["interaction_templates.workspace_id", "interaction_templates.id"],
            name=op.f("fk_template_setup_workspace_id_template_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "recorded", name=op.f("pk_template_setup")),
    )
    for kind, code in _SHIPPED.items():
        columns = "workspace_id, recorded, template_id"
        found = f"SELECT workspace_id, '{kind}', id FROM interaction_templates WHERE code = '{code}'"  # noqa: S608 - our own words
        op.execute(f"INSERT INTO template_setup ({columns}) {found}")


def downgrade() -> None:
    op.drop_table("template_setup")
    for table in reversed(_REVISED):
        op.drop_column(table, "revision")
