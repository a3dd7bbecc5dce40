"""The interaction log as a list, page by page (`product.md` 7; `domain.md` 2.10)."""

from collections.abc import Iterable

from bot.domain.entries import Asked, Filter, Listed, LogPage
from bot.domain.entry_controls import relaxed
from bot.domain.find import understand
from bot.domain.ids import EntryId
from bot.domain.messages import Refusal
from bot.domain.people import Person, may_read
from bot.services.filter_choices import FilterChoices
from bot.services.filter_names import names_of
from bot.services.finding import nearest, read_line
from bot.services.people import scope
from bot.text import Text
from bot.views import asked as words
from bot.views.entry_lists import Shown
from bot.views.finding import Found
from storage.store import Store
from storage.work import Work


class EntryLists:
    """Reads pages of the log, within what the reader may see."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.choices = FilterChoices(store)

    def start(self, actor: Person) -> Asked:
        """Return what a list shows at first: a manager's team, else the actor's own entries."""
        if len(actor.manages) == 1:
            return Asked(Filter(team=next(iter(actor.manages))))
        if not actor.manages:
            return Asked(Filter(person=actor.id))
        with self._store.read(actor.workspace) as work:
            people = work.people.team_members(actor.manages) | {actor.id}
        return Asked(Filter(salespeople=people))

    def page(self, actor: Person, asked: Asked) -> LogPage:
        """Return the page that was asked for; one that is no longer there is the last one."""
        with self._store.read(actor.workspace) as work:
            return work.entry_pages.page(asked, scope(work, actor))

    def shown(self, actor: Person, asked: Asked) -> Shown:
        """Return the same as the reader sees it."""
        with self._store.read(actor.workspace) as work:
            found = shown(work, actor, asked)
        self._keep(actor, _offered(found))
        return found

    def find(self, actor: Person, line: str, *, start: Filter) -> Found:
        """Return what a line asks for, `start` holding for people where it names none; and what is in doubt."""
        text = Text(actor.locale, actor.zone, self._store.clock.now())
        with self._store.read(actor.workspace) as work:
            read = understand(*read_line(work, actor, line, start, text))
            page = None if read.doubt else shown(work, actor, Asked(read.filter))
            names = names_of(work, read.filter)
            near = () if page is None else nearest(work, actor, read)
        offered = [] if page is None else _offered(page)
        self._keep(actor, [*offered, *(one.narrow(read.filter) for one in (*read.senses, *near))])
        return Found(read, names, page, near)

    def recall(self, actor: Person, word: str) -> Asked:
        """Return what a word on a list says, or the mark in it.

        Raises:
            ValueError, KeyError: we never wrote it.
            Refusal: the list is days old.
        """
        kept = words.kept_in(word)
        if kept is None:
            return words.read(word)
        with self._store.read(actor.workspace) as work:
            first = work.requests.first_answer(_kept(kept[0]))
        if first is None:
            raise Refusal("This list is days old. Open it again.")
        return Asked(words.read(first["word"]).filter, kept[1])

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

    def _keep(self, actor: Person, offered: Iterable[Filter]) -> None:
        """Remember those that are too long for the blocks and buttons of a list."""
        asked = (Asked(one) for one in offered)
        long = [one for one in asked if words.short(one) != words.written(one)]
        if not long:
            return
        with self._store.begin(actor.workspace) as work:
            for one in long:
                work.requests.remember(_kept(words.mark(one.filter)), {"word": words.written(one)})


def shown(work: Work, actor: Person, asked: Asked) -> Shown:
    """Return a page as its reader sees it; of an empty one also what would find something."""
    seen = scope(work, actor)
    page = work.entry_pages.page(asked, seen)
    wider = {} if page.entries else relaxed(page.asked.filter)
    found = frozenset(name for name, one in wider.items() if work.entry_pages.any(one, seen))
    return Shown(page, names_of(work, page.asked.filter), actor.id, found)


def _offered(found: Shown) -> list[Filter]:
    shown = found.page.asked.filter
    return [shown, found.switched, *(relaxed(shown)[name] for name in found.wider)]


def _kept(mark: str) -> str:
    return f"asked:{mark}"


def _key(actor: Person) -> str:
    return f"list:{actor.id}"


def _response_url(work: Work, actor: Person) -> str | None:
    answer = work.deliveries.answer(_key(actor))
    reachable = answer is not None and answer.responds_at(work.access.clock.now())
    return answer.response_url if answer is not None and reachable else None
