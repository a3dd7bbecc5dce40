"""What PostgreSQL knows of tables that grow fast: it plans its checks of references by what it saw last."""

from sqlalchemy import text

from storage.access import Access
from storage.store import Store

_NESTED_LOOPS = text(
    "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), "
    "set_config('enable_mergejoin', 'off', true)"
)
_GROWN = text(
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname = ANY(:tables) "
    "AND pg_relation_size(oid) / current_setting('block_size')::int > 10 * greatest(relpages, 1)"
)
_SEEN = {
    "contacts": "contacts (workspace_id, id, number, company_id)",
    "entries": "entries (workspace_id, id, number, contact_id, salesperson_id)",
    "entry_words": "entry_words (entry_id, workspace_id)",
    "history": "history (workspace_id, kind, item_id)",
    "removed_references": "removed_references (workspace_id, removal_id, place, item_id)",
    "segment_entries": "segment_entries",
    "segment_lines": "segment_lines (workspace_id, segment_id, line, contact_id)",
}


def row_by_row(access: Access) -> None:
    """Let PostgreSQL go row by row for the rest of a transaction: it knows nothing yet of rows of a moment ago."""
    if access.dialect == "postgresql":
        access.connection.execute(_NESTED_LOOPS)


def tell_planner(store: Store) -> None:
    """Let PostgreSQL look at tables that have grown tenfold since it looked; SQLite needs none of that.

    Without, each line of a first long segment is checked against all entries of the workspace.
    """
    if store.dialect == "sqlite":
        return
    with store.writing() as connection:
        for table in connection.scalars(_GROWN, {"tables": list(_SEEN)}).all():
            connection.exec_driver_sql(f"ANALYZE {_SEEN[table]}")
