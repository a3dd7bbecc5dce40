"""What state a database is in before a bot runs on it."""

from enum import StrEnum
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, update

from bot.clock import SystemClock
from storage import schema
from storage.running import database_file
from storage.store import Store, open_store
from storage.tables.people import workspaces


class Schema(StrEnum):
    """How a database's schema stands to this program."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    UNKNOWN = "unknown"


def schema_of(url: str) -> Schema:
    """Return how the schema at `url` stands; never makes a file."""
    file = database_file(url)
    if file is not None and not file.exists():
        return Schema.EMPTY
    store = open_store(url, SystemClock())
    try:
        return _judged(_revision(store))
    finally:
        store.close()


def fill_empty(url: str) -> None:
    """Bring an empty database's schema up to date; call it as the bot that runs there."""
    file = database_file(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    if schema_of(url) is Schema.EMPTY:
        schema.upgrade(url)


def mark_as_demo(store: Store) -> None:
    """Mark every workspace of the database as a demo's: only there may the clock be moved."""
    with store.writing() as connection:
        connection.execute(update(workspaces).values(demo=True))


def is_demo(store: Store) -> bool:
    """Whether the database holds a demo and nothing else."""
    with store.reading() as connection:
        marks = set(connection.scalars(select(workspaces.c.demo)))
    return marks == {True}


def _revision(store: Store) -> str | None:
    with store.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _judged(revision: str | None) -> Schema:
    if revision is None:
        return Schema.EMPTY
    if revision == schema.newest():
        return Schema.CURRENT
    return Schema.OLDER if revision in _known() else Schema.UNKNOWN


def _known() -> set[str]:
    folder = ScriptDirectory(str(Path(__file__).parent / "migrations"))
    return {script.revision for script in folder.walk_revisions()}
