"""The questions of contact search: each is written once, in the words of both drivers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.domain.contacts import MOST_WORDS
from storage.search_hits import Hit

STREAMED = 100
"""Contacts among which the best are looked for: all that match may be a million."""
_RECENT = 200
_OWN = 500
_NAME = re.compile(r":(\w+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A query for columns of some rows.

    From SQLite they come as one JSON text: at each row its driver lets another thread go first, and in a crowd
    has to wait for its turn again.
    """

    sqlite: str
    postgresql: str

    def ask(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return the rows."""
        if connection.dialect.name == "sqlite":
            return list(json.loads(connection.exec_driver_sql(self.sqlite, dict(values)).scalar_one()))
        return [tuple(row) for row in connection.exec_driver_sql(self.postgresql, dict(values))]


def question(columns: str, source: str, sqlite: str = "", postgresql: str = "") -> Question:
    """Return the question for `columns` of a query; what the two databases word differently stands for {there}."""
    ours, theirs = source.replace("{there}", sqlite), source.replace("{there}", postgresql)
    return Question(
        f"SELECT json_group_array(json_array({columns})) FROM ({ours}) c",  # noqa: S608 - constants
        _NAME.sub(r"%(\1)s", f"SELECT {columns} FROM ({theirs}) c"),  # noqa: S608 - constants
    )


def hits(asked: Question, connection: Connection, values: Mapping[str, Any]) -> list[Hit]:
    """Return the contacts that a question about contacts finds."""
    return [Hit(*row) for row in asked.ask(connection, values)]


_SHOWN = (
    "c.id, c.number, c.type, c.name, (SELECT k.name FROM contacts k WHERE k.id = c.company_id), c.city,"
    " c.privacy_blocked"
)
_FAMILIAR = f"""
SELECT c.* FROM (
  SELECT contact_id AS id, max(logged_at) AS touched FROM (
    SELECT contact_id, logged_at FROM entries
    WHERE workspace_id = :workspace AND logged_by = :reader AND contact_id IS NOT NULL
    ORDER BY logged_at DESC LIMIT {_RECENT}
  ) recent GROUP BY contact_id
  UNION ALL
  SELECT id, 0 FROM (
    SELECT id FROM contacts WHERE workspace_id = :workspace AND salesperson_id = :reader LIMIT {_OWN}
  ) own
) familiar JOIN contacts c ON c.id = familiar.id
WHERE c.workspace_id = :workspace{{there}}
ORDER BY familiar.touched DESC, c.match_key LIMIT :limit
"""  # noqa: S608 - constants


def _familiar(words: int) -> Question:
    fitting = "".join(f" AND c.search LIKE :word{place}" for place in range(words))
    return question(_SHOWN, _FAMILIAR, fitting, fitting)


FAMILIAR = tuple(_familiar(words) for words in range(MOST_WORDS + 1))
"""By the number of words: the contacts that the reader logged lately or that are his own, in which all words are."""

NAMED = question(
    _SHOWN,
    "SELECT * FROM contacts WHERE workspace_id = :workspace AND match_key >= :first AND match_key < :last"
    " ORDER BY workspace_id, match_key LIMIT :limit",
)
"""Contacts whose names begin so."""

_SQLITE_MATCHES = f"""
SELECT c.id, number, type, name, company_id, city, privacy_blocked, salesperson_id, match_key,
  instr(match_key, :start) AS place, instr(match_key, :apart) AS name_end
FROM contact_search CROSS JOIN contacts c ON c.id = contact_search.rowid
WHERE contact_search MATCH :match AND workspace_id = :workspace LIMIT {STREAMED}
"""  # noqa: S608 - constants
_POSTGRESQL_MATCHES = f"""
SELECT *, strpos(match_key, :start) AS place, strpos(match_key, :apart) AS name_end FROM (
  SELECT * FROM contacts WHERE array_to_tsvector(string_to_array(search, ' ')) @@ CAST(:match AS tsquery)
  LIMIT {STREAMED}
) streamed WHERE workspace_id = :workspace
"""  # noqa: S608 - constants
MATCHING = question(
    _SHOWN,
    "SELECT * FROM ({there}) matches ORDER BY coalesce(salesperson_id, 0) <> :reader, place <> 1,"
    " place NOT BETWEEN 1 AND name_end, id LIMIT :limit",
    _SQLITE_MATCHES,
    _POSTGRESQL_MATCHES,
)
"""The best of those that match: the reader's own first, then names that begin with `start`, then those with it."""

HAVING = question(
    "c.id",
    "{there} LIMIT 1",
    "SELECT rowid AS id FROM contact_search WHERE contact_search MATCH :match",
    "SELECT id FROM contacts WHERE array_to_tsvector(string_to_array(search, ' ')) @@ CAST(:match AS tsquery)",
)
"""Any contact that matches."""
