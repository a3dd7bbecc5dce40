from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.clock import FixedClock, Ids
from bot.domain.ids import SlackTeam, WorkspaceId
from storage import schema
from storage.people import create_workspace
from storage.state import Schema, answers, fill_empty, schema_of, teams_of
from storage.store import Store, open_store

CLOCK = FixedClock(datetime(2026, 11, 20, tzinfo=UTC))


def test_a_database_that_is_not_there_is_empty_and_stays_away(tmp_path: Path) -> None:
    assert schema_of(f"sqlite:///{tmp_path / 'none.db'}") is Schema.EMPTY
    assert not list(tmp_path.iterdir())


def test_an_empty_database_is_filled_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'saleslog.db'}"
    fill_empty(url)
    fill_empty(url)
    assert schema_of(url) is Schema.CURRENT
    assert schema.drift(url) == []


@pytest.mark.parametrize(("revision", "stands"), [("0001", Schema.OLDER), ("9999", Schema.UNKNOWN)])
def test_another_revision_is_left_alone_and_named(revision: str, stands: Schema, database_url: str) -> None:
    if revision == schema.newest():
        revision, stands = "", Schema.UNKNOWN
    store = open_store(database_url, CLOCK)
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    store.close()
    fill_empty(database_url)
    assert schema_of(database_url) is stands


def test_the_teams_are_those_that_came(store: Store) -> None:
    assert teams_of(store) == []
    add(store, "T1")
    assert teams_of(store) == ["T1"]


def test_a_database_that_went_away_does_not_answer(store: Store, tmp_path: Path) -> None:
    assert answers(store)
    gone = open_store(f"sqlite:///{tmp_path / 'nowhere' / 'saleslog.db'}", CLOCK)
    assert not answers(gone)


def add(store: Store, team: str) -> None:
    with store.writing() as connection:
        create_workspace(connection, WorkspaceId(Ids()()), SlackTeam(team), CLOCK)
