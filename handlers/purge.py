"""Purge cards: keeping what they announce, and looking at it."""

from bot.domain.ids import CardId
from bot.domain.people import Person
from bot.services.purge import Purge
from bot.text import Text
from bot.views import purge as views
from bot.views.ids import Action
from handlers.payloads import Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.writes(Action.KEEP_CARD, keep)
    routes.actions[Action.SHOW_CARD] = show


def keep(press: Press, purge: Purge, actor: Person) -> None:
    """Keep what a card announced; the card says so, to every admin."""
    purge.keep(actor, CardId(press.number))


def show(press: Press, slack: Surface, purge: Purge, actor: Person, text: Text) -> None:
    """Show what a card announced."""
    entries, count = purge.shown(actor, CardId(press.number))
    slack.open(views.shown(entries, count, text))
