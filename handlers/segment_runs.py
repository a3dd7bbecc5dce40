"""**Log segment**: the dialog, its submission, and **Stop** while it runs."""

from uuid import uuid4

from bot.domain.ids import FormId, LoggedId, SegmentId
from bot.domain.people import Person
from bot.services.segment_runs import Order, SegmentRuns
from bot.text import Text
from bot.views import segment_runs as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.LOG_SEGMENT] = ask
    routes.submissions[Callback.LOG_SEGMENT] = log
    routes.writes(Action.STOP_RUN, stop)


def ask(press: Press, slack: Surface, runs: SegmentRuns, actor: Person, text: Text) -> None:
    """Check the segment as a whole, and open the dialog."""
    checked = runs.check(actor, SegmentId(press.number), send=False)
    meta = Meta(form_id=FormId(uuid4().hex), subject=press.number)
    slack.show_over(press.in_modal, views.dialog(meta, checked, text))


def log(view: OpenView, ack: Ack, runs: SegmentRuns, actor: Person, text: Text) -> None:
    """Begin to log; with faulty lines only where the rest is to be logged later."""
    meta = payloads.meta(view)
    order = Order(
        key=f"log:{meta.form_id}",
        follow_up=payloads.ticked(view, views.FOLLOW_UP),
        send=payloads.ticked(view, views.SEND),
        rest=payloads.ticked(view, views.REST),
    )
    segment = SegmentId(meta.subject or 0)
    if order.send and not order.rest and not runs.was_ordered(actor, order.key):
        checked = runs.check(actor, segment, send=True)
        if checked.faulty:
            return ack(response_action="update", view=views.dialog(meta, checked, text, send=True))
    runs.start(actor, segment, order)
    ack(response_action="clear")


def stop(press: Press, ack: Ack, runs: SegmentRuns, actor: Person) -> None:
    """Stop a run, and take back what it logged."""
    runs.stop_run(actor, LoggedId(press.number))
    ack()
