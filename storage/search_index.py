"""What contacts are found by: kept in step with them by everything that writes contacts."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from bot.domain.contacts import APART
from bot.domain.ids import PersonId
from storage.access import Access
from storage.search_hits import Hit
from storage.search_questions import HAVING, MATCHING, hits
from storage.tables.people import workspaces
from storage.words import Words, worth_learning

_MARKS = 20_000  # of the CJK letters from U+4E00, one for each of the first workspaces
_FIRST_MARK = 0x4E00
_SECOND_MARK = 0xAC00

_MARKS_KNOWN = "marks of workspaces"  # what a connection remembers: they never change

_ADD = "INSERT INTO contact_search (rowid, words) VALUES (?, ?)"
_REMOVE = text("INSERT INTO contact_search (contact_search, rowid, words) VALUES ('delete', :id, :words)")
Alternatives = tuple[str, tuple[str, ...]]
"""What one word of a query may stand for: anything that begins with it, or one of these words."""


class Best(NamedTuple):
    """Which of many matches are wanted: the reader's own, and names with `start` at their beginning or in them."""

    reader: PersonId
    start: str
    limit: int


class SearchIndex:
    """The index of one workspace: on SQLite an FTS5 table, on PostgreSQL a GIN index of the contacts."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @property
    def mark(self) -> str:
        """The letter before every indexed word that tells this workspace's words from all others'."""
        marks: dict[int, str] = self._connection.info.setdefault(_MARKS_KNOWN, {})
        known = marks.get(self._access.workspace)
        if known is None:
            known = marks[self._access.workspace] = self._mark()
        return known

    @property
    def words(self) -> Words:
        """The words of the workspace's contacts."""
        return Words(self._connection, self.mark)

    def marked(self, search: str) -> str:
        """Return the words of a contact as `contacts.search` holds them."""
        return self.mark + search.replace(" ", f" {self.mark}") if search else ""

    def add(self, rows: Sequence[tuple[int, str]]) -> None:
        """Index contacts (id, marked words) that were just written."""
        if rows:
            self.write(rows)
            self.words.learn(self._plain(rows))

    def write(self, rows: Sequence[tuple[int, str]]) -> None:
        """Index contacts without learning their words: who calls this has done it."""
        if self._is_sqlite and rows:
            self._connection.exec_driver_sql(_ADD, list(rows))

    def remove(self, rows: Sequence[tuple[int, str]]) -> None:
        """Take out contacts (id, marked words as indexed); their words stay known until `forget`."""
        if self._is_sqlite and rows:
            self._connection.execute(_REMOVE, [{"id": row, "words": words} for row, words in rows])

    def replace(self, before: Sequence[tuple[int, str]], after: Sequence[tuple[int, str]]) -> None:
        """Index changed contacts anew, after they were written."""
        self.remove(before)
        self.add(after)
        self.forget(self._plain(before) - self._plain(after))

    def forget(self, words: Iterable[str]) -> None:
        """Forget those of the words that no contact has any more."""
        self.words.forget([word for word in words if worth_learning(word) and not self._has(word)])

    def matching(self, alternatives: Iterable[Alternatives], best: Best) -> list[Hit]:
        """Return the best of some contacts that match every word in one of its meanings."""
        values = {
            "match": self._match(alternatives),
            "workspace": self._access.workspace,
            "apart": APART,
            **best._asdict(),
        }
        return hits(MATCHING, self._connection, values)

    def _has(self, word: str) -> bool:
        exact = f'"{self.mark}{word}"' if self._is_sqlite else f"'{self.mark}{word}'"
        return bool(HAVING.ask(self._connection, {"match": exact}))

    def _mark(self) -> str:
        query = select(workspaces.c.ordinal).where(workspaces.c.id == self._access.workspace)
        return mark_of(self._connection.execute(query).scalar_one())

    def _match(self, alternatives: Iterable[Alternatives]) -> str:
        return (" AND " if self._is_sqlite else " & ").join(
            self._one(start, words) for start, words in alternatives
        )

    def _one(self, start: str, words: tuple[str, ...]) -> str:
        if self._is_sqlite:
            return (
                "("
                + " OR ".join([f'"{self.mark}{start}" *', *(f'"{self.mark}{word}"' for word in words)])
                + ")"
            )
        return (
            "(" + " | ".join([f"'{self.mark}{start}':*", *(f"'{self.mark}{word}'" for word in words)]) + ")"
        )

    def _plain(self, rows: Sequence[tuple[int, str]]) -> set[str]:
        return {word.removeprefix(self.mark) for _, words in rows for word in words.split()}

    @property
    def _connection(self) -> Connection:
        return self._access.connection

    @property
    def _is_sqlite(self) -> bool:
        return self._access.connection.dialect.name == "sqlite"


def mark_of(ordinal: int) -> str:
    """Return the letter of one of the first 20,000 workspaces; two letters for those after them."""
    more, place = divmod(ordinal, _MARKS)
    mark = chr(_FIRST_MARK + place)
    return chr(_SECOND_MARK + more) + mark if more else mark
