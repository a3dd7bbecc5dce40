"""Rows of interaction groups, templates, their languages, and of what records with them (`domain.md` 1.1-1.3)."""

from dataclasses import asdict, replace
from typing import Any

from bot.domain.documents import Act
from bot.domain.ids import GroupId, TemplateId
from bot.domain.import_cells import Fault
from bot.domain.interactions import Group, Template, Translation
from bot.domain.setup_lists import Row
from bot.domain.template_forms import TypedGroup, TypedTemplate
from bot.services.setup_rows import Outcome, refuse
from storage.work import Work


class GroupRows:
    """Takes interaction groups, each known by its code."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known = {group.code: group for group in work.templates.groups().values()}

    def take(self, row: Row) -> Outcome:
        """Make or rename a group.

        Raises:
            Fault: it has no description.
        """
        before = self._known.get(row["code"])
        typed = TypedGroup(code=row["code"], description=row.get("description") or "")
        refuse(typed.problems(()))
        blank = Group(id=GroupId(self._work.access.ids()), code="", description="")
        after = typed.written_into(before or blank)
        if before is None:
            self._work.templates.add_group(after)
        elif after != before:
            self._work.templates.change_group(after)
            after = replace(after, revision=after.revision + 1)
        self._known[after.code] = after
        return _outcome(before, after)


class TemplateRows:
    """Takes interaction templates, each known by its code."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known = {one.code: one for one in work.templates.by_id().values()}
        self._groups = {group.code: group.id for group in work.templates.groups().values()}
        self._campaigns = {one.number: one.id for one in work.campaigns.all()}

    def take(self, row: Row) -> Outcome:
        """Make or change a template; a group that is not there yet is made.

        Raises:
            Fault: something is missing, or names what is not there.
        """
        before = self._known.get(row["code"])
        typed = TypedTemplate(**_typed(before, row) | self._named(row))
        refuse(typed.problems(()))
        blank = Template(
            id=TemplateId(self._work.access.ids()), group=typed.group or GroupId(0), code="", description=""
        )
        after = replace(
            typed.written_into(before or blank), active=row.get("active", before.active if before else True)
        )
        if before is None:
            self._work.templates.add(after)
        elif after != before:
            self._work.templates.change(after)
            after = replace(after, revision=after.revision + 1)
        self._known[after.code] = self._in_its_language(after)
        return _outcome(before, after)

    def _named(self, row: Row) -> dict[str, Any]:
        """Return what a row names by its code or number."""
        found: dict[str, Any] = {}
        if row.get("group"):
            found["group"] = self._groups.get(row["group"]) or self._new_group(row["group"])
        if "campaign" in row:
            found["campaign"] = self._campaigns.get(row["campaign"]) if row["campaign"] else None
        if row.get("campaign") and found["campaign"] is None:
            raise Fault("There is no campaign {number}: import it first.", number=row["campaign"])
        return found

    def _new_group(self, code: str) -> GroupId:
        group = Group(id=GroupId(self._work.access.ids()), code=code, description=code.capitalize())
        self._work.templates.add_group(group)
        self._groups[code] = group.id
        return group.id

    def _in_its_language(self, template: Template) -> Template:
        """A template is there in its own language."""
        if template.language is None or template.language in template.languages:
            return template
        own = Translation(language=template.language)
        self._work.templates.translate(template.id, own)
        return replace(template, translations=(*template.translations, own))


class LanguageRows:
    """Takes languages of templates, each with its description."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known = {one.code: one for one in work.templates.by_id().values()}

    def take(self, row: Row) -> Outcome:
        """Give a template a language, or change its words in it.

        Raises:
            Fault: there is no such template.
        """
        template = _template(self._known, row["template"])
        before = next((one for one in template.translations if one.language == row["language"]), None)
        base = before or Translation(language=row["language"])
        after = replace(base, description=row.get("description", base.description))
        if after != before:
            self._work.templates.translate(template.id, after)
            others = tuple(one for one in template.translations if one.language != after.language)
            self._known[template.code] = replace(template, translations=(*others, after))
        return _outcome(before, after)


class RecordingRows:
    """Takes which template records which document, e-mail or call."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known = {one.code: one for one in work.templates.by_id().values()}

    def take(self, row: Row) -> Outcome:
        """Set the template of a type, or none.

        Raises:
            Fault: there is no such template, or it has an attachment.
        """
        recorded, named = row["recorded"], row.get("template")
        before = self._work.template_setup.all().get(recorded)
        template = _template(self._known, named) if named else None
        if (
            template is not None
            and template.attachment is not None
            and recorded is not Act.MEETING_INVITATION
        ):
            raise Fault(
                "“{template}” has an attachment; what is recorded brings its own: choose one without.",
                template=template.code,
            )
        after = template.id if template else None
        if after != before:
            self._work.template_setup.put(recorded, after)
        return _outcome(before, after) if after or before else Outcome.UNCHANGED


def _typed(before: Template | None, row: Row) -> dict[str, Any]:
    """Return the fields of a form that holds what is there, and over it what a row says."""
    blank = TypedTemplate(code=row["code"], group=None, description="")
    fields = asdict(blank)
    if before is not None:
        fields |= {name: getattr(before, name) for name in fields}
        fields["duration"] = "" if before.duration is None else str(before.duration)
    said = {
        name: value for name, value in row.items() if name in fields and name not in ("group", "campaign")
    }
    return fields | said | {"description": said.get("description", fields["description"]) or ""}


def _template(known: dict[str, Template], code: str) -> Template:
    found = known.get(code)
    if found is None:
        raise Fault("There is no interaction template {code}: import it first.", code=code)
    return found


def _outcome(before: object, after: object) -> Outcome:
    if before is None:
        return Outcome.NEW
    return Outcome.UNCHANGED if after == before else Outcome.CHANGED
