"""The languages of interaction templates, each with its own words and attachment (`domain.md` 1.1)."""

from dataclasses import replace

from bot.domain.ids import TemplateId
from bot.domain.interactions import Template, Translation
from bot.domain.messages import Message, Refusal
from bot.domain.operations import SetupKind
from bot.domain.people import Person
from bot.domain.template_forms import DESCRIPTION_LIMIT
from bot.services.purge import admin_only
from bot.services.templates import known
from storage.attachments import Attachments
from storage.store import Store
from storage.work import Work


class TemplateLanguages:
    """Adds, changes and takes off languages."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def one(self, actor: Person, template: TemplateId, language: str) -> Translation:
        """Return what a template has in a language.

        Raises:
            Refusal: the actor is no admin, or the template or its language is gone.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            return _known(known(work, template), language)

    def put(self, actor: Person, template: TemplateId, language: str, description: str) -> Message | None:
        """Give a template a language, or change its words in it; return what is wrong with them.

        Raises:
            Refusal: the actor is no admin, or the template is gone.
        """
        admin_only(actor)
        words = " ".join(description.split())
        if len(words) > DESCRIPTION_LIMIT:
            return Message("At most {limit} characters.", {"limit": DESCRIPTION_LIMIT})
        with self._store.begin(actor.workspace) as work:
            found = known(work, template)
            there = (one for one in found.translations if one.language == language)
            before = next(there, Translation(language=language))
            work.templates.translate(template, replace(before, description=words))
            _changed(work, actor, found, language, (before.description or None, words or None))
        return None

    def remove(self, actor: Person, template: TemplateId, language: str) -> None:
        """Take a language off a template, with what hangs on it.

        Raises:
            Refusal: the actor is no admin, the template or its language is gone, or it is the template's own.
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            found = known(work, template)
            before = _known(found, language)
            if found.language == language:
                raise Refusal("This is the language of the template. Choose another one there first.")
            work.templates.drop_language(template, language)
            if before.attachment is not None:
                Attachments(work.access).drop_unused([before.attachment])
            _changed(work, actor, found, language, (before.description, None))


def _known(template: Template, language: str) -> Translation:
    found = next((one for one in template.translations if one.language == language), None)
    if found is None:
        raise Refusal("The template is not there in this language any more.")
    return found


def _changed(
    work: Work, actor: Person, template: Template, language: str, words: tuple[str | None, str | None]
) -> None:
    work.history.note(SetupKind.TEMPLATE, template.id, actor.id, (f"language {language}", *words))
