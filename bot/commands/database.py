"""`saleslog db …`."""

from pathlib import Path

from rich.console import Console

from bot.clock import SystemClock
from bot.commands.endings import Ending, plainly
from bot.settings import read_settings
from storage import backup as backups
from storage import schema
from storage.running import stopped
from storage.state import Schema, bring_up_to_date, schema_of


def upgrade() -> None:
    """Bring the schema up to date."""
    with plainly():
        url = read_settings().database_url
        with stopped(url):
            _upgrade(url)
    _say(f"The schema is up to date ({schema.newest()}).")


def backup(file: Path) -> None:
    """Write the whole database into a file."""
    with plainly():
        backups.backup(read_settings().database_url, file)
    _say(f"Backup written: {file} ({file.stat().st_size / 1_000_000:.1f} MB), checked.")


def restore(file: Path) -> None:
    """Put a backup in the database's place."""
    with plainly():
        url = read_settings().database_url
        with stopped(url):
            old = backups.restore(url, file, SystemClock().now())
            state = schema_of(url)
    _say(f"Restored from {file}.")
    if old is not None:
        _say(f"The old database is kept: {old}")
    if state is Schema.OLDER:
        _say("The backup is of an older version. Bring it up to date: saleslog db upgrade")


def _upgrade(url: str) -> None:
    if schema_of(url) is Schema.UNKNOWN:
        raise Ending("The database's schema is newer than this program. Install the newer Saleslog again.")
    bring_up_to_date(url)


def _say(sentence: str) -> None:
    Console(highlight=False, soft_wrap=True).print(sentence, markup=False)
