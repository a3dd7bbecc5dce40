"""What admins set up: which interaction template records what (`domain.md` 1.3)."""

from sqlalchemy import CheckConstraint, Column, String, Table

from bot.domain.documents import RECORDED
from storage.tables.base import metadata, refers
from storage.types import Id

_KINDS = ", ".join(f"'{one}'" for one in RECORDED)

template_setup = Table(
    "template_setup",
    metadata,
    Column("workspace_id", Id, primary_key=True),
    Column("recorded", String(40), primary_key=True),
    Column("template_id", Id, nullable=False),
    CheckConstraint(f"recorded IN ({_KINDS})", name="recorded"),
    refers("template_id", "interaction_templates"),
)
