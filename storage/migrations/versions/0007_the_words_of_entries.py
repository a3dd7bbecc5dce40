"""The words of entries, for the search over descriptions and comments; indexes for lists filtered by one thing.

As with contacts, PostgreSQL's index is an expression over `entry_words.words`, SQLite's an FTS5 table without
content. Both are kept in step by `storage.entry_words`, which also says how words are marked.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.entry_words import Said, marked
from storage.search_index import mark_of

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BATCH = 5000
_SEARCH = {
    "sqlite": "CREATE VIRTUAL TABLE entry_search USING fts5("
    "words, content='', columnsize=0, detail=none, tokenize='ascii')",
    "postgresql": "CREATE INDEX ix_entry_words_search ON entry_words"
    " USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (gin_pending_list_limit = 256)",
}
_WHICH = {
    "template": (("template_id",), None),
    "group": (("group_id",), None),
    "campaign": (("campaign_id",), "campaign_id IS NOT NULL"),
    "evaluation": (("evaluation",), "evaluation IS NOT NULL"),
    "failed": ((), "attempt_failed"),
    "off": ((), "canceled_at IS NOT NULL"),
}
_ON_SQLITE = {"attempt_failed": "attempt_failed = 1"}
_ENTRIES = """SELECT e.id, e.workspace_id, w.ordinal, e.date, e.description, e.subject FROM entries e
    JOIN workspaces w ON w.id = e.workspace_id WHERE e.id > :after ORDER BY e.id LIMIT :limit"""
_COMMENTS = """SELECT entry_id, comment FROM entry_comments WHERE entry_id > :after AND entry_id <= :last
    AND workspace_id IN (SELECT id FROM workspaces) ORDER BY workspace_id, entry_id, line"""


def upgrade() -> None:
    op.create_table(
        "entry_words",
        sa.Column("entry_id", _ID, autoincrement=False, nullable=False),
        sa.Column("workspace_id", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id", "entry_id"],
            ["entries.workspace_id", "entries.id"],
            name=op.f("fk_entry_words_workspace_id_entry_id"),
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entry_words")),
        comment="The words by which an entry is found, marked by workspace and month.",
    )
    for name, (columns, which) in _WHICH.items():
        op.create_index(
            f"ix_entries_{name}",
            "entries",
            ["workspace_id", *columns, "date", "id"],
            sqlite_where=sa.text(_ON_SQLITE.get(which, which)) if which else None,
            postgresql_where=sa.text(which) if which else None,
        )
    _fill()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE entry_search")
    op.drop_table("entry_words")
    for name in _WHICH:
        op.drop_index(f"ix_entries_{name}", "entries")


def _fill() -> None:
    """Index what was logged before; PostgreSQL builds its index of all at once."""
    connection = op.get_bind()
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        op.execute(_SEARCH["sqlite"])
    for rows in _stretches(connection):
        connection.execute(
            sa.text(
                "INSERT INTO entry_words (entry_id, workspace_id, words) VALUES (:id, :workspace, :words)"
            ),
            rows,
        )
        if sqlite:
            connection.execute(sa.text("INSERT INTO entry_search (rowid, words) VALUES (:id, :words)"), rows)
    if not sqlite:
        op.execute(_SEARCH["postgresql"])


def _stretches(connection: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    after = 0
    while found := connection.execute(sa.text(_ENTRIES), {"after": after, "limit": _BATCH}).all():
        place, after = {"after": after, "last": found[-1].id}, found[-1].id
        said: dict[int, list[str]] = {}
        for entry, comment in connection.execute(sa.text(_COMMENTS), place):
            said.setdefault(entry, []).append(comment)
        yield [_row(one, said.get(one.id, ())) for one in found]


def _row(entry: Any, comments: Sequence[str]) -> dict[str, Any]:
    day = entry.date if isinstance(entry.date, date) else date.fromisoformat(entry.date)
    text = "\n".join([entry.description, entry.subject, *comments])
    words = marked(mark_of(entry.ordinal), Said(entry.id, day, text))
    return {"id": entry.id, "workspace": entry.workspace_id, "words": words}
