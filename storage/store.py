"""The engine and the transaction: `store.begin(workspace)` is the only way in."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.clock import Clock, Ids
from bot.domain.ids import WorkspaceId
from bot.domain.messages import Busy, Conflict, Unwritable
from storage.lock import WriteLock
from storage.work import Work

BUSY_SECONDS = 2.0
GIVE_WAY_SECONDS = 0.0005
_PRAGMAS = (
    "busy_timeout=2000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-64000",
    "temp_store=MEMORY",
    "mmap_size=268435456",
    "journal_size_limit=67108864",
    "trusted_schema=OFF",
    "secure_delete=ON",
)
READ, WRITE = "read", "write"
_BUSY_STATES = {"55P03", "57014", "40P01", "40001"}  # lock not available, cancelled, deadlock, serialization

Watch = Callable[[str, float], None]
"""Is told of each transaction whether it read or wrote, and its seconds, those of waiting for its turn included."""


class Store:
    """One database; rows never leave it, domain values do."""

    def __init__(
        self, writer: Engine, reader: Engine, lock: WriteLock | None, clock: Clock, ids: Ids
    ) -> None:
        self.writer = writer
        self.reader = reader
        self.clock = clock
        self.ids = ids
        self.watch: Watch = _unwatched
        self._lock = lock

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.writer.dialect.name

    @contextmanager
    def begin(self, workspace: WorkspaceId) -> Iterator[Work]:
        """Open one write transaction; it commits at the end or leaves nothing.

        Raises:
            Busy: the database did not give its lock within two seconds.
            Unwritable: the disk is full or the database went away.
        """
        with self.writing() as connection:
            yield Work(connection, workspace, self.clock, self.ids)

    @contextmanager
    def read(self, workspace: WorkspaceId) -> Iterator[Work]:
        """Open a short read-only transaction that sees one moment."""
        with self.reading() as connection:
            yield Work(connection, workspace, self.clock, self.ids)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a write transaction that is not bound to a workspace (the outbox's claims, finding a workspace)."""
        with translated(), self._watched(WRITE), self._turn(), self.writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a read-only transaction that is not bound to a workspace."""
        with (
            translated(),
            self._watched(READ),
            self.reader.connect() as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _watched(self, kind: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.watch(kind, time.perf_counter() - began)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._lock is None:
            yield
            return
        with self._lock.held(BUSY_SECONDS):
            yield

    def give_way(self, seconds: float) -> None:
        """Let others write first who wait for their turn, for so long at most; a lock alone is not fair."""
        until = time.monotonic() + seconds
        while self._lock is not None and self._lock.wanted and time.monotonic() < until:
            time.sleep(GIVE_WAY_SECONDS)

    def close(self) -> None:
        """Give back every connection."""
        self.writer.dispose()
        if self.reader is not self.writer:
            self.reader.dispose()


def _unwatched(_kind: str, _seconds: float) -> None:
    """Keep no figures: nobody asks a single command for them."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the driver says of rules, locks and disks into refusals."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict from error
    except PoolTimeout as error:
        raise Busy from error
    except OperationalError as error:
        raise (Busy if is_busy(error) else Unwritable) from error


def is_busy(error: DBAPIError) -> bool:
    """Whether the database only asks to come back later."""
    state = getattr(error.orig, "sqlstate", None)
    return state in _BUSY_STATES or "locked" in str(error.orig).lower()


def open_store(url: str, clock: Clock, ids: Ids | None = None) -> Store:
    """Open the database at `url` (a `sqlite:///` file or `postgresql://`); its schema must be up to date."""
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url, clock, ids or Ids())
    return _open_postgresql(url, clock, ids or Ids())


def _open_sqlite(url: str, clock: Clock, ids: Ids) -> Store:
    path = make_url(url).database
    if not path or path == ":memory:":
        raise ValueError("Saleslog needs a SQLite file, not a database in memory.")
    writer = create_engine(url, pool_size=1, max_overflow=0, pool_timeout=BUSY_SECONDS, hide_parameters=True)
    reader = create_engine(
        url,
        pool_size=20,
        max_overflow=30,
        pool_use_lifo=True,  # a few connections with warm caches, instead of twenty cold ones
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,
    )
    _on_connect(writer, _PRAGMAS)
    _on_connect(reader, (*_PRAGMAS, "query_only=ON"))
    event.listen(writer, "begin", _begin_with("BEGIN IMMEDIATE"))
    event.listen(reader, "begin", _begin_with("BEGIN"))
    return Store(writer, reader, WriteLock(f"{path}.lock"), clock, ids)


def _on_connect(engine: Engine, pragmas: tuple[str, ...]) -> None:
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", prepare)


def _begin_with(statement: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin


def _open_postgresql(url: str, clock: Clock, ids: Ids) -> Store:
    address = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(
        address,
        pool_size=20,
        max_overflow=30,
        pool_timeout=BUSY_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 3,
            "options": "-c statement_timeout=2000 -c lock_timeout=1900 "
            "-c idle_in_transaction_session_timeout=30000 -c timezone=UTC",
        },
    )
    return Store(engine, engine, None, clock, ids)


def quick_check(store: Store) -> str:
    """Return `ok`, or what the database says is wrong with itself."""
    with store.reading() as connection:
        if store.dialect == "sqlite":
            return str(connection.execute(text("PRAGMA quick_check")).scalar())
        return "ok" if connection.execute(text("SELECT 1")).scalar() == 1 else "no answer"
