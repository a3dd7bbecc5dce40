"""A statement that would take too long is stopped, and the transaction goes on; on both databases."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.deadline import TooSlow, within
from storage.store import Store

ENDLESS = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
LONG = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n"
)


def test_an_endless_statement_is_stopped(store: Store) -> None:
    with store.reading() as connection:
        with pytest.raises(TooSlow), within(connection, 0.05):
            connection.execute(ENDLESS)
        assert connection.execute(text("SELECT 1")).scalar() == 1


def test_the_limit_ends_with_its_block(store: Store) -> None:
    with store.reading() as connection:
        with within(connection, 0.05):
            connection.execute(text("SELECT 1"))
        assert connection.execute(LONG).scalar() == 1_000_000


def test_other_trouble_passes_as_it_is(store: Store) -> None:
    with store.reading() as connection, pytest.raises(OperationalError), within(connection, 5):
        raise OperationalError("SELECT 1", {}, Exception("disk I/O error"))
