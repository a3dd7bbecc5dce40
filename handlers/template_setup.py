"""/log setup → Recording: which template records what, for admins."""

from uuid import uuid4

from bot.domain.documents import RECORDED, Recorded
from bot.domain.ids import FormId, TemplateId
from bot.domain.people import Person
from bot.services.template_setup import TemplateSetup
from bot.text import Text
from bot.views import kit
from bot.views import template_setup as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Query
from handlers.routes import Routes
from handlers.surface import Surface

FOUND = 100


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.TEMPLATE_SETUP] = ask
    routes.submissions[Callback.TEMPLATE_SETUP] = save
    for recorded in RECORDED:
        routes.choices[views.field(recorded)] = suggest


def ask(slack: Surface, template_setup: TemplateSetup, actor: Person, text: Text) -> None:
    """Open the form; it carries what stands in it, so that only what is changed there is written."""
    shown = template_setup.shown(actor)
    standing = tuple(int(shown[one].id) if one in shown else 0 for one in RECORDED)
    slack.push(views.form(Meta(form_id=FormId(uuid4().hex), subjects=standing), shown, text))


def suggest(query: Query, ack: Ack, template_setup: TemplateSetup, actor: Person) -> None:
    """Answer a search for a template."""
    found = views.found(template_setup.choices(actor, query.text, FOUND))
    ack(options=[option.to_dict() for option in kit.options(found)])


def save(view: OpenView, ack: Ack, template_setup: TemplateSetup, actor: Person, text: Text) -> None:
    """Keep what was changed; what is wrong is said at its field."""
    standing = dict(zip(RECORDED, payloads.meta(view).subjects, strict=False))
    shown = {one: TemplateId(template) if template else None for one, template in standing.items()}
    wrong = template_setup.save(actor, shown, {one: _chosen(view, one) for one in RECORDED})
    if wrong:
        errors = {
            view.block_of(views.field(one)) or one.value: text.say(words) for one, words in wrong.items()
        }
        return ack(response_action="errors", errors=errors)
    ack()


def _chosen(view: OpenView, recorded: Recorded) -> TemplateId | None:
    template = payloads.chosen_id(view, views.field(recorded))
    return TemplateId(template) if template else None
