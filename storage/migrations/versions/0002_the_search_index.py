"""The search index of contacts: words by contact, and the words themselves.

PostgreSQL needs no extension for it. Its index is an expression over `contacts.search`; SQLite's is an
FTS5 table without content, kept in step by `storage.search_index` (triggers may not touch FTS5 under
`trusted_schema=OFF`). No release had contacts before this revision, so there is nothing to index yet.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQLITE = (
    """CREATE VIRTUAL TABLE contact_search USING fts5(
      words, content='', columnsize=0, detail=none, tokenize='ascii', prefix='2 3 4 5 6')""",
    "CREATE TABLE contact_words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)",
    """CREATE VIRTUAL TABLE contact_words_grams USING fts5(
      grams, content='', columnsize=0, detail=none, tokenize='ascii')""",
)
_POSTGRESQL = (
    'ALTER TABLE contacts ALTER match_key TYPE text COLLATE "C"',
    """CREATE INDEX ix_contacts_search ON contacts USING gin (array_to_tsvector(string_to_array(search, ' ')))
      WITH (gin_pending_list_limit = 256)""",
    'CREATE TABLE contact_words (word text COLLATE "C" PRIMARY KEY, grams text[] NOT NULL)',
    "CREATE INDEX ix_contact_words_grams ON contact_words USING gin (grams) WITH (gin_pending_list_limit = 256)",
)


def upgrade() -> None:
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE contact_words")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE contact_words_grams")
        op.execute("DROP TABLE contact_search")
        return
    op.execute("DROP INDEX ix_contacts_search")
    op.execute('ALTER TABLE contacts ALTER match_key TYPE text COLLATE "default"')
