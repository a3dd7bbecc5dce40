"""The interaction log as a list, page by page (`product.md` 7; `domain.md` 2.10)."""

from bot.domain.entries import Asked, Filter, Listed, LogPage
from bot.domain.ids import EntryId
from bot.domain.people import Person, may_read
from bot.services.people import scope
from storage.store import Store
from storage.work import Work


class EntryLists:
    """Reads pages of the log, within what the reader may see."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def mine(self, actor: Person) -> LogPage:
        """Return the first page of what the actor logged or is the salesperson of."""
        return self.page(actor, Asked(Filter(person=actor.id)))

    def page(self, actor: Person, asked: Asked) -> LogPage:
        """Return the page that was asked for; one that is no longer there is the last one."""
        with self._store.read(actor.workspace) as work:
            return work.entry_pages.page(asked, scope(work, actor))

    def readable(self, actor: Person, entries: tuple[EntryId, ...]) -> list[Listed]:
        """Return those of these entries that the actor may read, in this order."""
        with self._store.read(actor.workspace) as work:
            seen = scope(work, actor)
            return [listed for listed in work.entries.many(entries) if may_read(seen, listed.ties)]

    def pressed(self, actor: Person, response_url: str) -> None:
        """Remember the message in which the actor's list stands: a form that was opened from it changes it."""
        with self._store.begin(actor.workspace) as work:
            work.deliveries.point_at_message(_key(actor), actor.id, response_url)

    def response_url(self, actor: Person) -> str | None:
        """Return where the message is in which the actor pressed last, while it can still be reached."""
        with self._store.read(actor.workspace) as work:
            return _response_url(work, actor)


def _key(actor: Person) -> str:
    return f"list:{actor.id}"


def _response_url(work: Work, actor: Person) -> str | None:
    answer = work.deliveries.answer(_key(actor))
    reachable = answer is not None and answer.responds_at(work.access.clock.now())
    return answer.response_url if answer is not None and reachable else None
