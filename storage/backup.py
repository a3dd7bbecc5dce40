"""Backup and restore of a SQLite database; PostgreSQL has its own programs for it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import make_url

from storage.lock import WriteLock
from storage.running import database_file

KEPT_NIGHTS = 7
_RESTORE_WAITS_SECONDS = 10.0


class Unusable(Exception):  # noqa: N818 - it is said to people as it stands
    """A backup that can't be made or used; the text says why, and what to do instead."""


def backup(url: str, target: Path) -> None:
    """Write the whole database into the file `target`; the bot may run meanwhile.

    Raises:
        Unusable: there is no SQLite file at `url`, or the copy is not whole.
    """
    file = _local_file(url, f'pg_dump --format=custom --file={target} "$DATABASE_URL"')
    if not file.exists():
        raise Unusable(f"There is no database at {file}.")
    if target.exists() and target.samefile(file):
        raise Unusable("The backup can't take the place of the database itself.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _arriving(target) as copy:
        _copy(file, copy)


def restore(url: str, source: Path, now: datetime) -> Path | None:
    """Put a backup in the database's place and return where the old one went; the bot must be stopped.

    Raises:
        Unusable: `source` is not a whole backup of Saleslog, or the database is not a SQLite file.
    """
    file = _local_file(url, f'pg_restore --clean --if-exists --dbname="$DATABASE_URL" {source}')
    if not source.is_file():
        raise Unusable(f"There is no backup at {source}.")
    file.parent.mkdir(parents=True, exist_ok=True)
    with WriteLock(f"{file}.lock").held(_RESTORE_WAITS_SECONDS), _arriving(file) as copy:
        _copy(source, copy)
        return _put_aside(file, now) if file.exists() else None


def nightly(url: str, folder: Path, night: date, keep: int = KEPT_NIGHTS) -> Path | None:
    """Make the backup of `night`, unless it is there, and delete those older than the newest `keep`.

    Returns None on PostgreSQL, whose backups are the server's affair.
    """
    if database_file(url) is None:
        return None
    target = folder / f"saleslog-{night.isoformat()}.db"
    if not target.exists():
        backup(url, target)
    for old in sorted(folder.glob("saleslog-????-??-??.db"))[:-keep]:
        old.unlink(missing_ok=True)
    return target


def _local_file(url: str, instead: str) -> Path:
    file = database_file(url)
    if file is None:
        server = make_url(url).host or "the local server"
        raise Unusable(f"PostgreSQL on {server} has its own programs for this: {instead}")
    return file


@contextmanager
def _arriving(target: Path) -> Iterator[Path]:
    """Yield a path to write to, which takes the place of `target` at once or not at all."""
    copy = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        yield copy
        copy.replace(target)
        _settle(target.parent)
    finally:
        copy.unlink(missing_ok=True)


def _copy(source: Path, copy: Path) -> None:
    """Copy one moment of a database, whatever is written to it meanwhile, and check the copy."""
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
            _check(new, source)
    except sqlite3.DatabaseError as error:
        raise Unusable(f"{source} is not a whole database: {error}.") from error
    _settle(copy)


def _check(database: sqlite3.Connection, source: Path) -> None:
    verdict = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if verdict != "ok":
        raise Unusable(f"{source} is damaged: {verdict}.")
    if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        raise Unusable(f"{source} is not a database of Saleslog.")


def _put_aside(file: Path, now: datetime) -> Path:
    """Keep the old database under another name; its own name stays until the new one takes it."""
    old = file.with_name(f"{file.name}.before-{now:%Y%m%dT%H%M%S}")
    log, old_log = Path(f"{file}-wal"), Path(f"{old}-wal")
    old.hardlink_to(file)
    if not _emptied(file) and log.exists():
        old_log.hardlink_to(log)
    log.unlink(missing_ok=True)  # the new file must never meet the old file's log
    Path(f"{file}-shm").unlink(missing_ok=True)
    return old


def _emptied(file: Path) -> bool:
    """Whether the log could be written into the database file, which a damaged one refuses."""
    try:
        with closing(sqlite3.connect(file)) as database:
            return bool(database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
    except sqlite3.DatabaseError:
        return False


def _settle(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
