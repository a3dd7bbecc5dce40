"""Where the list stands in which something was pressed, so that it changes in place."""

from bot.domain.ids import FormId
from bot.domain.people import Person
from bot.services.lists import Lists
from bot.text import Text
from bot.views import lists as views
from bot.views.forms import Meta
from bot.views.listing import Listing, Said, Where
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.surface import Surface


def listing(press: Press) -> Listing | None:
    """Return the list in which something was pressed, None on App Home and anywhere else."""
    found = Listing.read(press.block)
    return None if found is None or found.where is Where.HOME else found


def told(press: Press, said: Said, slack: Surface, lists: Lists, actor: Person, text: Text) -> None:
    """Show the list anew with what was done in it; a notice says it anew; App Home follows by itself."""
    found = listing(press)
    if found is not None:
        show_again(press, found, slack, lists, actor, said)
    elif press.view is not None and press.in_modal:
        slack.update(press.view.id, views.notice(said, text))


def show_again(
    press: Press, found: Listing, slack: Surface, lists: Lists, actor: Person, said: Said | None
) -> None:
    """Put the list in place of the one in which something was pressed."""
    if press.view is not None:
        slack.update(press.view.id, lists.page(actor, found, said))
    else:
        slack.replace(lists.message(actor, found, said))


def meta_for(press: Press, form_id: FormId, subject: int | None = None) -> Meta:
    """Return what a form carries with it that was opened from a list."""
    below_view = press.view.id if press.view is not None and press.in_modal else ""
    return Meta(form_id=form_id, subject=subject, below=press.block, below_view=below_view)


def open_form(
    press: Press, meta: Meta, view: dict[str, object], slack: Surface, lists: Lists, actor: Person
) -> None:
    """Open a form about something in a list, which is shown anew once the form is submitted."""
    slack.show_over(press.in_modal, view)
    lists.remember(actor, _key(meta), press.response_url)


def submitted(
    view: OpenView, ack: Ack, said: Said, slack: Surface, lists: Lists, actor: Person, text: Text
) -> None:
    """Say what a submitted form did: in the list below it, else in its own place."""
    meta = payloads.meta(view)
    found = Listing.read(meta.below)
    if found is None or found.where is Where.HOME:
        return ack(response_action="update", view=views.notice(said, text))
    ack()
    answer(meta, found, slack, lists, actor, said)


def answer(
    meta: Meta, found: Listing, slack: Surface, lists: Lists, actor: Person, said: Said | None
) -> None:
    """Show a list in place of the one from which a form was opened."""
    if meta.below_view:
        slack.update(meta.below_view, lists.page(actor, found, said))
    else:
        lists.answer(actor, _key(meta), found, said)


def _key(meta: Meta) -> str:
    return f"list:{meta.form_id}"
