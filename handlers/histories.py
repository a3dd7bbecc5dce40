"""History of an entry."""

from bot.domain.ids import EntryId
from bot.domain.people import Person
from bot.services.histories import Histories
from bot.text import Text
from bot.views import histories as views
from bot.views.ids import Action
from handlers.payloads import Malformed, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.HISTORY] = history
    routes.actions[Action.HISTORY_PAGE] = turn


def history(press: Press, slack: Surface, histories: Histories, actor: Person, text: Text) -> None:
    """Show what happened to an entry, newest first."""
    story = histories.of_entry(actor, EntryId(press.number))
    slack.show_over(press.in_modal, views.history(press.number, story, text))


def turn(press: Press, slack: Surface, histories: Histories, actor: Person, text: Text) -> None:
    """Show another page of it."""
    entry, _, page = press.value.partition("/")
    if not entry.isdecimal() or not page.isdecimal():
        raise Malformed("a page that was never offered")
    story = histories.of_entry(actor, EntryId(int(entry)), int(page))
    slack.update(press.form.id, views.history(int(entry), story, text))
