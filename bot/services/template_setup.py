"""Which interaction template records which document, e-mail or call (`domain.md` 1.3, 2.13)."""

from collections.abc import Mapping

from bot.domain.documents import Act, Recorded
from bot.domain.ids import TemplateId
from bot.domain.interactions import Template
from bot.domain.messages import Message, Refusal, n_
from bot.domain.operations import SetupKind
from bot.domain.people import Person
from bot.services.purge import admin_only
from bot.views.template_words import recorded_word
from storage.store import Store
from storage.work import Work

_WITHOUT = n_("No interaction template")


def template_for(work: Work, recorded: Recorded) -> TemplateId | None:
    """Return the template that records it; None where none is set up, or it was retired since."""
    return work.template_setup.template_for(recorded)


def record_with(work: Work, actor: Person, recorded: Recorded, template: TemplateId) -> None:
    """Record it with a template from now on.

    Raises:
        Refusal: the actor is no admin, or the template can't record it.
    """
    admin_only(actor)
    problem = _problem(work, recorded, template)
    if problem is not None:
        raise Refusal(problem.text, **problem.values)
    before = work.template_setup.all().get(recorded)
    work.template_setup.put(recorded, template)
    work.history.note(SetupKind.SETUP, actor.workspace, actor.id, (recorded.value, before, template))


class TemplateSetup:
    """Shows and changes the setup."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def shown(self, actor: Person) -> dict[Recorded, Template]:
        """Return the setup; templates that were retired since are left out.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            known = {one.id: one for one in work.templates.active()}
            chosen = work.template_setup.all().items()
        return {kind: known[template] for kind, template in chosen if template in known}

    def choices(self, actor: Person, words: str, limit: int) -> list[Template]:
        """Return the templates in use whose name or code has the words."""
        admin_only(actor)
        asked = words.casefold().split()
        with self._store.read(actor.workspace) as work:
            active = work.templates.active()
        named = ((f"{one.description} {one.code}".casefold(), one) for one in active)
        found = [one for name, one in named if all(word in name for word in asked)]
        return sorted(found, key=lambda one: one.description.casefold())[:limit]

    def save(
        self,
        actor: Person,
        shown: Mapping[Recorded, TemplateId | None],
        chosen: Mapping[Recorded, TemplateId | None],
    ) -> dict[Recorded, Message]:
        """Change what was changed in the form, `shown` being what stood there; return what is wrong, by field.

        Raises:
            Refusal: the actor is no admin, or somebody changed the same since the form was opened.
        """
        admin_only(actor)
        changed = {kind: template for kind, template in chosen.items() if template != shown.get(kind)}
        with self._store.begin(actor.workspace) as work:
            now = work.template_setup.all()
            _refuse_overtaken(work, shown, changed)
            wrong = {
                kind: problem
                for kind, template in changed.items()
                if template is not None and (problem := _problem(work, kind, template))
            }
            if wrong:
                return wrong
            for kind, template in changed.items():
                work.template_setup.put(kind, template)
            lines = [(kind.value, now.get(kind), template) for kind, template in changed.items()]
            work.history.note(SetupKind.SETUP, actor.workspace, actor.id, *lines)
        return {}


def _problem(work: Work, recorded: Recorded, template: TemplateId) -> Message | None:
    """Return what stands against a template: documents bring their own attachment (`domain.md` 1.3)."""
    found = work.templates.in_use(template)
    if found is None:
        return Message(n_("This template is no longer in use. Choose another one."))
    if found.attachment is not None and recorded is not Act.MEETING_INVITATION:
        return Message(
            n_("“{template}” has an attachment; what is recorded brings its own. Choose one without."),
            {"template": found.description},
        )
    return None


def _refuse_overtaken(
    work: Work,
    shown: Mapping[Recorded, TemplateId | None],
    changed: Mapping[Recorded, TemplateId | None],
) -> None:
    now, known = work.template_setup.all(), work.templates.by_id()
    usable = {kind: template for kind, template in now.items() if known[template].active}
    overtaken = [kind for kind in changed if usable.get(kind) != shown.get(kind)]
    changes = tuple(
        Message(
            n_("{field}: {new}"),
            {
                "field": Message(recorded_word(kind)),
                "new": known[usable[kind]].description if kind in usable else Message(_WITHOUT),
            },
        )
        for kind in overtaken
    )
    if changes:
        raise Refusal("Somebody changed the same meanwhile: {changes}. Open it again.", changes=changes)
