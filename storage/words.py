"""The words of a workspace's contacts: finds those that contain a piece, and those one typo away.

A word is found by its beginning, by every three letters in it, and by its last three together with its length.
On SQLite the latter stand in an FTS5 table, on PostgreSQL in an array with a GIN index: both take many new words
at little cost.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, TextClause, text

SHORTEST = 3
"""Letters of the shortest piece that is looked for inside words."""
LONGEST = 30
_CANDIDATES = 10_000
_TYPO_LENGTH = 4  # shorter words resemble too many others
_END = "\u3013"  # no letter, but a part of words for both databases
_ABOVE_ALL = "\U0010ffff"

_KNOWN = {
    "sqlite": text("SELECT word FROM contact_words WHERE word IN (SELECT value FROM json_each(:words))"),
    "postgresql": text("SELECT word FROM contact_words WHERE word = ANY(CAST(:words AS text[]))"),
}
_LAST_ID = text("SELECT coalesce(max(id), 0) FROM contact_words")
_GRAMS = {
    "sqlite": (
        "SELECT w.word FROM contact_words_grams CROSS JOIN contact_words w ON w.id = contact_words_grams.rowid "
        "WHERE contact_words_grams MATCH :grams"
    ),
    "postgresql": "SELECT word FROM contact_words w WHERE grams {how} CAST(:grams AS text[])",
}


def _in_one(sqlite: str, postgresql: str) -> dict[str, TextClause]:
    """Return the query for words in one text: each row would cost more than the word in it."""
    return {
        "sqlite": text(f"SELECT group_concat(word, ' ') FROM ({sqlite} LIMIT :limit) found"),  # noqa: S608 - constants
        "postgresql": text(f"SELECT string_agg(word, ' ') FROM ({postgresql} LIMIT :limit) found"),  # noqa: S608 - constants
    }


_BEGUN = "SELECT word FROM contact_words WHERE word >= :first AND word < :last AND length(word) >= :least"
_BEGINNING = _in_one(_BEGUN, _BEGUN)
_ENDING = _in_one(_GRAMS["sqlite"], _GRAMS["postgresql"].format(how="&&"))
_CONTAINING = _in_one(
    f"{_GRAMS['sqlite']} AND instr(w.word, :piece) > :beginning",
    f"{_GRAMS['postgresql'].format(how='@>')} AND strpos(w.word, :piece) > :beginning",
)
_LEARN = text(
    "INSERT INTO contact_words (word, grams) SELECT word, string_to_array(grams, ' ') "
    "FROM unnest(CAST(:words AS text[]), CAST(:grams AS text[])) AS new(word, grams) ON CONFLICT DO NOTHING"
)
_FORGET = text("DELETE FROM contact_words WHERE word = ANY(CAST(:words AS text[]))")
_FORGOTTEN = text(
    "DELETE FROM contact_words WHERE word IN (SELECT value FROM json_each(:words)) RETURNING id, word"
)


class Words:
    """The words of one workspace, told apart by its mark."""

    def __init__(self, connection: Connection, mark: str) -> None:
        self._connection = connection
        self._mark = mark

    def learn(self, words: Iterable[str]) -> None:
        """Add words; those with digits and those too short or too long for typos are left out."""
        wanted = sorted(self._mark + word for word in words if worth_learning(word))
        known = self._known(wanted)
        new = [word for word in wanted if word not in known]
        if new and self._is_sqlite:
            self._learn_sqlite(new)
        elif new:
            grams = [" ".join(self._grams(word)) for word in new]
            self._connection.execute(_LEARN, {"words": new, "grams": grams})

    def forget(self, words: Iterable[str]) -> None:
        """Remove words that no contact has any more."""
        gone = [self._mark + word for word in words if worth_learning(word)]
        if gone and self._is_sqlite:
            rows = self._connection.execute(_FORGOTTEN, {"words": json.dumps(gone)}).all()
            remove = (
                "INSERT INTO contact_words_grams (contact_words_grams, rowid, grams) VALUES ('delete', ?, ?)"
            )
            self._driver(remove, [(row.id, " ".join(self._grams(row.word))) for row in rows])
        elif gone:
            self._connection.execute(_FORGET, {"words": gone})

    def containing(self, piece: str, limit: int) -> list[str]:
        """Return words with `piece` in them, but not at their beginning."""
        if len(piece) < SHORTEST:
            return []
        grams = [self._mark + three for three in _threes(piece)]
        beginning = len(self._mark) + 1
        values = {"grams": self._all_of(grams), "piece": piece, "beginning": beginning, "limit": limit}
        return self._found(_CONTAINING, values)

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
        start = self._mark + word[: (len(word) - 1) // 2]
        least = len(self._mark) + len(word) - 1
        bounds = {"first": start, "last": start + _ABOVE_ALL, "least": least, "limit": _CANDIDATES}
        return self._found(_BEGINNING, bounds)

    def _ending(self, word: str) -> list[str]:
        """Return the words of about this length that share the end, which a typo before it leaves alone."""
        sizes = (len(word) - 1, len(word), len(word) + 1)
        grams = [_end(self._mark, word, size) for size in sizes]
        return self._found(_ENDING, {"grams": self._any_of(grams), "limit": _CANDIDATES})

    def _all_of(self, grams: list[str]) -> str | list[str]:
        return _matched(" AND ", grams) if self._is_sqlite else grams

    def _any_of(self, grams: list[str]) -> str | list[str]:
        return _matched(" OR ", grams) if self._is_sqlite else grams

    def _found(self, asked: Mapping[str, TextClause], values: Mapping[str, Any]) -> list[str]:
        words = self._connection.scalar(asked[self._connection.dialect.name], dict(values)) or ""
        size = len(self._mark)
        return [word[size:] for word in words.split()]

    def _known(self, words: list[str]) -> set[str]:
        if not words:
            return set()
        given = json.dumps(words) if self._is_sqlite else words
        return set(
            self._connection.execute(_KNOWN[self._connection.dialect.name], {"words": given}).scalars()
        )

    def _learn_sqlite(self, words: list[str]) -> None:
        first = int(self._connection.execute(_LAST_ID).scalar_one()) + 1
        self._driver("INSERT INTO contact_words (id, word) VALUES (?, ?)", list(enumerate(words, first)))
        grams = [(place, " ".join(self._grams(word))) for place, word in enumerate(words, first)]
        self._driver("INSERT INTO contact_words_grams (rowid, grams) VALUES (?, ?)", grams)

    def _grams(self, marked: str) -> list[str]:
        word = marked[len(self._mark) :]
        return [*(self._mark + three for three in _threes(word)), _end(self._mark, word, len(word))]

    def _driver(self, statement: str, rows: list[tuple[int, str]]) -> None:
        if rows:
            self._connection.exec_driver_sql(statement, rows)

    @property
    def _is_sqlite(self) -> bool:
        return self._connection.dialect.name == "sqlite"


def _matched(joint: str, grams: Iterable[str]) -> str:
    return joint.join(f'"{gram}"' for gram in grams)


def _threes(word: str) -> list[str]:
    return [word[start : start + 3] for start in range(len(word) - 2)]


def _end(mark: str, word: str, size: int) -> str:
    return f"{mark}{_END}{word[-3:]}{size}"


def worth_learning(word: str) -> bool:
    """Whether a word is one of those in which pieces and typos are looked for."""
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _begun(word: str, candidates: list[str]) -> list[str]:
    """Return the candidates that `word`, typed with a typo and not to the end, begins."""
    size = len(word)
    return [
        candidate
        for candidate in candidates
        if any(OSA.distance(word, candidate[:cut], score_cutoff=1) <= 1 for cut in (size - 1, size, size + 1))
    ]
