"""What state a database is in before a bot runs on it."""

from enum import StrEnum
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.clock import SystemClock
from bot.domain.ids import SlackTeam
from bot.domain.messages import Busy, Refusal, Unwritable
from storage import schema
from storage.running import database_file
from storage.store import Store, is_busy, open_store
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
    if schema_of(url) is Schema.EMPTY:
        bring_up_to_date(url)


def bring_up_to_date(url: str) -> None:
    """Bring the schema to this program's; nobody else may be at work in the database.

    Raises:
        Busy: somebody is.
        Unwritable: the disk is full or the database went away.
    """
    file = database_file(url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        schema.upgrade(url)
    except OperationalError as error:
        raise (Busy if is_busy(error) else Unwritable) from error


def answers(store: Store) -> bool:
    """Whether the database answers a question now."""
    try:
        with store.reading() as connection:
            return bool(connection.scalar(select(1)) == 1)
    except Refusal:
        return False


def teams_of(store: Store) -> list[SlackTeam]:
    """Return the Slack teams of the workspaces that are known."""
    with store.reading() as connection:
        return [SlackTeam(team) for team in connection.scalars(select(workspaces.c.slack_team))]


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
