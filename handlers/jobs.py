"""Jobs, for admins: what ran, what failed."""

from bot.domain.ids import DeliveryId
from bot.domain.people import Person
from bot.services.jobs import Jobs
from bot.text import Text
from bot.views import jobs as views
from bot.views.ids import Action
from handlers.acks import Ack
from handlers.payloads import Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.JOBS] = show
    routes.writes(Action.TRY_AGAIN, try_again)


def show(press: Press, slack: Surface, jobs: Jobs, actor: Person, text: Text) -> None:
    """Show how the jobs stand."""
    inside = press.view is not None and bool(press.view.callback)
    slack.show_over(inside, views.page(jobs.report(actor), text))


def try_again(press: Press, ack: Ack, slack: Surface, jobs: Jobs, actor: Person, text: Text) -> None:
    """Send a failed message once more, and show the page without it."""
    jobs.try_again(actor, DeliveryId(press.number))
    ack()
    slack.update(press.form.id, views.page(jobs.report(actor), text))
