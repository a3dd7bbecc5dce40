"""What entries are found by: the words of description and comment, kept in step by all that writes entries.

Each word bears the mark of its workspace and a letter for the month of the entry: a search goes from month to
month, the newest first, and stops once it knows enough; a word that is common costs no more than a rare one.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, delete, func, insert, literal, select, text

from bot.domain.entries import Filter
from bot.domain.folding import asked, words
from storage.access import Access
from storage.bulk import insert_rows
from storage.deadline import TooSlow, within
from storage.search_index import SearchIndex
from storage.tables.entry_words import entry_words
from storage.tables.interactions import entries, entry_comments

FEW = 3000
"""Up to so many entries that hold the words are looked at one by one; more make them common."""
MOST_ASKED = 8
MOST_WORDS = 400
LONGEST = 60
SECONDS = 1.0
_FEW_ROWS = 20  # from then on COPY is quicker
FIRST_MONTH = 0x3400
"""Of the letters before words, one for each month since 1900: they are CJK letters."""
_LAST_MONTH = 0x4DBF
_COLUMNS = ("entry_id", "workspace_id", "words")
_ADD = "INSERT INTO entry_search (rowid, words) VALUES (?, ?)"
_REMOVE = text(
    "INSERT INTO entry_search (entry_search, rowid, words) SELECT 'delete', entry_id, words FROM entry_words"
    " WHERE entry_id IN (SELECT value FROM json_each(:entries))"
)
_MATCHING = {
    "sqlite": text("SELECT rowid FROM entry_search WHERE entry_search MATCH :match LIMIT :limit"),
    "postgresql": text(
        "SELECT entry_id FROM entry_words WHERE array_to_tsvector(string_to_array(words, ' '))"
        " @@ CAST(:match AS tsquery) LIMIT :limit"
    ),
}


class Said(NamedTuple):
    """What an entry says, and when it was."""

    entry: int
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Entries that hold some words; not all of them where the words are common."""

    entries: tuple[int, ...]
    complete: bool


class EntryWords:
    """The words of the entries of a workspace: on SQLite an FTS5 table, on PostgreSQL a GIN index."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._mark = SearchIndex(access).mark

    def add(self, said: Sequence[Said]) -> None:
        """Index entries that were just written."""
        alike = {(_month(one.day), one.text): one for one in said}
        written = {key: marked(self._mark, one) for key, one in alike.items()}
        rows = [(one.entry, int(self._access.workspace), written[_month(one.day), one.text]) for one in said]
        if len(rows) > _FEW_ROWS:
            insert_rows(self._access.connection, entry_words.name, _COLUMNS, rows)
        elif rows:
            named = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
            self._access.connection.execute(insert(entry_words), named)
        if rows and self._is_sqlite:
            indexed = [(entry, found) for entry, _, found in rows]
            self._access.connection.exec_driver_sql(_ADD, indexed)

    def add_written(self, entry_ids: Sequence[int]) -> None:
        """Index entries that were just written, by what stands in their rows."""
        self.add(self._said(entry_ids))

    def remove(self, gone: Sequence[int]) -> None:
        """Take entries out."""
        if not gone:
            return
        if self._is_sqlite:
            self._access.connection.execute(_REMOVE, {"entries": json.dumps(list(gone))})
        mine = self._access.mine(entry_words)
        self._access.connection.execute(delete(entry_words).where(mine, self._among(entry_words, gone)))

    def again(self, changed: Sequence[int]) -> None:
        """Index entries anew, as they stand now."""
        self.remove(changed)
        self.add_written(changed)

    def find(self, wanted: Filter) -> Hits:
        """Return the entries with these words, begun or whole, of the days that are wanted."""
        asked_for = asked_words(wanted.text)
        found: list[int] = []
        try:
            with within(self._access.connection, SECONDS):
                for months in _doubling(self._months(wanted.first, wanted.last)):
                    found += self._ids(asked_for, months, FEW + 1 - len(found))
                    if len(found) > FEW:
                        return Hits(tuple(found), complete=False)
        except TooSlow:
            return Hits(tuple(found), complete=False)
        return Hits(tuple(found), complete=True)

    def among(self, hits: Hits) -> ColumnElement[bool]:
        """Return the condition that an entry is one of those that were found."""
        return self._among(entries, hits.entries)

    def holding(self, wanted: str) -> ColumnElement[bool]:
        """Return the condition that an entry holds these words, looked at one by one."""
        said = select(literal(" ") + entry_words.c.words).where(entry_words.c.entry_id == entries.c.id)
        held = said.correlate(entries).scalar_subquery()
        likes = (held.like(f"% {self._mark}_{word}%") for word in asked_words(wanted))
        return (
            case((and_(*likes), 1), else_=0) > 0
        )  # PostgreSQL would take a LIKE for rarer than common words are

    def _ids(self, asked_for: Sequence[str], months: Sequence[str], limit: int) -> list[int]:
        match = self._match(asked_for, months)
        query = _MATCHING[self._access.dialect]
        return list(self._access.connection.scalars(query, {"match": match, "limit": limit}))

    def _match(self, asked_for: Sequence[str], months: Sequence[str]) -> str:
        begun, both, either = ('"{}" *', " AND ", " OR ") if self._is_sqlite else ("'{}':*", " & ", " | ")
        return either.join(
            f"({both.join(begun.format(self._mark + month + word) for word in asked_for)})"
            for month in months
        )

    def _months(self, first: date | None, last: date | None) -> list[str]:
        """Return the letters of the months in which there are entries, the newest first."""
        dates = select(entries.c.date).where(self._access.mine(entries)).limit(1)
        oldest = self._access.connection.scalar(dates.order_by(entries.c.date))
        newest = self._access.connection.scalar(dates.order_by(entries.c.date.desc()))
        if oldest is None or newest is None:
            return []
        since, until = max(oldest, first or oldest), min(newest, last or newest)
        return [chr(letter) for letter in range(ord(_month(until)), ord(_month(since)) - 1, -1)]

    def _said(self, wanted: Sequence[int]) -> list[Said]:
        comments: dict[int, list[str]] = {}
        lines = (
            select(entry_comments.c.entry_id, entry_comments.c.comment)
            .where(self._access.mine(entry_comments), self._among(entry_comments, wanted))
            .order_by(entry_comments.c.entry_id, entry_comments.c.line)
        )
        for entry, comment in self._access.connection.execute(lines):
            comments.setdefault(entry, []).append(comment)
        query = select(entries.c.id, entries.c.date, entries.c.description, entries.c.subject)
        rows = self._access.connection.execute(
            query.where(self._access.mine(entries), self._among(entries, wanted))
        )
        return [
            Said(row.id, row.date, "\n".join([row.description, row.subject, *comments.get(row.id, ())]))
            for row in rows
        ]

    def _among(self, table: Any, wanted: Sequence[int]) -> ColumnElement[bool]:
        column: ColumnElement[int] = table.c.id if table is entries else table.c.entry_id
        if self._is_sqlite:
            listed = func.json_each(json.dumps(list(wanted))).table_valued("value")
            return column.in_(select(listed.c.value))
        return column == func.any(list(wanted))

    @property
    def _is_sqlite(self) -> bool:
        return self._access.dialect == "sqlite"


def asked_words(wanted: str) -> tuple[str, ...]:
    """Return the words of a search; each has to begin a word of what is found."""
    return tuple(dict.fromkeys(word[:LONGEST] for word in asked(wanted)))[:MOST_ASKED]


def marked(mark: str, said: Said) -> str:
    """Return the words of an entry as they are indexed."""
    start = mark + _month(said.day)
    found: Iterable[str] = dict.fromkeys(word[:LONGEST] for word in words(said.text)[:MOST_WORDS])
    return " ".join(start + word for word in found)


def _month(day: date) -> str:
    letter = FIRST_MONTH + (day.year - 1900) * 12 + day.month - 1
    return chr(max(FIRST_MONTH, min(letter, _LAST_MONTH)))


def _doubling(months: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield one month, then one, two, four, eight: what is common shows early, what is rare takes few questions."""
    place, size = 0, 1
    while place < len(months):
        yield months[place : place + size]
        place, size = place + size, max(size, place)
