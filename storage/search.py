"""Contact search: familiar contacts first, then beginnings, pieces, typos; never a sort of all that match."""

import time
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import text

from bot.domain.contacts import Contact, Found, company_key, search_words
from bot.domain.folding import fold
from bot.domain.ids import ContactId, PersonId
from storage.access import Access
from storage.contacts import Contacts
from storage.deadline import TooSlow, within
from storage.removals import Removals
from storage.search_hits import Hit, Hits
from storage.search_index import Alternatives, Best, SearchIndex
from storage.search_questions import FAMILIAR, NAMED, hits

SECONDS = 1.5
"""After this long a search answers with what it has: at least the familiar contacts."""
_MEANINGS = 20  # words that one misspelt or cut word may stand for
_ABOVE_ALL = "\U0010ffff"

_COMPANY = text(
    "SELECT id FROM contacts WHERE workspace_id = :workspace AND match_key >= :first AND match_key < :last "
    "AND type = 'company' ORDER BY workspace_id, match_key LIMIT 1"
)


class Search:
    """Finds the contacts of a workspace; privacy-blocked ones are found and marked as such."""

    def __init__(self, access: Access, seconds: float = SECONDS) -> None:
        self._access = access
        self._seconds = seconds
        self._index = SearchIndex(access)

    def find(self, query: str, reader: PersonId, limit: int = 20) -> list[Found]:
        """Return contacts for what is typed so far; the reader's own and recent ones first, and unasked."""
        words = search_words(query)
        found = Hits(limit)
        found.add(self._familiar(words, reader, 2 * limit))
        if words and not found.full:
            best = Best(reader, fold(query), limit)
            self._in_time(lambda: self._more(words, best, found))
        return found.found() or self._heir(query)

    def by_prefix_words(self, words: Sequence[str], limit: int) -> list[Found]:
        """Return contacts that have for each of these words one that begins so.

        One above `limit` come back when there are more.
        """
        wanted = search_words(" ".join(words))
        found = Hits(limit + 1)
        if wanted:
            best = Best(PersonId(0), "", limit + 1)
            self._in_time(lambda: found.add(self._index.matching(_begun(wanted), best)))
        return found.found() or self._heir(" ".join(words))

    def company_named(self, name: str) -> ContactId | None:
        """Return the company of this name, letter case and accents aside."""
        first = company_key(name)
        values = {"workspace": self._access.workspace, "first": first, "last": first + _ABOVE_ALL}
        found = self._access.connection.execute(_COMPANY, values).scalar()
        return None if found is None else ContactId(found)

    def _heir(self, number: str) -> list[Found]:
        """Return who has taken the place of a contact of this number, which is gone."""
        heir = Removals(self._access).heir_of(number) if number else None
        contact = Contacts(self._access).get(heir) if heir is not None else None
        return [_as_found(contact)] if contact is not None else []

    def _in_time(self, look: Callable[[], None]) -> None:
        try:
            with within(self._access.connection, self._seconds):
                look()
        except TooSlow:
            return

    def _more(self, words: Sequence[str], best: Best, found: Hits) -> None:
        """Go on from tier to tier until there are enough hits, or none is left, or the time is up."""
        until = time.monotonic() + self._seconds
        named = found.room if len(best.start) <= 2 else found.room // 2  # noqa: PLR2004
        tiers: tuple[Callable[[], Iterable[Hit]], ...] = (
            lambda: self._named(best.start, named),
            lambda: self._index.matching(_begun(words), best),
            lambda: self._containing(words, best),
            lambda: () if found.any else self._misspelt(words, best),
        )
        for tier in tiers:
            if found.full or time.monotonic() >= until:
                return
            found.add(tier())

    def _familiar(self, words: Sequence[str], reader: PersonId, limit: int) -> list[Hit]:
        mark = self._index.mark
        likes = {f"word{place}": f"%{mark}{word}%" for place, word in enumerate(words)}
        values = {"workspace": self._access.workspace, "reader": reader, "limit": limit} | likes
        return hits(FAMILIAR[len(words)], self._access.connection, values)

    def _named(self, start: str, limit: int) -> list[Hit]:
        last = start + _ABOVE_ALL
        values = {"workspace": self._access.workspace, "first": start, "last": last, "limit": limit}
        return hits(NAMED, self._access.connection, values)

    def _containing(self, words: Sequence[str], best: Best) -> list[Hit]:
        inside = [(word, tuple(self._index.words.containing(word, _MEANINGS))) for word in words]
        return self._index.matching(inside, best) if any(meanings for _, meanings in inside) else []

    def _misspelt(self, words: Sequence[str], best: Best) -> list[Hit]:
        meant = [(word, tuple(self._index.words.near(word, _MEANINGS))) for word in words]
        return self._index.matching(meant, best) if any(meanings for _, meanings in meant) else []


def _as_found(contact: Contact) -> Found:
    return Found(
        id=contact.id,
        number=contact.number,
        type=contact.type,
        name=contact.name,
        company_name=contact.company_name,
        city=contact.city,
        privacy_blocked=contact.privacy_blocked,
    )


def _begun(words: Iterable[str]) -> list[Alternatives]:
    return [(word, ()) for word in words]
