"""/log setup → Numbers: the number series, for admins."""

from uuid import uuid4

from bot.domain.ids import FormId
from bot.domain.number_series import SeriesCode, SeriesField, TypedSeries, read_series
from bot.domain.people import Person
from bot.services.number_series import NumberSeries
from bot.text import Text
from bot.views import number_series as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import Malformed, OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.NUMBER_SERIES] = show
    routes.actions[Action.EDIT_SERIES] = ask
    routes.submissions[Callback.SERIES] = save


def show(slack: Surface, number_series: NumberSeries, actor: Person, text: Text) -> None:
    """Show the number series."""
    slack.push(views.page(number_series.all(actor), text))


def ask(press: Press, slack: Surface, number_series: NumberSeries, actor: Person, text: Text) -> None:
    """Ask how a series goes on."""
    if press.value not in set(SeriesCode):
        raise Malformed("a number series that was never offered")
    one = number_series.one(actor, SeriesCode(press.value))
    meta = Meta(form_id=FormId(uuid4().hex), below=one.written, below_view=press.form.id)
    slack.push(views.form(meta, one, text))


def save(
    view: OpenView, ack: Ack, slack: Surface, number_series: NumberSeries, actor: Person, text: Text
) -> None:
    """Change a series, and show all of them below."""
    meta = payloads.meta(view)
    typed = TypedSeries(
        prefix=payloads.text(view, SeriesField.PREFIX),
        next=payloads.text(view, SeriesField.NEXT),
        digits=payloads.text(view, SeriesField.DIGITS),
        manual=payloads.ticked(view, SeriesField.MANUAL),
    )
    shown = read_series(meta.below)
    if shown is None:
        raise Malformed("a number series that was never offered")
    wrong = number_series.change(actor, shown, typed)
    if wrong:
        errors = {view.block_of(field) or field.value: text.say(words) for field, words in wrong.items()}
        return ack(response_action="errors", errors=errors)
    ack()
    slack.update(meta.below_view, views.page(number_series.all(actor), text))
