"""Interaction templates, as admins set them up (`domain.md` 1.1; `product.md` 11)."""

from dataclasses import dataclass, replace

from bot.domain.ids import GroupId, TemplateId
from bot.domain.interactions import Template, Translation
from bot.domain.messages import Conflict, Message, Refusal
from bot.domain.operations import SetupKind
from bot.domain.people import Person
from bot.domain.template_forms import Problems, TemplateField, TypedTemplate
from bot.domain.template_lists import TemplateChoices, TemplateList, TemplatePage, in_order, page_of
from bot.services.purge import admin_only
from bot.views.template_words import change
from storage.attachments import Attachments
from storage.store import Store
from storage.work import Work

AT_ONCE_SECONDS = 1.0
"""So long somebody waits for statistics before the page comes without them."""

PATIENT_SECONDS = 20.0
"""So long they are counted once the page is there."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a form: the template, or what is wrong with it."""

    template: TemplateId | None = None
    problems: Problems | None = None


class Templates:
    """Lists, makes, changes and retires interaction templates."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(self, actor: Person, page: int = 0, seconds: float = AT_ONCE_SECONDS) -> TemplateList:
        """Return a page of the templates, with statistics where counting takes no longer than `seconds`.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            groups = work.templates.groups()
            templates = in_order(work.templates.by_id().values(), groups)
            statistics = work.template_figures.all(seconds)
        return page_of(templates, groups, statistics, page)

    def one(self, actor: Person, template: TemplateId) -> TemplatePage:
        """Return a template with all that belongs to it.

        Raises:
            Refusal: the actor is no admin, or the template is gone.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            found = known(work, template)
            hanging = (found.attachment, *(one.attachment for one in found.translations))
            attachments = (Attachments(work.access).get(one) for one in hanging if one is not None)
            return TemplatePage(
                template=found,
                group=work.templates.groups()[found.group],
                figures=work.template_figures.of(template, AT_ONCE_SECONDS),
                campaign=work.campaigns.get(found.campaign) if found.campaign else None,
                attachments={one.id: one for one in attachments if one is not None},
                recorded=tuple(kind for kind, used in work.template_setup.all().items() if used == template),
            )

    def form(self, actor: Person, template: TemplateId | None) -> TemplateChoices:
        """Return what stands in the form of a template, None: of a new one.

        Raises:
            Refusal: the actor is no admin, the template is gone, or there is no interaction group yet.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            groups = sorted(work.templates.groups().values(), key=lambda one: one.description.casefold())
            if not groups:
                raise Refusal("There is no interaction group yet. Make one first, under “Groups”.")
            found = known(work, template) if template else None
            running = work.campaigns.running(self._store.clock.now().date())
            standing = work.campaigns.get(found.campaign) if found and found.campaign else None
            others = [one for one in running if standing is None or one.id != standing.id]
            campaigns = [standing, *others] if standing else others
            return TemplateChoices(template=found, groups=tuple(groups), campaigns=tuple(campaigns))

    def make(self, actor: Person, key: str, typed: TypedTemplate) -> Kept:
        """Make a template; the same form (`key`) once more gives the same one.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            first = work.requests.first_answer(key)
            if first is not None:
                return Kept(TemplateId(first["template"]))
            wrong = _problems(work, typed, None)
            if wrong:
                return Kept(problems=wrong)
            blank = Template(
                id=TemplateId(work.access.ids()), group=typed.group or GroupId(0), code="", description=""
            )
            made = typed.written_into(blank)
            work.templates.add(replace(made, translations=_wanted(made)))
            work.requests.remember(key, {"template": made.id})
            work.history.note(SetupKind.TEMPLATE, made.id, actor.id, ("created", None, made.code))
        return Kept(made.id)

    def edit(self, actor: Person, template: TemplateId, revision: int, typed: TypedTemplate) -> Kept:
        """Change a template; what was logged with it stays as it is.

        Raises:
            Refusal: the actor is no admin, the template is gone, or somebody changed it since the form was
                opened (said with what he changed).
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            before = known(work, template)
            if before.revision != revision:
                raise _overtaken(work, before)
            wrong = _problems(work, typed, before)
            if wrong:
                return Kept(problems=wrong)
            after = typed.written_into(before)
            _write(work, actor, before, after)
            for translation in _wanted(after):
                work.templates.translate(template, translation)
        return Kept(template)

    def retire(self, actor: Person, template: TemplateId) -> None:
        """Take a template out of every choice; what was logged with it keeps it.

        Raises:
            Refusal: the actor is no admin, or the template is gone.
        """
        self._let(actor, template, active=False)

    def bring_back(self, actor: Person, template: TemplateId) -> None:
        """Let a retired template be chosen again.

        Raises:
            Refusal: the actor is no admin, or the template is gone.
        """
        self._let(actor, template, active=True)

    def delete(self, actor: Person, template: TemplateId) -> Template:
        """Delete a template that nothing was ever made with, and return what it was.

        Raises:
            Refusal: the actor is no admin, the template is gone, or something refers to it.
        """
        admin_only(actor)
        try:
            with self._store.begin(actor.workspace) as work:
                found = known(work, template)
                if work.templates.waits(template):
                    raise _in_use(found)
                for kind, used in work.template_setup.all().items():
                    if used == template:
                        work.template_setup.put(kind, None)
                work.templates.delete(template)
                hanging = {found.attachment, *(one.attachment for one in found.translations)} - {None}
                Attachments(work.access).drop_unused([one for one in hanging if one is not None])
                work.history.note(SetupKind.TEMPLATE, template, actor.id, ("deleted", found.code, None))
        except Conflict as conflict:
            raise _in_use(found) from conflict
        return found

    def _let(self, actor: Person, template: TemplateId, *, active: bool) -> None:
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            before = known(work, template)
            if before.active == active:
                return
            work.templates.change(replace(before, active=active))
            done = "brought_back" if active else "retired"
            work.history.note(SetupKind.TEMPLATE, template, actor.id, (done, None, before.code))


def known(work: Work, template: TemplateId) -> Template:
    """Return a template.

    Raises:
        Refusal: it is gone.
    """
    found = work.templates.get(template)
    if found is None:
        raise Refusal("This interaction template is gone.")
    return found


def _in_use(template: Template) -> Refusal:
    return Refusal(
        "“{template}” has been used: interactions, segments or follow-ups name it. Retire it instead.",
        template=template.description,
    )


def _problems(work: Work, typed: TypedTemplate, before: Template | None) -> Problems:
    everything = work.templates.by_id().values()
    wrong = typed.problems(one for one in everything if before is None or one.id != before.id)
    if typed.group is not None and typed.group not in work.templates.groups():
        gone = Message("This interaction group is gone. Choose another one.")
        return {**wrong, TemplateField.GROUP: gone}
    return wrong


def _wanted(template: Template) -> tuple[Translation, ...]:
    """Return the template's own language where it is not there yet: choosing one adds it (`domain.md` 1.1)."""
    if template.language is None or template.language in template.languages:
        return ()
    return (Translation(language=template.language),)


def _write(work: Work, actor: Person, before: Template, after: Template) -> None:
    changes = _changes(work, before, after)
    if not changes:
        return
    if not work.templates.change(after):
        raise _overtaken(work, before)
    work.history.note(SetupKind.TEMPLATE, after.id, actor.id, *changes)


def _changes(work: Work, before: Template, after: Template) -> list[tuple[str, object, object]]:
    pairs = ((field, _value(work, before, field), _value(work, after, field)) for field in TemplateField)
    return [(field.value, old, new) for field, old, new in pairs if old != new]


def _value(work: Work, template: Template, field: TemplateField) -> object:
    """Return what stands in a field, as history keeps it: what it names, not its id."""
    if field is TemplateField.GROUP:
        return work.templates.groups()[template.group].description
    if field is TemplateField.CAMPAIGN:
        campaign = work.campaigns.get(template.campaign) if template.campaign else None
        return campaign.description if campaign else None
    return getattr(template, field.value)


def _overtaken(work: Work, template: Template) -> Refusal:
    """Return the refusal that tells what the latest edit changed, and whose it was."""
    lines = work.history.of(SetupKind.TEMPLATE, template.id)
    latest = [line for line in lines if line.at == lines[-1].at]
    fields = [line for line in latest if line.field in set(TemplateField)]
    changes = tuple(change(TemplateField(line.field), line.old or "", line.new or "") for line in fields)
    if not changes:
        return Refusal("Somebody changed this interaction template meanwhile. Open it again.")
    editor = work.people.get(latest[-1].actor_id)
    return Refusal(
        "{name} changed this interaction template meanwhile: {changes}. Open it again.",
        name=editor.name if editor else "–",
        changes=changes,
    )
