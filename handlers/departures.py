"""Taking over what people who have left leave behind."""

from bot.domain.ids import PersonId
from bot.domain.people import Person
from bot.services.departures import Departures
from bot.services.lists import Lists
from bot.text import Text
from bot.views import departures as views
from bot.views.ids import Action
from bot.views.listing import Said
from handlers import standing
from handlers.acks import Ack
from handlers.payloads import Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listener."""
    routes.writes(Action.TAKE_OVER, take_over)


def take_over(
    press: Press, slack: Surface, departures: Departures, lists: Lists, actor: Person, ack: Ack, text: Text
) -> None:
    """Make the drafts of somebody who left one's own; the list shows them at once."""
    taken = departures.take_over(actor, PersonId(press.number))
    ack()
    standing.told(press, Said(views.taken(taken, text)), slack, lists, actor, text)
