"""Interaction groups and templates, settings."""

from typing import Any

from sqlalchemy import Select, String, bindparam, cast, delete, insert, select, update

from bot.domain.ids import GroupId, TemplateId
from bot.domain.interactions import (
    Correspondence,
    Flow,
    Group,
    Initiator,
    Template,
    Translation,
    WizardAction,
)
from bot.domain.postponed import DraftState
from storage.access import Access, Row
from storage.tables.interactions import drafts
from storage.tables.people import settings
from storage.tables.templates import interaction_groups, interaction_templates, template_languages

_ONE = select(interaction_templates).where(
    interaction_templates.c.workspace_id == bindparam("workspace"),
    interaction_templates.c.id == bindparam("template"),
)
_LANGUAGES = (
    select(
        template_languages.c.template_id,
        template_languages.c.language,
        template_languages.c.description,
        template_languages.c.attachment_id,
    )
    .where(template_languages.c.workspace_id == bindparam("workspace"))
    .order_by(template_languages.c.template_id, template_languages.c.language)
)


class Templates:
    """The interaction templates of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def get(self, template: TemplateId) -> Template | None:
        """Return one template, retired ones too."""
        return next(iter(self._found(_ONE, template=template)), None)

    def in_use(self, template: TemplateId) -> Template | None:
        """Return one template if it can still be chosen."""
        found = self.get(template)
        return found if found is not None and found.active else None

    def active(self) -> list[Template]:
        """Return all templates that can be chosen, in the order they were made."""
        return self._all(interaction_templates.c.active)

    def by_id(self) -> dict[TemplateId, Template]:
        """Return every template, retired ones too."""
        return {template.id: template for template in self._all()}

    def add_group(self, group: Group) -> None:
        """Add an interaction group."""
        self._access.connection.execute(
            insert(interaction_groups).values(
                id=group.id,
                workspace_id=self._access.workspace,
                code=group.code,
                description=group.description,
            )
        )

    def change_group(self, group: Group) -> bool:
        """Write back an interaction group; False when somebody changed it since it was read."""
        changed = self._access.connection.execute(
            update(interaction_groups)
            .where(
                self._access.mine(interaction_groups),
                interaction_groups.c.id == group.id,
                interaction_groups.c.revision == group.revision,
            )
            .values(code=group.code, description=group.description, revision=group.revision + 1)
        )
        return bool(changed.rowcount)

    def delete_group(self, group: GroupId) -> None:
        """Delete an interaction group; the database refuses while something refers to it."""
        self._access.connection.execute(
            delete(interaction_groups).where(
                self._access.mine(interaction_groups), interaction_groups.c.id == group
            )
        )

    def groups(self) -> dict[GroupId, Group]:
        """Return all interaction groups."""
        query = select(interaction_groups).where(self._access.mine(interaction_groups))
        rows = self._access.connection.execute(query).mappings()
        return {
            GroupId(row["id"]): Group(
                id=GroupId(row["id"]),
                code=row["code"],
                description=row["description"],
                revision=row["revision"],
            )
            for row in rows
        }

    def add(self, template: Template) -> None:
        """Add a template with its languages."""
        self._access.connection.execute(
            insert(interaction_templates).values(workspace_id=self._access.workspace, **_columns(template))
        )
        for translation in template.translations:
            self.translate(template.id, translation)

    def change(self, template: Template) -> bool:
        """Write back a template; its languages stay as they are. False when somebody changed it since it was read."""
        changed = self._access.connection.execute(
            update(interaction_templates)
            .where(
                self._access.mine(interaction_templates),
                interaction_templates.c.id == template.id,
                interaction_templates.c.revision == template.revision,
            )
            .values({**_columns(template), "revision": template.revision + 1})
        )
        return bool(changed.rowcount)

    def delete(self, template: TemplateId) -> None:
        """Delete a template with its languages; the database refuses while something refers to it."""
        self._access.connection.execute(
            delete(template_languages).where(
                self._access.mine(template_languages), template_languages.c.template_id == template
            )
        )
        self._access.connection.execute(
            delete(interaction_templates).where(
                self._access.mine(interaction_templates), interaction_templates.c.id == template
            )
        )

    def waits(self, template: TemplateId) -> bool:
        """Whether a postponed interaction names a template."""
        named = cast(drafts.c.form["template"].as_string(), String)
        query = select(drafts.c.id).where(
            self._access.mine(drafts), drafts.c.state == DraftState.OPEN, named == str(template)
        )
        return self._access.connection.scalar(query.limit(1)) is not None

    def translate(self, template: TemplateId, translation: Translation) -> None:
        """Give a template a language, or change what it has in it."""
        statement = self._access.upsert(template_languages).values(
            workspace_id=self._access.workspace,
            template_id=template,
            language=translation.language,
            description=translation.description,
            attachment_id=translation.attachment,
        )
        changed = {name: statement.excluded[name] for name in ("description", "attachment_id")}
        self._access.connection.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace_id", "template_id", "language"], set_=changed
            )
        )

    def drop_language(self, template: TemplateId, language: str) -> None:
        """Take a language off a template."""
        self._access.connection.execute(
            delete(template_languages).where(
                self._access.mine(template_languages),
                template_languages.c.template_id == template,
                template_languages.c.language == language,
            )
        )

    def _all(self, *conditions: Any) -> list[Template]:
        query = (
            select(interaction_templates)
            .where(self._access.mine(interaction_templates), *conditions)
            .order_by(interaction_templates.c.id)
        )
        return self._found(query)

    def _found(self, query: Select[Any], **asked: int) -> list[Template]:
        asked["workspace"] = self._access.workspace
        rows = self._access.connection.execute(query, asked).mappings().all()
        languages = self._languages() if rows else {}
        return [_template(row, languages.get(row["id"], ())) for row in rows]

    def _languages(self) -> dict[int, tuple[Translation, ...]]:
        found: dict[int, tuple[Translation, ...]] = {}
        asked = {"workspace": self._access.workspace}
        for template, *facts in self._access.connection.execute(_LANGUAGES, asked):
            language, description, attachment = facts
            translation = Translation(language=language, description=description, attachment=attachment)
            found[template] = (*found.get(template, ()), translation)
        return found


class Settings:
    """The workspace's settings, each a JSON value under its key."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def get(self, key: str) -> Any:
        """Return the value, None where nothing is set."""
        query = select(settings.c.value).where(self._access.mine(settings), settings.c.key == key)
        return self._access.connection.scalar(query)

    def put(self, key: str, value: Any) -> None:
        """Set the value."""
        statement = self._access.upsert(settings).values(
            workspace_id=self._access.workspace, key=key, value=value
        )
        self._access.connection.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace_id", "key"], set_={"value": statement.excluded.value}
            )
        )


def _template(row: Row, translations: tuple[Translation, ...]) -> Template:
    return Template(
        id=TemplateId(row["id"]),
        group=GroupId(row["group_id"]),
        code=row["code"],
        description=row["description"],
        cost=row["cost"],
        duration=row["duration"],
        flow=Flow(row["flow"]) if row["flow"] else None,
        initiated_by=Initiator(row["initiated_by"]) if row["initiated_by"] else None,
        correspondence=Correspondence(row["correspondence"]) if row["correspondence"] else None,
        ignore_contact=row["ignore_contact"],
        language=row["language"],
        translations=translations,
        wizard_action=WizardAction(row["wizard_action"]) if row["wizard_action"] else None,
        campaign=row["campaign_id"],
        attachment=row["attachment_id"],
        active=row["active"],
        revision=row["revision"],
    )


def _columns(template: Template) -> dict[str, Any]:
    return {
        "id": template.id,
        "group_id": template.group,
        "code": template.code,
        "description": template.description,
        "cost": template.cost,
        "duration": template.duration,
        "flow": template.flow,
        "initiated_by": template.initiated_by,
        "correspondence": template.correspondence,
        "ignore_contact": template.ignore_contact,
        "language": template.language,
        "wizard_action": template.wizard_action,
        "campaign_id": template.campaign,
        "attachment_id": template.attachment,
        "active": template.active,
        "revision": template.revision,
    }
