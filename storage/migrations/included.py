"""What Alembic compares: all but the search indexes, which differ by database and are made by hand."""

SEARCH_TABLES = ("contact_search", "contact_words", "entry_search")
SEARCH_INDEXES = ("ix_contacts_search", "ix_entry_words_search")


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic compares this table or index with `storage.tables`."""
    if kind == "index":
        return name not in SEARCH_INDEXES
    return not (kind == "table" and name is not None and name.startswith(SEARCH_TABLES))
