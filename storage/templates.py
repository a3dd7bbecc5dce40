"""Interaction groups and templates, number series, settings."""

from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update

from bot.domain.ids import GroupId, TemplateId
from bot.domain.interactions import Correspondence, Flow, Group, Initiator, Template, WizardAction
from bot.domain.messages import Refusal
from storage.access import Access, Row
from storage.tables.people import number_series, settings
from storage.tables.templates import interaction_groups, interaction_templates, template_languages

_ONE = select(interaction_templates).where(
    interaction_templates.c.workspace_id == bindparam("workspace"),
    interaction_templates.c.id == bindparam("template"),
)
_LANGUAGES = (
    select(template_languages.c.template_id, template_languages.c.language)
    .where(template_languages.c.workspace_id == bindparam("workspace"))
    .order_by(template_languages.c.template_id, template_languages.c.language)
)
_TAKE = (
    update(number_series)
    .where(
        number_series.c.workspace_id == bindparam("workspace"), number_series.c.code == bindparam("series")
    )
    .values(next=number_series.c.next + bindparam("count"))
    .returning(number_series.c.prefix, number_series.c.digits, number_series.c.next)
)


class Templates:
    """The interaction templates of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def get(self, template: TemplateId) -> Template | None:
        """Return one template, retired ones too."""
        return next(iter(self._found(_ONE, template=template)), None)

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

    def groups(self) -> dict[GroupId, Group]:
        """Return all interaction groups."""
        query = select(interaction_groups).where(self._access.mine(interaction_groups))
        rows = self._access.connection.execute(query).mappings()
        return {
            GroupId(row["id"]): Group(id=GroupId(row["id"]), code=row["code"], description=row["description"])
            for row in rows
        }

    def add(self, template: Template) -> None:
        """Add a template with its languages."""
        self._access.connection.execute(
            insert(interaction_templates).values(workspace_id=self._access.workspace, **_columns(template))
        )
        for language in template.languages:
            self._access.connection.execute(
                insert(template_languages).values(
                    workspace_id=self._access.workspace, template_id=template.id, language=language
                )
            )

    def change(self, template: Template) -> None:
        """Write back a template; its languages stay as they are."""
        self._access.connection.execute(
            update(interaction_templates)
            .where(self._access.mine(interaction_templates), interaction_templates.c.id == template.id)
            .values(**_columns(template))
        )

    def retire(self, template: TemplateId) -> None:
        """Take a template out of choice; entries keep it."""
        self._access.connection.execute(
            update(interaction_templates)
            .where(self._access.mine(interaction_templates), interaction_templates.c.id == template)
            .values(active=False)
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

    def _languages(self) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        asked = {"workspace": self._access.workspace}
        for template, language in self._access.connection.execute(_LANGUAGES, asked):
            found[template] = (*found.get(template, ()), language)
        return found


class Numbers:
    """Number series: the next number of a kind, unique within the workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def open(self, code: str, prefix: str, digits: int) -> None:
        """Start a series at one; an existing one is left alone."""
        self._access.connection.execute(
            self._access.insert_once(number_series, "code").values(
                workspace_id=self._access.workspace, code=code, prefix=prefix, digits=digits, next=1
            )
        )

    def manual(self, code: str) -> bool:
        """Whether a number of this series may be given by hand."""
        query = select(number_series.c.manual).where(
            self._access.mine(number_series), number_series.c.code == code
        )
        return bool(self._access.connection.scalar(query))

    def take(self, code: str) -> str:
        """Return the next number, as in `CT000123`."""
        return self.take_many(code, 1)[0]

    def take_many(self, code: str, count: int) -> list[str]:
        """Return the next `count` numbers.

        Raises:
            Refusal: the workspace has no such series.
        """
        asked = {"workspace": self._access.workspace, "series": code, "count": count}
        row = self._access.connection.execute(_TAKE, asked).one_or_none()
        if row is None:
            raise Refusal("There is no number series “{code}”. Ask an admin to set it up.", code=code)
        first = row.next - count
        return [f"{row.prefix}{number:0{row.digits}d}" for number in range(first, row.next)]


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


def _template(row: Row, languages: tuple[str, ...]) -> Template:
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
        languages=languages,
        wizard_action=WizardAction(row["wizard_action"]) if row["wizard_action"] else None,
        campaign=row["campaign_id"],
        attachment=row["attachment_id"],
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
    }
