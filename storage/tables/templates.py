"""Interaction groups and templates (`domain.md` 1.1, 1.2), campaigns, opportunities, attachments."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from bot.domain.campaigns import OpportunityStatus
from bot.domain.interactions import Correspondence, Flow, Initiator, WizardAction
from storage.tables.base import belongs, key, metadata, one_of, owned, refers, workspace
from storage.types import Id, Instant

interaction_groups = Table(
    "interaction_groups",
    metadata,
    key(),
    workspace(),
    Column("code", String(10), nullable=False),
    Column("description", String(100), nullable=False),
    UniqueConstraint("workspace_id", "code"),
    CheckConstraint("code <> ''", name="code"),
    owned(),
    belongs(),
)

attachments = Table(
    "attachments",
    metadata,
    key(),
    workspace(),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("read_only", Boolean, nullable=False, server_default=false()),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("workspace_id", "checksum", "name"),
    owned(),
    belongs(),
)

campaigns = Table(
    "campaigns",
    metadata,
    key(),
    workspace(),
    Column("number", String(20), nullable=False),
    Column("description", String(100), nullable=False),
    Column("starts", Date),
    Column("ends", Date),
    Column("salesperson_id", Id),
    Column("active", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("workspace_id", "number"),
    CheckConstraint("starts IS NULL OR ends IS NULL OR starts <= ends", name="period"),
    owned(),
    belongs(),
    refers("salesperson_id", "salespeople"),
)

interaction_templates = Table(
    "interaction_templates",
    metadata,
    key(),
    workspace(),
    Column("code", String(10), nullable=False),
    Column("group_id", Id, nullable=False),
    Column("description", String(100), nullable=False),
    Column("cost", String(20), nullable=False, server_default=""),
    Column("duration", Integer),
    Column("flow", String(10)),
    Column("initiated_by", String(10)),
    Column("correspondence", String(20)),
    Column("ignore_contact", Boolean, nullable=False, server_default=false()),
    Column("language", String(10)),
    Column("wizard_action", String(10)),
    Column("campaign_id", Id),
    Column("attachment_id", Id),
    Column("active", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("workspace_id", "code"),
    CheckConstraint("code <> ''", name="code"),
    CheckConstraint("duration >= 0", name="duration"),
    CheckConstraint(one_of("flow", Flow), name="flow"),
    CheckConstraint(one_of("initiated_by", Initiator), name="initiated_by"),
    CheckConstraint(one_of("correspondence", Correspondence), name="correspondence"),
    CheckConstraint(one_of("wizard_action", WizardAction), name="wizard_action"),
    owned(),
    belongs(),
    refers("group_id", "interaction_groups"),
    refers("campaign_id", "campaigns"),
    refers("attachment_id", "attachments"),
)

template_languages = Table(
    "template_languages",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("template_id", Id, primary_key=True),
    Column("language", String(10), primary_key=True),
    Column("description", String(100), nullable=False, server_default=""),
    Column("attachment_id", Id),
    refers("template_id", "interaction_templates"),
    refers("attachment_id", "attachments"),
)

opportunities = Table(
    "opportunities",
    metadata,
    key(),
    workspace(),
    Column("number", String(20), nullable=False),
    Column("description", String(100), nullable=False),
    Column("contact_id", Id, nullable=False),
    Column("company_id", Id),
    Column("salesperson_id", Id),
    Column("campaign_id", Id),
    Column("status", String(20), nullable=False),
    UniqueConstraint("workspace_id", "number"),
    CheckConstraint(one_of("status", OpportunityStatus), name="status"),
    owned(),
    belongs(),
    refers("contact_id", "contacts"),
    refers("company_id", "contacts"),
    refers("salesperson_id", "salespeople"),
    refers("campaign_id", "campaigns"),
    Index(None, "workspace_id", "company_id"),
    Index(None, "workspace_id", "contact_id"),
)
