"""What Alembic compares: all but the search index, which differs by database and is made by hand."""

SEARCH_TABLES = ("contact_search", "contact_words")
SEARCH_INDEX = "ix_contacts_search"


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether Alembic compares this table or index with `storage.tables`."""
    if kind == "index":
        return name != SEARCH_INDEX
    return not (kind == "table" and name is not None and name.startswith(SEARCH_TABLES))
