"""The first schema."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


_SQLITE_GUARDS = (
    """CREATE TRIGGER history_keep BEFORE DELETE ON history
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    """CREATE TRIGGER history_same BEFORE UPDATE ON history
    WHEN NEW.old IS NOT NULL OR NEW.new IS NOT NULL OR NEW.id <> OLD.id OR NEW.field <> OLD.field
      OR NEW.at <> OLD.at OR NEW.item_id <> OLD.item_id OR NEW.actor_id IS NOT OLD.actor_id
    BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
)
_POSTGRESQL_GUARDS = (
    """CREATE FUNCTION history_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND NEW.old IS NULL AND NEW.new IS NULL AND NEW.id = OLD.id AND NEW.field = OLD.field
         AND NEW.at = OLD.at AND NEW.item_id = OLD.item_id AND NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'history is append-only' USING ERRCODE = '23514';
    END $$""",
    """CREATE TRIGGER history_keep BEFORE DELETE OR UPDATE ON history
    FOR EACH ROW EXECUTE FUNCTION history_guard()""",
)


def upgrade() -> None:
    _create_tables()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for guard in _SQLITE_GUARDS if sqlite else _POSTGRESQL_GUARDS:
        op.execute(guard)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER history_keep ON history")
        op.execute("DROP FUNCTION history_guard()")
    _drop_tables()


def _create_tables() -> None:

    op.create_table(
        "workspaces",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("slack_team", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("demo", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
        sa.UniqueConstraint("ordinal", name=op.f("uq_workspaces_ordinal")),
        sa.UniqueConstraint("slack_team", name=op.f("uq_workspaces_slack_team")),
    )
    op.create_table(
        "attachments",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("read_only", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_attachments_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint(
            "workspace_id", "checksum", "name", name=op.f("uq_attachments_workspace_id_checksum_name")
        ),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_attachments_workspace_id_id")),
    )
    op.create_table(
        "industry_groups",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_industry_groups_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_industry_groups")),
        sa.UniqueConstraint("workspace_id", "code", name=op.f("uq_industry_groups_workspace_id_code")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_industry_groups_workspace_id_id")),
    )
    op.create_table(
        "interaction_groups",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("description", sa.String(length=100), nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_interaction_groups_code")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_interaction_groups_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction_groups")),
        sa.UniqueConstraint("workspace_id", "code", name=op.f("uq_interaction_groups_workspace_id_code")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_interaction_groups_workspace_id_id")),
    )
    op.create_table(
        "job_responsibilities",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_job_responsibilities_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_responsibilities")),
        sa.UniqueConstraint("workspace_id", "code", name=op.f("uq_job_responsibilities_workspace_id_code")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_job_responsibilities_workspace_id_id")),
    )
    op.create_table(
        "mailing_groups",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_mailing_groups_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_groups")),
        sa.UniqueConstraint("workspace_id", "code", name=op.f("uq_mailing_groups_workspace_id_code")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_mailing_groups_workspace_id_id")),
    )
    op.create_table(
        "number_series",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("prefix", sa.String(length=10), nullable=False),
        sa.Column("digits", sa.Integer(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.Column("manual", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("next > 0", name=op.f("ck_number_series_next")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_number_series_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "code", name=op.f("pk_number_series")),
    )
    op.create_table(
        "request_keys",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column(
            "result",
            storage.types.Json,
            nullable=False,
        ),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_request_keys_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_request_keys")),
        comment="Keys of requests already carried out, with their first answer; kept two days.",
    )
    with op.batch_alter_table("request_keys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_keys_created_at"), ["created_at"], unique=False)

    op.create_table(
        "settings",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column(
            "value",
            storage.types.Json,
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_settings_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_settings")),
    )
    op.create_table(
        "teams",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_teams_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_teams_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "name", name=op.f("uq_teams_workspace_id_name")),
    )
    op.create_table(
        "salespeople",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slack_id", sa.String(length=32), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("locale", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), server_default="salesperson", nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.CheckConstraint("role IN ('salesperson', 'manager', 'admin')", name=op.f("ck_salespeople_role")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["teams.workspace_id", "teams.id"],
            name=op.f("fk_salespeople_workspace_id_team_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_salespeople_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_salespeople")),
        sa.UniqueConstraint("workspace_id", "code", name=op.f("uq_salespeople_workspace_id_code")),
        sa.UniqueConstraint("workspace_id", "email", name=op.f("uq_salespeople_workspace_id_email")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_salespeople_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "slack_id", name=op.f("uq_salespeople_workspace_id_slack_id")),
    )
    op.create_table(
        "answers",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("response_url", sa.Text(), nullable=True),
        sa.Column("response_replaces", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("response_uses", sa.Integer(), server_default="0", nullable=False),
        sa.Column("response_expires_at", storage.types.Instant(), nullable=True),
        sa.Column("channel", sa.String(length=32), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_answers_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_answers_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_answers")),
        comment="One message per form: where it stands, so that the next word replaces it.",
    )
    op.create_table(
        "campaigns",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("description", sa.String(length=100), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("salesperson_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.CheckConstraint(
            "starts IS NULL OR ends IS NULL OR starts <= ends", name=op.f("ck_campaigns_period")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "salesperson_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_campaigns_workspace_id_salesperson_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_campaigns_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_campaigns_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_campaigns_workspace_id_number")),
    )
    op.create_table(
        "contacts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("type", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), server_default="", nullable=False),
        sa.Column("middle_name", sa.Text(), server_default="", nullable=False),
        sa.Column("surname", sa.Text(), server_default="", nullable=False),
        sa.Column("company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("job_title", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("mobile", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("email2", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("post_code", sa.Text(), server_default="", nullable=False),
        sa.Column("city", sa.Text(), server_default="", nullable=False),
        sa.Column("country", sa.String(length=2), server_default="", nullable=False),
        sa.Column("territory", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.String(length=10), server_default="", nullable=False),
        sa.Column("salesperson_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("correspondence", sa.String(length=20), nullable=True),
        sa.Column("salutation", sa.Text(), server_default="", nullable=False),
        sa.Column("organizational_level", sa.Text(), server_default="", nullable=False),
        sa.Column("exclude_from_segment", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("privacy_blocked", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("minor", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("parental_consent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("match_key", sa.Text(), server_default="", nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.CheckConstraint(
            "correspondence IN ('hard_copy', 'email')", name=op.f("ck_contacts_correspondence")
        ),
        sa.CheckConstraint(
            "type = 'person' OR company_id IS NULL", name=op.f("ck_contacts_company_of_person")
        ),
        sa.CheckConstraint("type IN ('company', 'person')", name=op.f("ck_contacts_type")),
        sa.CheckConstraint(
            "NOT minor OR parental_consent OR privacy_blocked", name=op.f("ck_contacts_minor_blocked")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "company_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_contacts_workspace_id_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "salesperson_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_contacts_workspace_id_salesperson_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_contacts_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_contacts_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_contacts_workspace_id_number")),
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contacts_workspace_id_company_id"), ["workspace_id", "company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contacts_workspace_id_email"), ["workspace_id", "email"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contacts_workspace_id_match_key"), ["workspace_id", "match_key"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contacts_workspace_id_salesperson_id"),
            ["workspace_id", "salesperson_id"],
            unique=False,
        )

    op.create_table(
        "deliveries",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("answer_key", sa.String(length=60), nullable=True),
        sa.Column(
            "payload",
            storage.types.Json,
            nullable=False,
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_at", storage.types.Instant(), nullable=False),
        sa.Column("lease_until", storage.types.Instant(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.Column("settled_at", storage.types.Instant(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('confirmation', 'answer', 'replacement', 'home', 'file')",
            name=op.f("ck_deliveries_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('due', 'sending', 'sent', 'failed', 'unknown', 'superseded')",
            name=op.f("ck_deliveries_state"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_deliveries_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_deliveries_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_deliveries_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_deliveries_workspace_id_key")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_deliveries_due",
            ["next_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('due', 'sending', 'unknown')"),
            postgresql_where=sa.text("state IN ('due', 'sending', 'unknown')"),
        )
        batch_op.create_index(
            batch_op.f("ix_deliveries_workspace_id_answer_key"), ["workspace_id", "answer_key"], unique=False
        )

    op.create_table(
        "history",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", storage.types.Instant(), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "actor_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_history_workspace_id_actor_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_history_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_history_workspace_id_kind_item_id_at"),
            ["workspace_id", "kind", "item_id", "at"],
            unique=False,
        )

    op.create_table(
        "imports",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("started_at", storage.types.Instant(), nullable=False),
        sa.Column("ended_at", storage.types.Instant(), nullable=True),
        sa.Column("reverted_at", storage.types.Instant(), nullable=True),
        sa.Column(
            "counts",
            storage.types.Json,
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "actor_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_imports_workspace_id_actor_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_imports_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_imports_workspace_id_id")),
    )
    op.create_table(
        "operations",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("actor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("answer_key", sa.String(length=60), nullable=True),
        sa.Column("ended_at", storage.types.Instant(), nullable=False),
        sa.Column("undone_at", storage.types.Instant(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('log', 'quick_log', 'discard', 'follow_up', 'cancel')", name=op.f("ck_operations_kind")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "actor_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_operations_workspace_id_actor_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_operations_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operations")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_operations_workspace_id_id")),
    )
    with op.batch_alter_table("operations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_operations_workspace_id_actor_id_ended_at"),
            ["workspace_id", "actor_id", "ended_at"],
            unique=False,
        )

    op.create_table(
        "team_managers",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "person_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_team_managers_workspace_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "team_id"],
            ["teams.workspace_id", "teams.id"],
            name=op.f("fk_team_managers_workspace_id_team_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "team_id", "person_id", name=op.f("pk_team_managers")),
    )
    op.create_table(
        "contact_industry_groups",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_contact_industry_groups_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "group_id"],
            ["industry_groups.workspace_id", "industry_groups.id"],
            name=op.f("fk_contact_industry_groups_workspace_id_group_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "contact_id", "group_id", name=op.f("pk_contact_industry_groups")
        ),
    )
    with op.batch_alter_table("contact_industry_groups", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_industry_groups_workspace_id_group_id"),
            ["workspace_id", "group_id"],
            unique=False,
        )

    op.create_table(
        "contact_job_responsibilities",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("responsibility_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_contact_job_responsibilities_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "responsibility_id"],
            ["job_responsibilities.workspace_id", "job_responsibilities.id"],
            name=op.f("fk_contact_job_responsibilities_workspace_id_responsibility_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "contact_id", "responsibility_id", name=op.f("pk_contact_job_responsibilities")
        ),
    )
    with op.batch_alter_table("contact_job_responsibilities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_job_responsibilities_workspace_id_responsibility_id"),
            ["workspace_id", "responsibility_id"],
            unique=False,
        )

    op.create_table(
        "contact_mailing_groups",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_contact_mailing_groups_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "group_id"],
            ["mailing_groups.workspace_id", "mailing_groups.id"],
            name=op.f("fk_contact_mailing_groups_workspace_id_group_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "contact_id", "group_id", name=op.f("pk_contact_mailing_groups")
        ),
    )
    with op.batch_alter_table("contact_mailing_groups", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contact_mailing_groups_workspace_id_group_id"),
            ["workspace_id", "group_id"],
            unique=False,
        )

    op.create_table(
        "drafts",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("form_id", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("kept", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("form", storage.types.Json, nullable=False),
        sa.Column("layout", storage.types.Json, nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("saved_by_action", sa.String(length=30), server_default="", nullable=False),
        sa.Column("opened_at", storage.types.Instant(), nullable=False),
        sa.Column("saved_at", storage.types.Instant(), nullable=False),
        sa.Column("ended_at", storage.types.Instant(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'finished', 'discarded')", name=op.f("ck_drafts_state")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_drafts_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "owner_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_drafts_workspace_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_drafts_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("workspace_id", "form_id", name=op.f("uq_drafts_workspace_id_form_id")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_drafts_workspace_id_id")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_drafts_waiting",
            ["workspace_id", "owner_id", "saved_at"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            batch_op.f("ix_drafts_workspace_id_contact_id"), ["workspace_id", "contact_id"], unique=False
        )

    op.create_table(
        "import_changes",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("import_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "before",
            storage.types.Json,
            nullable=True,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "import_id"],
            ["imports.workspace_id", "imports.id"],
            name=op.f("fk_import_changes_workspace_id_import_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "import_id", "contact_id", name=op.f("pk_import_changes")),
        comment="What an import changed; `before` is empty where it made the contact.",
    )
    op.create_table(
        "interaction_templates",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("description", sa.String(length=100), nullable=False),
        sa.Column("cost", sa.String(length=20), server_default="", nullable=False),
        sa.Column("duration", sa.Integer(), nullable=True),
        sa.Column("flow", sa.String(length=10), nullable=True),
        sa.Column("initiated_by", sa.String(length=10), nullable=True),
        sa.Column("correspondence", sa.String(length=20), nullable=True),
        sa.Column("ignore_contact", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("wizard_action", sa.String(length=10), nullable=True),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("attachment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_interaction_templates_code")),
        sa.CheckConstraint(
            "correspondence IN ('hard_copy', 'email')", name=op.f("ck_interaction_templates_correspondence")
        ),
        sa.CheckConstraint("flow IN ('outbound', 'inbound')", name=op.f("ck_interaction_templates_flow")),
        sa.CheckConstraint(
            "initiated_by IN ('us', 'them')", name=op.f("ck_interaction_templates_initiated_by")
        ),
        sa.CheckConstraint(
            "wizard_action IN ('open', 'import', 'merge')",
            name=op.f("ck_interaction_templates_wizard_action"),
        ),
        sa.CheckConstraint("duration >= 0", name=op.f("ck_interaction_templates_duration")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "attachment_id"],
            ["attachments.workspace_id", "attachments.id"],
            name=op.f("fk_interaction_templates_workspace_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaigns.workspace_id", "campaigns.id"],
            name=op.f("fk_interaction_templates_workspace_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "group_id"],
            ["interaction_groups.workspace_id", "interaction_groups.id"],
            name=op.f("fk_interaction_templates_workspace_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_interaction_templates_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction_templates")),
        sa.UniqueConstraint("workspace_id", "code", name=op.f("uq_interaction_templates_workspace_id_code")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_interaction_templates_workspace_id_id")),
    )
    op.create_table(
        "operation_items",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("operation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "kind IN ('entry', 'task', 'draft', 'contact')", name=op.f("ck_operation_items_kind")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "operation_id"],
            ["operations.workspace_id", "operations.id"],
            name=op.f("fk_operation_items_workspace_id_operation_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "operation_id", "kind", "item_id", name=op.f("pk_operation_items")
        ),
    )
    op.create_table(
        "opportunities",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("description", sa.String(length=100), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("salesperson_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "status IN ('not_started', 'in_progress', 'won', 'lost')", name=op.f("ck_opportunities_status")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaigns.workspace_id", "campaigns.id"],
            name=op.f("fk_opportunities_workspace_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "company_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_opportunities_workspace_id_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_opportunities_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "salesperson_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_opportunities_workspace_id_salesperson_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_opportunities_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunities")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_opportunities_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_opportunities_workspace_id_number")),
    )
    with op.batch_alter_table("opportunities", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opportunities_workspace_id_company_id"),
            ["workspace_id", "company_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_opportunities_workspace_id_contact_id"),
            ["workspace_id", "contact_id"],
            unique=False,
        )

    op.create_table(
        "tasks",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("due_time", sa.Time(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("salesperson_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", storage.types.Instant(), nullable=False),
        sa.Column("closed_at", storage.types.Instant(), nullable=True),
        sa.CheckConstraint("kind IN ('task', 'meeting', 'phone_call')", name=op.f("ck_tasks_kind")),
        sa.CheckConstraint(
            "status IN ('not_started', 'in_progress', 'completed', 'canceled')", name=op.f("ck_tasks_status")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaigns.workspace_id", "campaigns.id"],
            name=op.f("fk_tasks_workspace_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_tasks_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "opportunity_id"],
            ["opportunities.workspace_id", "opportunities.id"],
            name=op.f("fk_tasks_workspace_id_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "salesperson_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_tasks_workspace_id_salesperson_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "template_id"],
            ["interaction_templates.workspace_id", "interaction_templates.id"],
            name=op.f("fk_tasks_workspace_id_template_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_tasks_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_tasks_workspace_id_id")),
    )
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_tasks_workspace_id_entry_id"), ["workspace_id", "entry_id"], unique=False
        )
        batch_op.create_index(
            "ix_tasks_open",
            ["workspace_id", "salesperson_id", "due"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            batch_op.f("ix_tasks_workspace_id_contact_id"), ["workspace_id", "contact_id"], unique=False
        )

    op.create_table(
        "template_languages",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("description", sa.String(length=100), server_default="", nullable=False),
        sa.Column("attachment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id", "attachment_id"],
            ["attachments.workspace_id", "attachments.id"],
            name=op.f("fk_template_languages_workspace_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "template_id"],
            ["interaction_templates.workspace_id", "interaction_templates.id"],
            name=op.f("fk_template_languages_workspace_id_template_id"),
        ),
        sa.PrimaryKeyConstraint(
            "workspace_id", "template_id", "language", name=op.f("pk_template_languages")
        ),
    )
    op.create_table(
        "entries",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("company_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("description", sa.String(length=100), nullable=False),
        sa.Column("subject", sa.String(length=100), server_default="", nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("time", sa.Time(), nullable=True),
        sa.Column("evaluation", sa.String(length=20), nullable=True),
        sa.Column("attempt_failed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("salesperson_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("logged_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("logged_at", storage.types.Instant(), nullable=False),
        sa.Column("correspondence", sa.String(length=20), nullable=True),
        sa.Column("flow", sa.String(length=10), nullable=True),
        sa.Column("initiated_by", sa.String(length=10), nullable=True),
        sa.Column("duration", sa.Integer(), nullable=True),
        sa.Column("cost", sa.String(length=20), server_default="", nullable=False),
        sa.Column("language", sa.String(length=10), nullable=True),
        sa.Column("campaign_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("opportunity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("task_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("attachment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("form_id", sa.String(length=40), nullable=True),
        sa.Column("draft_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("operation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("canceled_at", storage.types.Instant(), nullable=True),
        sa.Column("canceled_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("cancel_reason", sa.String(length=10), nullable=True),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("cancel_reason IN ('undone', 'canceled')", name=op.f("ck_entries_cancel_reason")),
        sa.CheckConstraint(
            "correspondence IN ('hard_copy', 'email')", name=op.f("ck_entries_correspondence")
        ),
        sa.CheckConstraint("description <> ''", name=op.f("ck_entries_description")),
        sa.CheckConstraint(
            "evaluation IN ('very_positive', 'positive', 'neutral', 'negative', 'very_negative')",
            name=op.f("ck_entries_evaluation"),
        ),
        sa.CheckConstraint("flow IN ('outbound', 'inbound')", name=op.f("ck_entries_flow")),
        sa.CheckConstraint("initiated_by IN ('us', 'them')", name=op.f("ck_entries_initiated_by")),
        sa.CheckConstraint(
            "(canceled_at IS NULL) = (cancel_reason IS NULL)", name=op.f("ck_entries_canceled")
        ),
        sa.CheckConstraint("duration >= 0", name=op.f("ck_entries_duration")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "attachment_id"],
            ["attachments.workspace_id", "attachments.id"],
            name=op.f("fk_entries_workspace_id_attachment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "campaign_id"],
            ["campaigns.workspace_id", "campaigns.id"],
            name=op.f("fk_entries_workspace_id_campaign_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "canceled_by"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_entries_workspace_id_canceled_by"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "company_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_entries_workspace_id_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("fk_entries_workspace_id_contact_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "draft_id"],
            ["drafts.workspace_id", "drafts.id"],
            name=op.f("fk_entries_workspace_id_draft_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "group_id"],
            ["interaction_groups.workspace_id", "interaction_groups.id"],
            name=op.f("fk_entries_workspace_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "logged_by"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_entries_workspace_id_logged_by"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "operation_id"],
            ["operations.workspace_id", "operations.id"],
            name=op.f("fk_entries_workspace_id_operation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "opportunity_id"],
            ["opportunities.workspace_id", "opportunities.id"],
            name=op.f("fk_entries_workspace_id_opportunity_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "salesperson_id"],
            ["salespeople.workspace_id", "salespeople.id"],
            name=op.f("fk_entries_workspace_id_salesperson_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "task_id"],
            ["tasks.workspace_id", "tasks.id"],
            name=op.f("fk_entries_workspace_id_task_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "template_id"],
            ["interaction_templates.workspace_id", "interaction_templates.id"],
            name=op.f("fk_entries_workspace_id_template_id"),
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_entries_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("workspace_id", "draft_id", name=op.f("uq_entries_workspace_id_draft_id")),
        sa.UniqueConstraint("workspace_id", "form_id", name=op.f("uq_entries_workspace_id_form_id")),
        sa.UniqueConstraint("workspace_id", "id", name=op.f("uq_entries_workspace_id_id")),
        sa.UniqueConstraint("workspace_id", "number", name=op.f("uq_entries_workspace_id_number")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index("ix_entries_company", ["workspace_id", "company_id", "date"], unique=False)
        batch_op.create_index("ix_entries_contact", ["workspace_id", "contact_id", "date"], unique=False)
        batch_op.create_index("ix_entries_logged", ["workspace_id", "logged_by", "logged_at"], unique=False)
        batch_op.create_index(
            "ix_entries_salesperson", ["workspace_id", "salesperson_id", "date", "template_id"], unique=False
        )

    op.create_table(
        "entry_comments",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "entry_id"],
            ["entries.workspace_id", "entries.id"],
            name=op.f("fk_entry_comments_workspace_id_entry_id"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "entry_id", "line", name=op.f("pk_entry_comments")),
    )


def _drop_tables() -> None:

    op.drop_table("entry_comments")
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index("ix_entries_salesperson")
        batch_op.drop_index("ix_entries_logged")
        batch_op.drop_index("ix_entries_contact")
        batch_op.drop_index("ix_entries_company")

    op.drop_table("entries")
    op.drop_table("template_languages")
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tasks_workspace_id_contact_id"))
        batch_op.drop_index(
            "ix_tasks_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.drop_table("tasks")
    with op.batch_alter_table("opportunities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opportunities_workspace_id_contact_id"))
        batch_op.drop_index(batch_op.f("ix_opportunities_workspace_id_company_id"))

    op.drop_table("opportunities")
    op.drop_table("operation_items")
    op.drop_table("interaction_templates")
    op.drop_table("import_changes")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafts_workspace_id_contact_id"))
        batch_op.drop_index(
            "ix_drafts_waiting",
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.drop_table("drafts")
    with op.batch_alter_table("contact_mailing_groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_mailing_groups_workspace_id_group_id"))

    op.drop_table("contact_mailing_groups")
    with op.batch_alter_table("contact_job_responsibilities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_job_responsibilities_workspace_id_responsibility_id"))

    op.drop_table("contact_job_responsibilities")
    with op.batch_alter_table("contact_industry_groups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contact_industry_groups_workspace_id_group_id"))

    op.drop_table("contact_industry_groups")
    op.drop_table("team_managers")
    with op.batch_alter_table("operations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_operations_workspace_id_actor_id_ended_at"))

    op.drop_table("operations")
    op.drop_table("imports")
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_history_workspace_id_kind_item_id_at"))

    op.drop_table("history")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliveries_workspace_id_answer_key"))
        batch_op.drop_index(
            "ix_deliveries_due",
            sqlite_where=sa.text("state IN ('due', 'sending', 'unknown')"),
            postgresql_where=sa.text("state IN ('due', 'sending', 'unknown')"),
        )

    op.drop_table("deliveries")
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contacts_workspace_id_salesperson_id"))
        batch_op.drop_index(batch_op.f("ix_contacts_workspace_id_match_key"))
        batch_op.drop_index(batch_op.f("ix_contacts_workspace_id_email"))
        batch_op.drop_index(batch_op.f("ix_contacts_workspace_id_company_id"))

    op.drop_table("contacts")
    op.drop_table("campaigns")
    op.drop_table("answers")
    op.drop_table("salespeople")
    op.drop_table("teams")
    op.drop_table("settings")
    with op.batch_alter_table("request_keys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_keys_created_at"))

    op.drop_table("request_keys")
    op.drop_table("number_series")
    op.drop_table("mailing_groups")
    op.drop_table("job_responsibilities")
    op.drop_table("interaction_groups")
    op.drop_table("industry_groups")
    op.drop_table("attachments")
    op.drop_table("workspaces")
