"""One entry opened: its page, shown anew after each act on it."""

from bot.domain.ids import EntryId
from bot.domain.people import Person
from bot.services.entries import Entries
from bot.text import Text
from bot.views import entries as views
from handlers.surface import Surface


def page(entries: Entries, actor: Person, entry: EntryId, below: str | None, text: Text) -> dict[str, object]:
    """Return an entry's page; `below` is the page of the list in whose place it stands."""
    found = entries.page(actor, entry)
    return views.details(
        found.listed,
        found.logged_by,
        text,
        changeable=found.changeable,
        below=below or None,
        links=found.links,
    )


def again(
    view_id: str, block: str, entry: EntryId, slack: Surface, entries: Entries, actor: Person, text: Text
) -> None:
    """Show an entry's page as the entry is now, if that is where something was pressed."""
    below = views.opened_in(block)
    if below is not None and view_id:
        slack.update(view_id, page(entries, actor, entry, below, text))
