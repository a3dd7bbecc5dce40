"""Interaction groups, as admins set them up (`domain.md` 1.2)."""

from dataclasses import replace

from bot.domain.ids import GroupId
from bot.domain.interactions import Group
from bot.domain.messages import Conflict, Refusal
from bot.domain.operations import SetupKind
from bot.domain.people import Person
from bot.domain.template_forms import Problems, TemplateField, TypedGroup
from bot.domain.template_lists import NONE, GroupLine
from bot.services.purge import admin_only
from bot.services.templates import AT_ONCE_SECONDS
from bot.views.template_words import change
from storage.store import Store
from storage.work import Work


class TemplateGroups:
    """Lists, makes, changes and deletes interaction groups."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, actor: Person) -> list[GroupLine]:
        """Return the groups by name.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            templates = [one.group for one in work.templates.by_id().values()]
            counted = work.template_figures.all(AT_ONCE_SECONDS)
            groups = work.templates.groups().values()
        used = counted.groups if counted else None
        return [
            GroupLine(group, templates.count(group.id), None if used is None else used.get(group.id, NONE))
            for group in sorted(groups, key=lambda one: one.description.casefold())
        ]

    def one(self, actor: Person, group: GroupId) -> Group:
        """Return a group.

        Raises:
            Refusal: the actor is no admin, or the group is gone.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            return _known(work, group)

    def make(self, actor: Person, key: str, typed: TypedGroup) -> Problems | None:
        """Make a group, or return what is wrong; the same form (`key`) once more makes nothing.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            if work.requests.first_answer(key) is not None:
                return None
            wrong = typed.problems(work.templates.groups().values())
            if wrong:
                return wrong
            group = typed.written_into(Group(id=GroupId(work.access.ids()), code="", description=""))
            work.templates.add_group(group)
            work.requests.remember(key, {"group": group.id})
            work.history.note(SetupKind.GROUP, group.id, actor.id, ("created", None, group.code))
        return None

    def edit(self, actor: Person, group: GroupId, revision: int, typed: TypedGroup) -> Problems | None:
        """Change a group, or return what is wrong.

        Raises:
            Refusal: the actor is no admin, the group is gone, or somebody changed it since the form was opened.
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            before = _known(work, group)
            if before.revision != revision:
                raise _overtaken(work, before)
            wrong = typed.problems(one for one in work.templates.groups().values() if one.id != group)
            if wrong:
                return wrong
            after = typed.written_into(before)
            if replace(after, revision=before.revision) == before:
                return None
            if not work.templates.change_group(after):
                raise _overtaken(work, before)
            changes = [
                (field.value, getattr(before, field.value), getattr(after, field.value))
                for field in (TemplateField.CODE, TemplateField.DESCRIPTION)
            ]
            lines = (one for one in changes if one[1] != one[2])
            work.history.note(SetupKind.GROUP, group, actor.id, *lines)
        return None

    def delete(self, actor: Person, group: GroupId) -> Group:
        """Delete an empty group, and return what it was.

        Raises:
            Refusal: the actor is no admin, the group is gone, or something belongs to it.
        """
        admin_only(actor)
        try:
            with self._store.begin(actor.workspace) as work:
                found = _known(work, group)
                work.templates.delete_group(group)
                work.history.note(SetupKind.GROUP, group, actor.id, ("deleted", found.code, None))
        except Conflict as conflict:
            raise Refusal(
                "“{group}” is not empty: templates belong to it, or interactions were logged with it.",
                group=found.description,
            ) from conflict
        return found


def _known(work: Work, group: GroupId) -> Group:
    found = work.templates.groups().get(group)
    if found is None:
        raise Refusal("This interaction group is gone.")
    return found


def _overtaken(work: Work, group: Group) -> Refusal:
    lines = work.history.of(SetupKind.GROUP, group.id)
    latest = [line for line in lines if line.at == lines[-1].at and line.field in set(TemplateField)]
    changes = tuple(change(TemplateField(line.field), line.old or "", line.new or "") for line in latest)
    if not changes:
        return Refusal("Somebody changed this interaction group meanwhile. Open it again.")
    return Refusal(
        "Somebody changed this interaction group meanwhile: {changes}. Open it again.", changes=changes
    )
