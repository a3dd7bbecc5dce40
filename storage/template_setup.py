"""Which interaction template records what (`domain.md` 1.3)."""

from sqlalchemy import and_, delete, select

from bot.domain.documents import Act, DocumentType, Recorded
from bot.domain.ids import TemplateId
from storage.access import Access
from storage.tables.setup import template_setup
from storage.tables.templates import interaction_templates

_in_use = and_(
    interaction_templates.c.workspace_id == template_setup.c.workspace_id,
    interaction_templates.c.id == template_setup.c.template_id,
    interaction_templates.c.active,
)


class TemplateSetup:
    """The templates that documents, e-mails and calls are recorded with."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def template_for(self, recorded: Recorded) -> TemplateId | None:
        """Return the template to record it with; None where none is set up, or it was retired."""
        query = (
            select(template_setup.c.template_id)
            .join(interaction_templates, _in_use)
            .where(self._access.mine(template_setup), template_setup.c.recorded == recorded.value)
        )
        found = self._access.connection.scalar(query)
        return None if found is None else TemplateId(found)

    def all(self) -> dict[Recorded, TemplateId]:
        """Return what is set up, templates that were retired since too."""
        query = select(template_setup.c.recorded, template_setup.c.template_id).where(
            self._access.mine(template_setup)
        )
        rows = self._access.connection.execute(query)
        return {recorded_of(kind): TemplateId(template) for kind, template in rows}

    def put(self, recorded: Recorded, template: TemplateId | None) -> None:
        """Record it with a template from now on, or with none."""
        self._access.connection.execute(
            delete(template_setup).where(
                self._access.mine(template_setup), template_setup.c.recorded == recorded.value
            )
        )
        if template is not None:
            self._access.connection.execute(
                template_setup.insert().values(
                    workspace_id=self._access.workspace, recorded=recorded.value, template_id=template
                )
            )


def recorded_of(kind: str) -> Recorded:
    """Return what is recorded, by its name in the database."""
    return Act(kind) if kind in set(Act) else DocumentType(kind)
