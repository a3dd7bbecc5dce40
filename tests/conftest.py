"""Few, real fixtures (architecture, tests): `store` on both databases, `clock`; nothing is patched."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from engines import Engines
from order import longest_first
from postgres import NoServer, server
from reused import Reused
from sqlalchemy import create_engine, make_url, text

from bot.clock import FixedClock, Ids
from bot.domain.ids import SlackTeam, WorkspaceId
from storage import schema
from storage.people import create_workspace
from storage.store import Store, open_store

REQUIRED = set(filter(None, os.environ.get("SALESLOG_REQUIRE", "").split(",")))
NOW = datetime(2026, 11, 20, 13, 2, 33, tzinfo=UTC)  # a Friday


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    longest_first(items)


def missing(what: str, why: str) -> None:
    """Skip for want of `what`, or fail where it is required."""
    if what in REQUIRED:
        pytest.fail(f"{what} is required here: {why}")
    pytest.skip(why)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with today's schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "saleslog.db"
    schema.upgrade(f"sqlite:///{path}")
    with open_store(f"sqlite:///{path}", FixedClock(NOW)).writing() as connection:
        connection.execute(text("SELECT 1"))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    try:
        with server() as url:
            yield url
    except NoServer as error:
        missing("postgres", str(error))


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a database with today's schema, to be copied."""
    name = f"template_{os.getpid()}"
    _execute(postgres_server, f"CREATE DATABASE {name}")
    schema.upgrade(_database(postgres_server, name))
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    for file in sqlite_template.parent.glob("saleslog.db*"):
        shutil.copy(file, tmp_path / file.name)
    return f"sqlite:///{tmp_path / 'saleslog.db'}"


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    name = f"test_{Ids()()}"
    _execute(postgres_server, f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield _database(postgres_server, name)
    _execute(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def reused(postgres_server: str, postgres_template: str) -> Iterator[Reused]:
    database = Reused(postgres_server, postgres_template)
    yield database
    database.drop()


@pytest.fixture
def emptied_url(reused: Reused) -> Iterator[str]:
    yield reused.url()
    reused.clean()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database with today's schema, once on each server."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "emptied_url"))


@pytest.fixture(scope="session")
def engines() -> Engines:
    return Engines()


@pytest.fixture
def store(database_url: str, clock: FixedClock, engines: Engines) -> Iterator[Store]:
    """The store, once on SQLite and once on PostgreSQL."""
    opened = engines.store(database_url, clock)
    yield opened
    opened.close()


@pytest.fixture
def workspace(store: Store, clock: FixedClock) -> WorkspaceId:
    """A workspace without anybody in it."""
    workspace = WorkspaceId(store.ids())
    with store.writing() as connection:
        create_workspace(connection, workspace, SlackTeam("T0NORTH"), clock)
    return workspace


def _database(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _execute(url: str, statement: str) -> None:
    address = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
