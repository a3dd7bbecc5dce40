"""/log setup → Templates → Groups, for admins."""

from uuid import uuid4

from bot.domain.ids import FormId, GroupId
from bot.domain.interactions import Group
from bot.domain.people import Person
from bot.domain.template_forms import TemplateField, TypedGroup
from bot.services.template_groups import TemplateGroups
from bot.text import Text
from bot.views import template_forms as forms
from bot.views import template_groups as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface
from handlers.templates import placed


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.GROUPS] = show
    routes.actions[Action.NEW_GROUP] = ask_new
    routes.actions[Action.EDIT_GROUP] = ask_edit
    routes.writes(Action.DELETE_GROUP, delete)
    routes.submissions[Callback.GROUP] = save


def show(press: Press, slack: Surface, template_groups: TemplateGroups, actor: Person, text: Text) -> None:
    """Show the groups in the place of the templates."""
    slack.update(press.form.id, views.groups(template_groups.all(actor), text))


def ask_new(press: Press, slack: Surface, template_groups: TemplateGroups, actor: Person, text: Text) -> None:
    """Ask for a new group."""
    template_groups.all(actor)
    slack.push(forms.group_form(_meta(press, None), None, text))


def ask_edit(
    press: Press, slack: Surface, template_groups: TemplateGroups, actor: Person, text: Text
) -> None:
    """Ask for a group's code and description."""
    group = template_groups.one(actor, GroupId(press.number))
    slack.push(forms.group_form(_meta(press, group), group, text))


def save(
    view: OpenView, ack: Ack, slack: Surface, template_groups: TemplateGroups, actor: Person, text: Text
) -> None:
    """Make or change a group, and show all of them below."""
    meta = payloads.meta(view)
    typed = TypedGroup(
        code=payloads.text(view, TemplateField.CODE),
        description=payloads.text(view, TemplateField.DESCRIPTION),
    )
    if meta.subject is None:
        wrong = template_groups.make(actor, f"group:{meta.form_id}", typed)
    else:
        wrong = template_groups.edit(actor, GroupId(meta.subject), meta.revision, typed)
    if wrong:
        return ack(response_action="errors", errors=placed(view, wrong, text))
    ack()
    slack.update(meta.below_view, views.groups(template_groups.all(actor), text))


def delete(
    press: Press, ack: Ack, slack: Surface, template_groups: TemplateGroups, actor: Person, text: Text
) -> None:
    """Delete an empty group, and show the others."""
    gone = template_groups.delete(actor, GroupId(press.number))
    ack()
    slack.update(press.form.id, views.groups(template_groups.all(actor), text, views.deleted(gone, text)))


def _meta(press: Press, group: Group | None) -> Meta:
    return Meta(
        form_id=FormId(uuid4().hex),
        subject=int(group.id) if group else None,
        revision=group.revision if group else 0,
        below_view=press.form.id,
    )
