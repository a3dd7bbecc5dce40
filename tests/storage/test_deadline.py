"""A statement that would take too long is stopped, and the transaction goes on; on both databases."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.deadline import TooSlow, at_once, within
from storage.store import Store

ENDLESS = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
LONG = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n"
)


each = pytest.mark.parametrize("limited", [within, at_once])


@each
def test_an_endless_statement_is_stopped(store: Store, limited: Any) -> None:
    with store.reading() as connection:
        with pytest.raises(TooSlow), limited(connection, 0.05):
            connection.execute(ENDLESS)
        assert connection.execute(text("SELECT 1")).scalar() == 1


@each
def test_the_limit_ends_with_its_block(store: Store, limited: Any) -> None:
    with store.reading() as connection:
        with limited(connection, 0.05):
            connection.execute(text("SELECT 1"))
        assert connection.execute(LONG).scalar() == 1_000_000


@each
def test_other_trouble_passes_as_it_is(store: Store, limited: Any) -> None:
    with store.reading() as connection, pytest.raises(OperationalError), limited(connection, 5):
        raise OperationalError("SELECT 1", {}, Exception("disk I/O error"))
