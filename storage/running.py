"""Who runs on a database: one `saleslog run` on a SQLite file, any number on PostgreSQL."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from bot.domain.messages import Unwritable

_HELD = 0x5A1E5106  # the advisory lock's number: any constant that is ours
_WHO = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.objid = :held AND l.classid = 0"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND a.pid <> pg_backend_pid() LIMIT 1"
)


class AlreadyRunning(Exception):  # noqa: N818 - a state of things, nothing is broken
    """A bot runs on this database; `who` says which."""

    def __init__(self, who: str) -> None:
        super().__init__(f"Saleslog already runs on this database: {who}.")
        self.who = who


@contextmanager
def running(url: str) -> Iterator[None]:
    """Be a bot that runs on the database at `url`.

    Raises:
        Unwritable: the database can't be reached.
        AlreadyRunning: the database is a SQLite file, and another bot has it.
    """
    file = database_file(url)
    with _alone_in(file) if file else _among_others(url):
        yield


@contextmanager
def stopped(url: str) -> Iterator[None]:
    """Keep every bot away from the database at `url`.

    Raises:
        Unwritable: the database can't be reached.
        AlreadyRunning: one runs.
    """
    file = database_file(url)
    with _alone_in(file) if file else _without_others(url):
        yield


def database_file(url: str) -> Path | None:
    """Return the file of a SQLite database, None for a server."""
    address = make_url(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


@contextmanager
def _alone_in(file: Path) -> Iterator[None]:
    """Hold a `flock` on a file with our pid; the kernel frees it however we end."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(f"{file}.pid", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(handle)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AlreadyRunning(f"process {os.pread(handle, 20, 0).decode().strip() or 'unknown'}") from None
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)


@contextmanager
def _among_others(url: str) -> Iterator[None]:
    with _session(url) as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock_shared(:held)"), {"held": _HELD}):
            raise AlreadyRunning(_holder(connection))
        yield


@contextmanager
def _without_others(url: str) -> Iterator[None]:
    with _session(url) as connection:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:held)"), {"held": _HELD}):
            raise AlreadyRunning(_holder(connection))
        yield


def _holder(connection: Connection) -> str:
    return str(connection.scalar(_WHO, {"held": _HELD}) or "a process that just ended")


@contextmanager
def _session(url: str) -> Iterator[Connection]:
    """Yield a connection that keeps its advisory lock until it is closed."""
    engine = _engine(url)
    try:
        with _connected(engine) as connection:
            yield connection
    finally:
        engine.dispose()


def _connected(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except OperationalError:
        raise Unwritable from None


def _engine(url: str) -> Engine:
    address = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(
        address,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        connect_args={
            "connect_timeout": 3,
            "application_name": f"process {os.getpid()} on {os.uname().nodename}"[:63],
        },
    )
