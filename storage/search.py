"""Contact search: familiar contacts first, then beginnings, pieces, typos; never a sort of all that match."""

import time
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from sqlalchemy import text

from bot.domain.contacts import Found, company_key, search_words
from bot.domain.folding import fold
from bot.domain.ids import ContactId, PersonId
from storage.access import Access
from storage.deadline import TooSlow, within
from storage.search_hits import COLUMNS, Hit, Hits, best_first
from storage.search_index import Alternatives, SearchIndex

SECONDS = 1.5
"""After this long a search answers with what it has: at least the familiar contacts."""
STREAMED = 100
_RECENT = 200
_OWN = 500
_MEANINGS = 20  # words that one misspelt or cut word may stand for
_ABOVE_ALL = "\U0010ffff"

_FAMILIAR = f"""
SELECT {COLUMNS} FROM (
  SELECT contact_id AS id, max(logged_at) AS touched FROM (
    SELECT contact_id, logged_at FROM entries
    WHERE workspace_id = :workspace AND logged_by = :reader AND contact_id IS NOT NULL
    ORDER BY logged_at DESC LIMIT {_RECENT}
  ) recent GROUP BY contact_id
  UNION ALL
  SELECT id, 0 FROM (
    SELECT id FROM contacts WHERE workspace_id = :workspace AND salesperson_id = :reader LIMIT {_OWN}
  ) own
) familiar JOIN contacts c ON c.id = familiar.id LEFT JOIN contacts k ON k.id = c.company_id
WHERE c.workspace_id = :workspace {{conditions}}
ORDER BY familiar.touched DESC, c.match_key LIMIT :limit
"""  # noqa: S608 - constants
_NAMED = f"""
SELECT {COLUMNS} FROM (
  SELECT * FROM contacts WHERE workspace_id = :workspace AND match_key >= :first AND match_key < :last
  ORDER BY workspace_id, match_key LIMIT :limit
) c LEFT JOIN contacts k ON k.id = c.company_id ORDER BY c.match_key
"""  # noqa: S608 - constants
_COMPANY = text(
    "SELECT id FROM contacts WHERE workspace_id = :workspace AND match_key >= :first AND match_key < :last "
    "AND type = 'company' ORDER BY workspace_id, match_key LIMIT 1"
)


class Search:
    """Finds the contacts of a workspace; privacy-blocked ones are found and marked as such."""

    def __init__(self, access: Access, seconds: float = SECONDS) -> None:
        self._access = access
        self._seconds = seconds

    def find(self, query: str, reader: PersonId, limit: int = 20) -> list[Found]:
        """Return contacts for what is typed so far; the reader's own and recent ones first, and unasked."""
        words = search_words(query)
        hits = Hits(limit)
        hits.add(self._familiar(words, reader, 2 * limit))
        if words and not hits.full:
            self._in_time(lambda: self._more(words, query, reader, hits))
        return hits.found()

    def by_prefix_words(self, words: Sequence[str], limit: int) -> list[Found]:
        """Return contacts that have for each of these words one that begins so.

        One above `limit` come back when there are more.
        """
        wanted = search_words(" ".join(words))
        hits = Hits(limit + 1)
        if wanted:
            self._in_time(lambda: hits.add(self._matching([(word, ()) for word in wanted], limit + 1)))
        return hits.found()

    def company_named(self, name: str) -> ContactId | None:
        """Return the company of this name, letter case and accents aside."""
        first = company_key(name)
        values = {"workspace": self._access.workspace, "first": first, "last": first + _ABOVE_ALL}
        found = self._access.connection.execute(_COMPANY, values).scalar()
        return None if found is None else ContactId(found)

    @cached_property
    def _index(self) -> SearchIndex:
        return SearchIndex(self._access)

    def _in_time(self, look: Callable[[], None]) -> None:
        try:
            with within(self._access.connection, self._seconds):
                look()
        except TooSlow:
            return

    def _more(self, words: tuple[str, ...], query: str, reader: PersonId, hits: Hits) -> None:
        """Go on from tier to tier until there are enough hits, or none is left, or the time is up."""
        until = time.monotonic() + self._seconds
        start = fold(query)
        tiers: tuple[Callable[[], Iterable[Hit]], ...] = (
            lambda: self._named(start, hits.room if len(start) <= 2 else hits.room // 2),  # noqa: PLR2004
            lambda: best_first(self._matching([(word, ()) for word in words], STREAMED), start, reader),
            lambda: best_first(self._containing(words), start, reader),
            lambda: () if hits.any else best_first(self._misspelt(words), start, reader),
        )
        for tier in tiers:
            if hits.full or time.monotonic() >= until:
                return
            hits.add(tier())

    def _familiar(self, words: Sequence[str], reader: PersonId, limit: int) -> list[Hit]:
        conditions = "".join(f" AND c.search LIKE :word{place}" for place in range(len(words)))
        likes = {f"word{place}": f"%{self._index.mark}{word}%" for place, word in enumerate(words)}
        values = {"workspace": self._access.workspace, "reader": reader, "limit": limit} | likes
        statement = text(_FAMILIAR.format(conditions=conditions))
        return [Hit(*row) for row in self._access.connection.execute(statement, values)]

    def _named(self, start: str, limit: int) -> list[Hit]:
        values = {
            "workspace": self._access.workspace,
            "first": start,
            "last": start + _ABOVE_ALL,
            "limit": limit,
        }
        return [Hit(*row) for row in self._access.connection.execute(text(_NAMED), values)]

    def _matching(self, alternatives: Sequence[Alternatives], limit: int) -> list[Hit]:
        return [Hit(*row) for row in self._index.matching(COLUMNS, alternatives, limit)]

    def _containing(self, words: Sequence[str]) -> list[Hit]:
        inside = [(word, tuple(self._index.words.containing(word, _MEANINGS))) for word in words]
        return self._matching(inside, STREAMED) if any(meanings for _, meanings in inside) else []

    def _misspelt(self, words: Sequence[str]) -> list[Hit]:
        meant = [(word, tuple(self._index.words.near(word, _MEANINGS))) for word in words]
        return self._matching(meant, STREAMED) if any(meanings for _, meanings in meant) else []
