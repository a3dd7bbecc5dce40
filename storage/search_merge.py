"""What was taken out of SQLite's search indexes still lies in them until their pieces are merged."""

from sqlalchemy import text

from storage.store import Store

INDEXES = ("contact_search", "contact_words_grams", "entry_search")
PAGES = 200
_NOTHING_DONE = 2  # so many changes a merge makes that finds nothing to merge
_CHANGES = text("SELECT total_changes()")


def merge_pieces(store: Store) -> None:
    """Merge the pieces of the search indexes, in short transactions; nothing to do on PostgreSQL."""
    if store.dialect != "sqlite":
        return
    for index in INDEXES:
        pages = -PAGES
        while _merged(store, index, pages):
            pages = PAGES
            store.give_way(0.2)


def _merged(store: Store, index: str, pages: int) -> bool:
    with store.writing() as connection:
        before = connection.execute(_CHANGES).scalar_one()
        connection.exec_driver_sql(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', {pages})")  # noqa: S608
        return bool(connection.execute(_CHANGES).scalar_one() - before >= _NOTHING_DONE)
