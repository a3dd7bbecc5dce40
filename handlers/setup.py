"""/log setup, for admins."""

from uuid import uuid4

from bot.domain.ids import FormId
from bot.domain.messages import Message
from bot.domain.people import Person
from bot.domain.purge import LONGEST_RETENTION_DAYS
from bot.services.purge import Purge
from bot.text import Text
from bot.views import setup as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView
from handlers.routes import Routes
from handlers.surface import Surface

DAYS = Message("Write whole days, as in 90; 0 keeps them for ever.")


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.RETENTION] = ask_retention
    routes.submissions[Callback.RETENTION] = save_retention


def show(slack: Surface, purge: Purge, actor: Person, text: Text) -> None:
    """Answer `/log setup`."""
    slack.open(views.page(purge.retention_days(actor), text))


def ask_retention(slack: Surface, purge: Purge, actor: Person, text: Text) -> None:
    """Open the form for how long canceled entries are kept."""
    slack.push(views.retention_form(purge.retention_days(actor), Meta(form_id=FormId(uuid4().hex)), text))


def save_retention(view: OpenView, ack: Ack, slack: Surface, purge: Purge, actor: Person, text: Text) -> None:
    """Set how long canceled entries are kept, and show it on the page below."""
    typed = payloads.text(view, views.DAYS).strip()
    if not typed.isdecimal() or int(typed) > LONGEST_RETENTION_DAYS:
        return ack(response_action="errors", errors={views.DAYS: text.say(DAYS)})
    purge.keep_for(actor, int(typed))
    ack()
    slack.update(view.root_id, views.page(int(typed), text))
