"""The interaction log as a list: opened by a command or from App Home, turned and filtered in its place."""

from dataclasses import replace

from bot.domain.entries import Asked, Filter, Standing
from bot.domain.entry_controls import chosen
from bot.domain.people import Person
from bot.services.entry_lists import EntryLists
from bot.text import Text
from bot.views import entry_lists as views
from bot.views import finding
from bot.views.ids import Action
from handlers.payloads import Malformed, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.ENTRIES] = turn
    routes.actions[Action.SHOW_CANCELED] = show_canceled
    routes.actions[Action.FILTER_ENTRIES] = narrow


def entries(slack: Surface, entry_lists: EntryLists, actor: Person, words: str, text: Text) -> None:
    """Answer `/log list`, with filters or without."""
    start = entry_lists.start(actor)
    if words:
        slack.reply(finding.message(entry_lists.find(actor, words, start=start.filter), actor.id, text))
    else:
        slack.reply(views.message(entry_lists.shown(actor, start), text))


def find(slack: Surface, entry_lists: EntryLists, actor: Person, words: str, text: Text) -> None:
    """Answer `/log find`: among everyone's entries, as far as the actor may see."""
    slack.reply(finding.message(entry_lists.find(actor, words, start=Filter()), actor.id, text))


def turn(press: Press, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Show the page that the button names; without a name, what the actor's list begins with."""
    wanted = recalled(press.value, entry_lists, actor) if press.value else entry_lists.start(actor)
    show(press, wanted, slack, entry_lists, actor, text)


def show_canceled(press: Press, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Show the canceled entries too, or leave them out, from the first page on."""
    wanted = pressed_on(press, entry_lists, actor).filter
    standing = Standing.ALL if press.value else Standing.LIVE
    show(press, Asked(replace(wanted, standing=standing)), slack, entry_lists, actor, text)


def narrow(press: Press, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text) -> None:
    """Show what is left, or what comes back, when something was chosen above the list."""
    wanted = pressed_on(press, entry_lists, actor).filter
    try:
        changed = chosen(wanted, press.value, text.today) if press.value else wanted
    except ValueError as error:
        raise Malformed("a choice that was never offered") from error
    show(press, Asked(changed), slack, entry_lists, actor, text)


def show(
    press: Press, wanted: Asked, slack: Surface, entry_lists: EntryLists, actor: Person, text: Text
) -> None:
    """Show a page: in place of the one it was pressed on, else as a modal from App Home, else as a message."""
    page = entry_lists.shown(actor, wanted)
    if press.view is None:
        say = slack.reply if views.asked_in(press.block) is None else slack.replace
        say(views.message(page, text))
    elif press.in_modal:
        slack.update(press.view.id, views.screen(page, text))
    else:
        slack.open(views.screen(page, text))


def pressed_on(press: Press, entry_lists: EntryLists, actor: Person) -> Asked:
    """Return what the list shows on which something was pressed.

    Raises:
        Malformed: it stands on no list.
        Refusal: the list is days old.
    """
    return recalled(views.asked_in(press.block) or "", entry_lists, actor)


def recalled(word: str, entry_lists: EntryLists, actor: Person) -> Asked:
    """Return what a block of the list carries, or a form that was opened from it.

    Raises:
        Malformed: that is nothing of ours.
        Refusal: the list is days old.
    """
    try:
        return entry_lists.recall(actor, word)
    except (ValueError, KeyError) as error:
        raise Malformed("a page that was never offered") from error
