"""/log setup, for admins."""

from typing import Any
from uuid import uuid4

from bot.domain.ids import FormId
from bot.domain.messages import Message
from bot.domain.people import Person, Visibility
from bot.domain.purge import LONGEST_RETENTION_DAYS
from bot.services.purge import Purge
from bot.services.teams import Teams
from bot.text import Text
from bot.views import setup as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import Malformed, OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface

DAYS = Message("Write whole days, as in 90; 0 keeps them for ever.")


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.RETENTION] = ask_retention
    routes.actions[Action.VISIBILITY] = ask_visibility
    routes.submissions[Callback.RETENTION] = save_retention
    routes.submissions[Callback.VISIBILITY] = save_visibility


def show(slack: Surface, purge: Purge, teams: Teams, actor: Person, text: Text) -> None:
    """Answer `/log setup`."""
    slack.open(_page(purge, teams, actor, text))


def ask_retention(slack: Surface, purge: Purge, actor: Person, text: Text) -> None:
    """Open the form for how long canceled entries are kept."""
    slack.push(views.retention_form(purge.retention_days(actor), _meta(), text))


def ask_visibility(press: Press, slack: Surface, teams: Teams, actor: Person, text: Text) -> None:
    """Open the form for who reads what, over the setup page or from App Home."""
    slack.show_over(press.in_modal, views.visibility_form(teams.visibility(actor), _meta(), text))


def save_retention(
    view: OpenView, ack: Ack, slack: Surface, purge: Purge, teams: Teams, actor: Person, text: Text
) -> None:
    """Set how long canceled entries are kept, and show it on the page below."""
    typed = payloads.text(view, views.DAYS).strip()
    if not typed.isdecimal() or int(typed) > LONGEST_RETENTION_DAYS:
        return ack(response_action="errors", errors={views.DAYS: text.say(DAYS)})
    purge.keep_for(actor, int(typed))
    ack()
    slack.update(view.root_id, _page(purge, teams, actor, text))


def save_visibility(
    view: OpenView, ack: Ack, slack: Surface, purge: Purge, teams: Teams, actor: Person, text: Text
) -> None:
    """Set who reads what, and show it on the page below."""
    chosen = payloads.chosen(view, views.VISIBILITY)
    if chosen not in set(Visibility):
        raise Malformed("a visibility that was never offered")
    teams.let_see(actor, Visibility(chosen))
    ack()
    slack.update(view.root_id, _page(purge, teams, actor, text))


def _page(purge: Purge, teams: Teams, actor: Person, text: Text) -> dict[str, Any]:
    return views.page(purge.retention_days(actor), teams.visibility(actor), text)


def _meta() -> Meta:
    return Meta(form_id=FormId(uuid4().hex))
