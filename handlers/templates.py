"""/log setup → Templates, for admins."""

from uuid import uuid4

from bot import places
from bot.domain.ids import FormId, GroupId, TemplateId
from bot.domain.interactions import Field, WizardAction
from bot.domain.people import Person
from bot.domain.template_forms import Problems, TemplateField, TypedTemplate
from bot.services.templates import PATIENT_SECONDS, Templates
from bot.text import Text
from bot.views import kit
from bot.views import template_forms as forms
from bot.views import templates as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import Malformed, OpenView, Press, Query
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.TEMPLATES] = show
    routes.actions[Action.OPEN_TEMPLATE] = show_one
    routes.actions[Action.NEW_TEMPLATE] = ask_new
    routes.actions[Action.EDIT_TEMPLATE] = ask_edit
    routes.writes(Action.RETIRE_TEMPLATE, retire)
    routes.writes(Action.REVIVE_TEMPLATE, bring_back)
    routes.writes(Action.DELETE_TEMPLATE, delete)
    routes.submissions[Callback.TEMPLATE] = save
    routes.choices[forms.LANGUAGE] = suggest_languages


def show(press: Press, slack: Surface, templates: Templates, actor: Person, text: Text) -> None:
    """Show the templates: over the setup page or App Home, or in the place of a template or another page.

    Where counting a large log takes long, the statistics follow.
    """
    number = int(press.value) if press.value.isdecimal() else 0
    shown = templates.page(actor, number)
    page = views.templates(shown, text)
    if press.in_modal and press.block != f"setup.{Action.TEMPLATES}":
        where = press.form.id
        slack.update(where, page)
    else:
        where = slack.shown_over(press.in_modal, page)
    if shown.statistics is None:
        slack.update(where, views.templates(templates.page(actor, number, PATIENT_SECONDS), text))


def show_one(press: Press, slack: Surface, templates: Templates, actor: Person, text: Text) -> None:
    """Show a template in the place of the list."""
    slack.update(press.form.id, views.template(templates.one(actor, TemplateId(press.number)), text))


def ask_new(press: Press, slack: Surface, templates: Templates, actor: Person, text: Text) -> None:
    """Ask for a new template."""
    slack.push(forms.form(_meta(press), templates.form(actor, None), text))


def ask_edit(press: Press, slack: Surface, templates: Templates, actor: Person, text: Text) -> None:
    """Ask for a template's fields."""
    shown = templates.form(actor, TemplateId(press.number))
    revision = shown.template.revision if shown.template else 0
    slack.push(forms.form(_meta(press, press.number, revision), shown, text))


def suggest_languages(query: Query, ack: Ack, text: Text) -> None:
    """Answer a search for a language."""
    ack(options=[option.to_dict() for option in kit.options(views.languages_found(query.text, text))])


def save(view: OpenView, ack: Ack, slack: Surface, templates: Templates, actor: Person, text: Text) -> None:
    """Make or change a template, and show it below."""
    meta, typed = payloads.meta(view), _typed(view)
    if meta.subject is None:
        kept = templates.make(actor, f"template:{meta.form_id}", typed)
    else:
        kept = templates.edit(actor, TemplateId(meta.subject), meta.revision, typed)
    if kept.template is None:
        return ack(response_action="errors", errors=placed(view, kept.problems or {}, text))
    ack()
    show_below(meta, slack, templates, actor, kept.template, text)


def retire(press: Press, ack: Ack, slack: Surface, templates: Templates, actor: Person, text: Text) -> None:
    """Take a template out of every choice."""
    templates.retire(actor, TemplateId(press.number))
    ack()
    show_one(press, slack, templates, actor, text)


def bring_back(
    press: Press, ack: Ack, slack: Surface, templates: Templates, actor: Person, text: Text
) -> None:
    """Let a retired template be chosen again."""
    templates.bring_back(actor, TemplateId(press.number))
    ack()
    show_one(press, slack, templates, actor, text)


def delete(press: Press, ack: Ack, slack: Surface, templates: Templates, actor: Person, text: Text) -> None:
    """Delete a template that was never used, and show the others."""
    gone = templates.delete(actor, TemplateId(press.number))
    ack()
    slack.update(press.form.id, views.templates(templates.page(actor), text, views.deleted(gone, text)))


def show_below(
    meta: Meta, slack: Surface, templates: Templates, actor: Person, template: TemplateId, text: Text
) -> None:
    """Show a template on the page from which its form was opened."""
    slack.update(meta.below_view, views.template(templates.one(actor, template), text))


def placed(view: OpenView, problems: Problems, text: Text) -> dict[str, str]:
    """Return what is wrong at the blocks where it stands."""
    return {view.block_of(field) or field.value: text.say(message) for field, message in problems.items()}


def language(view: OpenView) -> str | None:
    """Return the language that is chosen in a form.

    Raises:
        Malformed: there is none of this code.
    """
    code = payloads.chosen(view, forms.LANGUAGE)
    if code is not None and not places.is_language(code):
        raise Malformed("a language that was never offered")
    return code


def _typed(view: OpenView) -> TypedTemplate:
    values, group = payloads.typed(view), payloads.chosen_id(view, TemplateField.GROUP)
    return TypedTemplate(
        code=payloads.text(view, TemplateField.CODE),
        group=GroupId(group) if group else None,
        description=payloads.text(view, TemplateField.DESCRIPTION),
        duration=payloads.text(view, TemplateField.DURATION),
        cost=payloads.text(view, TemplateField.COST),
        flow=values.get(Field.FLOW),
        initiated_by=values.get(Field.INITIATED_BY),
        correspondence=values.get(Field.CORRESPONDENCE),
        ignore_contact=payloads.ticked(view, TemplateField.IGNORE_CONTACT),
        language=language(view),
        wizard_action=payloads.one_of(view, TemplateField.WIZARD_ACTION, WizardAction),
        campaign=values.get(Field.CAMPAIGN),
    )


def _meta(press: Press, template: int | None = None, revision: int = 0) -> Meta:
    return Meta(form_id=FormId(uuid4().hex), subject=template, revision=revision, below_view=press.form.id)
