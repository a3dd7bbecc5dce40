"""Databases for one measurement, on SQLite and on PostgreSQL."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from postgres import NoServer, server
from sqlalchemy import create_engine, make_url, text

from bot.clock import Ids, SystemClock
from storage import schema
from storage.store import Store, open_store


@contextmanager
def fresh_database(kind: str) -> Iterator[str]:
    """Yield the URL of an empty database with today's schema, on `sqlite` or `postgresql`."""
    with tempfile.TemporaryDirectory(prefix="saleslog-bench-") as folder:
        if kind == "sqlite":
            url = f"sqlite:///{Path(folder) / 'bench.db'}"
            schema.upgrade(url)
            yield url
            return
        with server() as base:
            yield _postgresql_database(base)


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """Yield the store of a database."""
    store = open_store(url, SystemClock())
    try:
        yield store
    finally:
        store.close()


def kinds() -> list[str]:
    """Return the databases that can be had here."""
    try:
        with server():
            return ["sqlite", "postgresql"]
    except NoServer as error:
        sys.stderr.write(f"PostgreSQL is left out: {error}\n")
        return ["sqlite"]


def _postgresql_database(base: str) -> str:
    name = f"bench_{Ids()()}"
    engine = create_engine(make_url(base).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    url = make_url(base).set(database=name).render_as_string(hide_password=False)
    schema.upgrade(url)
    return url
