"""/log setup → Reminders, for admins."""

from datetime import time
from uuid import uuid4

from bot.domain.ids import FormId
from bot.domain.people import Person
from bot.domain.reminder_policy import Policy
from bot.services.reminder_policy import ReminderPolicy
from bot.text import Text
from bot.views import reminder_policy as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.REMINDER_POLICY] = ask
    routes.submissions[Callback.REMINDER_POLICY] = save


def ask(press: Press, slack: Surface, reminder_policy: ReminderPolicy, actor: Person, text: Text) -> None:
    """Open the form, over the setup page or from App Home."""
    meta = Meta(form_id=FormId(uuid4().hex))
    slack.show_over(press.in_modal, views.form(reminder_policy.now(actor), meta, text))


def save(view: OpenView, ack: Ack, reminder_policy: ReminderPolicy, actor: Person, text: Text) -> None:
    """Set the policy; what is wrong is said at its field."""
    wrong = reminder_policy.set(actor, _typed(view))
    if wrong:
        errors = {view.block_of(name) or name: text.say(words) for name, words in wrong.items()}
        return ack(response_action="errors", errors=errors)
    ack()


def _typed(view: OpenView) -> Policy:
    ticked = payloads.boxes(view, views.DAYS)
    return Policy(
        days=frozenset(day for day in views.WEEK if str(day) in ticked),
        starts=payloads.at(view, views.STARTS) or time(),
        ends=payloads.at(view, views.ENDS) or time(),
        reminders=bool(payloads.boxes(view, views.REMINDERS)),
    )
