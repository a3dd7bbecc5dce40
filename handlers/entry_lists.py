"""The interaction log as a list: opened by a command or from App Home, turned page by page in its place."""

from dataclasses import replace

from bot.domain.entries import Asked, Standing
from bot.domain.people import Person
from bot.services.entry_lists import EntryLists
from bot.text import Text
from bot.views import entry_lists as views
from bot.views.asked import read
from bot.views.ids import Action
from handlers.payloads import Malformed, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.ENTRIES] = turn
    routes.actions[Action.SHOW_CANCELED] = show_canceled


def entries(slack: Surface, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Answer `/log list`."""
    slack.reply(views.message(entry_lists.mine(actor), actor.id, text))


def turn(press: Press, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Show the page that the button names; without a name, the actor's own entries."""
    wanted = asked(press.value) if press.value else entry_lists.mine(actor).asked
    show(press, wanted, slack, entry_lists, actor, text)


def show_canceled(press: Press, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Show the canceled entries too, or leave them out, from the first page on."""
    wanted = asked(views.asked_in(press.block) or "").filter
    show(
        press,
        Asked(replace(wanted, standing=Standing.ALL if press.value else Standing.LIVE)),
        slack,
        entry_lists,
        actor,
        text,
    )


def show(
    press: Press, wanted: Asked, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text
) -> None:
    """Show a page: in place of the one it was pressed on, else as a modal from App Home, else as a message."""
    page = entry_lists.page(actor, wanted)
    if press.view is None:
        say = slack.reply if views.asked_in(press.block) is None else slack.replace
        say(views.message(page, actor.id, text))
    elif press.in_modal:
        slack.update(press.view.id, views.screen(page, actor.id, text))
    else:
        slack.open(views.screen(page, actor.id, text))


def asked(word: str) -> Asked:
    """Return what a button or block of the list carries.

    Raises:
        Malformed: that is nothing of ours.
    """
    try:
        return read(word)
    except (ValueError, KeyError) as error:
        raise Malformed("a page that was never offered") from error
