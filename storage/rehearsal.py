"""Rehearsing a job: everything happens, nothing stays (`saleslog job --dry-run`)."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from bot.clock import Clock
from bot.domain.ids import WorkspaceId
from storage.backup import backup
from storage.running import database_file
from storage.store import Store, open_store, translated
from storage.work import Work


@contextmanager
def rehearsal(url: str, clock: Clock) -> Iterator[Store]:
    """Open a store whose changes are gone afterwards: a copy of a SQLite file, a transaction rolled back elsewhere.

    Raises:
        Unusable: the SQLite file can't be copied.
    """
    if database_file(url) is None:
        with (
            closing(open_store(url, clock)) as store,
            store.writer.connect() as connection,
            _undone(connection),
        ):
            yield _RolledBack(store, connection)
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "rehearsal.db"
        backup(url, copy)
        with closing(open_store(f"sqlite:///{copy}", clock)) as store:
            yield store


@contextmanager
def _undone(connection: Connection) -> Iterator[None]:
    transaction = connection.begin()
    try:
        yield
    finally:
        transaction.rollback()


class _RolledBack(Store):
    """A store whose transactions are parts of one that will be rolled back."""

    def __init__(self, real: Store, connection: Connection) -> None:
        super().__init__(real.writer, real.reader, None, real.clock, real.ids)
        self._connection = connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with translated(), self._connection.begin_nested():
            yield self._connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.writing() as connection:
            yield connection

    @contextmanager
    def read(self, workspace: WorkspaceId) -> Iterator[Work]:
        with self.writing() as connection:
            yield Work(connection, workspace, self.clock, self.ids)
