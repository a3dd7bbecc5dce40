"""Phone calls from a contact's card: the form with its outcomes, or **No answer** at once."""

from bot.domain.calls import CallOutcome, Line
from bot.domain.ids import ContactId
from bot.domain.people import Person
from bot.services.calls import Calls
from bot.services.choices import Choices
from bot.services.forms import Forms
from bot.views import ids
from bot.views.ids import Action
from handlers import interactions, payloads
from handlers.acks import Ack
from handlers.payloads import Malformed, Press
from handlers.routes import Routes
from handlers.surface import Surface
from handlers.turns import Turns


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.CALL] = call
    routes.writes(Action.NO_ANSWER, note_unanswered)
    routes.writes(Action.CALL_OUTCOME, choose_outcome)


def call(press: Press, slack: Surface, forms: Forms, calls: Calls, actor: Person) -> None:
    """Open the form of a call."""
    contact, line = _dialled(press)
    interactions.show(slack, forms, actor, forms.open(actor, calls.start(actor, contact, line)))


def note_unanswered(press: Press, ack: Ack, calls: Calls, actor: Person) -> None:
    """Log at once that nobody answered; the answer has **Undo**."""
    contact, line = _dialled(press)
    calls.note_unanswered(actor, press.key, contact, line, press.response_url)
    ack()


def choose_outcome(
    press: Press, ack: Ack, slack: Surface, forms: Forms, choices: Choices, turns: Turns, actor: Person
) -> None:
    """Put what came of the call into the open form."""
    view, meta = press.form, payloads.meta(press.form)
    if press.value not in set(CallOutcome):
        raise Malformed("an outcome that was never offered")
    choices.set_outcome(actor, meta, payloads.typed(view), CallOutcome(press.value), press.at)
    ack()
    interactions.show_current(view.id, meta.form_id, slack, forms, turns, actor)


def _dialled(press: Press) -> tuple[ContactId, Line]:
    contact, _, line = press.value.partition(ids.SEPARATOR)
    if not contact.isdecimal() or line not in set(Line):
        raise Malformed("a number that was never offered")
    return ContactId(int(contact)), Line(line)
