"""The languages of a template, on its page under /log setup → Templates, for admins."""

from uuid import uuid4

from bot.domain.ids import FormId, TemplateId
from bot.domain.people import Person
from bot.domain.template_forms import TemplateField
from bot.services.template_languages import TemplateLanguages
from bot.services.templates import Templates
from bot.text import Text
from bot.views import template_forms as forms
from bot.views import templates as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import Malformed, OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface
from handlers.templates import language, placed, show_below


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.ADD_LANGUAGE] = ask_new
    routes.actions[Action.EDIT_LANGUAGE] = ask_edit
    routes.writes(Action.REMOVE_LANGUAGE, remove)
    routes.submissions[Callback.TEMPLATE_LANGUAGE] = save


def ask_new(press: Press, slack: Surface, templates: Templates, actor: Person, text: Text) -> None:
    """Ask for another language."""
    template = templates.one(actor, TemplateId(press.number)).template
    slack.push(forms.language_form(_meta(press, template.id, ""), None, text))


def ask_edit(
    press: Press, slack: Surface, template_languages: TemplateLanguages, actor: Person, text: Text
) -> None:
    """Ask for the words of a language."""
    template, code = _subject(press)
    shown = template_languages.one(actor, template, code)
    slack.push(forms.language_form(_meta(press, template, code), shown, text))


def save(
    view: OpenView,
    ack: Ack,
    slack: Surface,
    templates: Templates,
    template_languages: TemplateLanguages,
    actor: Person,
    text: Text,
) -> None:
    """Keep the words of a language, and show the template below."""
    meta = payloads.meta(view)
    template, code = TemplateId(meta.subject or 0), meta.below or language(view)
    if not code:
        raise Malformed("no language was chosen")
    wrong = template_languages.put(actor, template, code, payloads.text(view, TemplateField.DESCRIPTION))
    if wrong is not None:
        errors = placed(view, {TemplateField.DESCRIPTION: wrong}, text)
        return ack(response_action="errors", errors=errors)
    ack()
    show_below(meta, slack, templates, actor, template, text)


def remove(
    press: Press,
    ack: Ack,
    slack: Surface,
    templates: Templates,
    template_languages: TemplateLanguages,
    actor: Person,
    text: Text,
) -> None:
    """Take a language off, and show the template without it."""
    template, code = _subject(press)
    template_languages.remove(actor, template, code)
    ack()
    slack.update(press.form.id, views.template(templates.one(actor, template), text))


def _subject(press: Press) -> tuple[TemplateId, str]:
    template, code = views.subject_of(press.value)
    if not template.isdecimal():
        raise Malformed("a language of no template")
    return TemplateId(int(template)), code


def _meta(press: Press, template: TemplateId, code: str) -> Meta:
    return Meta(form_id=FormId(uuid4().hex), subject=int(template), below=code, below_view=press.form.id)
