"""Reading for a limited time: a search that would keep a person waiting is stopped in the database."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

_STEPS = 50_000  # of SQLite's machine between two looks at the time: some ms; a look waits for Python's turn
_TIME = text("SELECT set_config('statement_timeout', :limit, true)")
_INDEXES = text("SELECT set_config('enable_seqscan', 'off', true)")
_STOPPED_STATES = {"57014", "55P03"}  # statement timeout, lock timeout

_Limit = Callable[[Connection, float], AbstractContextManager[None]]


class TooSlow(Exception):  # noqa: N818 - a fact, not a fault
    """The time was up before the database had answered; the transaction goes on."""


@contextmanager
def within(connection: Connection, seconds: float) -> Iterator[None]:
    """Let the statements inside take `seconds`; on PostgreSQL each of them, and it plans for indexes alone.

    Raises:
        TooSlow: the time was up.
    """
    with _stopping(_sqlite if connection.dialect.name == "sqlite" else _by_index, connection, seconds):
        yield


@contextmanager
def _stopping(limited: _Limit, connection: Connection, seconds: float) -> Iterator[None]:
    try:
        with limited(connection, seconds):
            yield
    except OperationalError as error:
        if not _was_stopped(error):
            raise
        raise TooSlow from error


@contextmanager
def _sqlite(connection: Connection, seconds: float) -> Iterator[None]:
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - a connection in use has one
    until = time.monotonic() + seconds
    driver.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


@contextmanager
def _by_index(connection: Connection, seconds: float) -> Iterator[None]:
    nested = connection.begin_nested()
    try:
        connection.execute(_TIME, {"limit": str(max(1, round(seconds * 1000)))})
        connection.execute(_INDEXES)
        yield
    finally:
        nested.rollback()  # nothing was written, and the limits end with it


def _was_stopped(error: OperationalError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _STOPPED_STATES or "interrupted" in str(error.orig)
