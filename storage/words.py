"""The words of a workspace's contacts: finds those that contain a piece, and those one typo away.

Every word stands in the table with each of its tails, so that one index answers what begins, contains or
ends so, the same way on both databases.
"""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, bindparam, text

SHORTEST = 3
"""Letters of the shortest piece that is looked for inside words."""
LONGEST = 30
_TAILS = 12
_CANDIDATES = 20_000
_TYPO_LENGTH = 4  # shorter words resemble too many others
_ABOVE_ALL = "\U0010ffff"

_LEARN_SQLITE = "INSERT INTO contact_words (tail, word) VALUES (?, ?) ON CONFLICT DO NOTHING"
_LEARN_POSTGRESQL = text(
    "INSERT INTO contact_words (tail, word) SELECT * FROM unnest(CAST(:tails AS text[]), CAST(:words AS text[])) "
    "ON CONFLICT DO NOTHING"
)
_FORGET = text("DELETE FROM contact_words WHERE tail = :tail AND word = :word")
_KNOWN = text(
    "SELECT tail FROM contact_words WHERE tail IN :tails AND length(word) + :mark = length(tail)"
).bindparams(bindparam("tails", expanding=True))
_CONTAINING = text(
    "SELECT DISTINCT word FROM contact_words WHERE tail >= :first AND tail < :last LIMIT :limit"
)
_BEGINNING = text(
    "SELECT word FROM contact_words WHERE tail >= :first AND tail < :last "
    "AND length(word) + :mark = length(tail) LIMIT :limit"
)
_ENDING = text(
    "SELECT word FROM contact_words WHERE tail = :tail AND length(word) BETWEEN :least AND :most LIMIT :limit"
)


class Words:
    """The words of one workspace, told apart by its mark."""

    def __init__(self, connection: Connection, mark: str) -> None:
        self._connection = connection
        self._mark = mark

    def learn(self, words: Iterable[str]) -> None:
        """Add words; those with digits and those too short or too long for typos are left out."""
        wanted = {self._mark + word: word for word in words if worth_learning(word)}
        known = self._known(list(wanted))
        rows = [row for tail, word in wanted.items() if tail not in known for row in self._rows(word)]
        if rows and self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql(_LEARN_SQLITE, rows)
        elif rows:
            tails, words = zip(*rows, strict=True)
            self._connection.execute(_LEARN_POSTGRESQL, {"tails": list(tails), "words": list(words)})

    def forget(self, words: Iterable[str]) -> None:
        """Remove words that no contact has any more."""
        rows = [row for word in words if worth_learning(word) for row in self._rows(word)]
        if rows:
            self._connection.execute(_FORGET, [{"tail": tail, "word": word} for tail, word in rows])

    def containing(self, piece: str, limit: int) -> list[str]:
        """Return words with `piece` anywhere in them."""
        if len(piece) < SHORTEST:
            return []
        found = self._connection.execute(_CONTAINING, self._range(piece) | {"limit": limit})
        return [word for (word,) in found]

    def near(self, word: str, limit: int) -> list[str]:
        """Return words that one edit makes of `word`, or of their beginnings: a letter more, less, other, swapped."""
        if len(word) < _TYPO_LENGTH:
            return []
        beginning = self._beginning(word)
        close = process.extract(
            word, beginning + self._ending(word), scorer=OSA.distance, score_cutoff=1, limit=limit
        )
        found = [candidate for candidate, _, _ in close] or _begun(word, beginning)
        return list(dict.fromkeys(found))[:limit]

    def _beginning(self, word: str) -> list[str]:
        """Return the words that share the first half, which a typo in the second half leaves alone."""
        bounds = self._range(word[: _half(word)]) | {"mark": len(self._mark), "limit": _CANDIDATES}
        return [found for (found,) in self._connection.execute(_BEGINNING, bounds)]

    def _ending(self, word: str) -> list[str]:
        size = len(word)
        values = {
            "tail": self._mark + word[-_half(word) :],
            "least": size - 1,
            "most": size + 1,
            "limit": _CANDIDATES,
        }
        return [found for (found,) in self._connection.execute(_ENDING, values)]

    def _range(self, start: str) -> dict[str, str | int]:
        return {"first": self._mark + start, "last": self._mark + start + _ABOVE_ALL}

    def _known(self, tails: list[str]) -> set[str]:
        if not tails:
            return set()
        return {
            tail for (tail,) in self._connection.execute(_KNOWN, {"tails": tails, "mark": len(self._mark)})
        }

    def _rows(self, word: str) -> list[tuple[str, str]]:
        last = min(len(word) - 1, _TAILS)
        return [(self._mark + word[start:], word) for start in range(last)]


def worth_learning(word: str) -> bool:
    """Whether a word is one of those in which pieces and typos are looked for."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _half(word: str) -> int:
    """Return how many letters at one of the two ends any single edit leaves alone."""
    return (len(word) - 1) // 2


def _begun(word: str, candidates: list[str]) -> list[str]:
    """Return the candidates that `word`, typed with a typo and not to the end, begins."""
    size = len(word)
    return [
        candidate
        for candidate in candidates
        if any(OSA.distance(word, candidate[:cut], score_cutoff=1) <= 1 for cut in (size - 1, size, size + 1))
    ]
