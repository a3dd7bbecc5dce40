"""The schema: upgrade from empty, no drift, downgrade, append-only history; on both databases."""

import pytest
from sqlalchemy import text, update

from bot.domain.ids import WorkspaceId
from bot.domain.messages import Conflict
from bot.domain.operations import ItemKind
from storage import schema
from storage.store import Store
from storage.tables.interactions import history


def test_the_tables_and_the_database_agree(database_url: str) -> None:
    assert schema.drift(database_url) == []
    assert schema.current(database_url) == schema.newest()


def test_downgrade_leaves_an_empty_database_that_can_be_upgraded_again(database_url: str) -> None:
    schema.downgrade(database_url, "base")
    assert schema.current(database_url) is None
    schema.upgrade(database_url)
    assert schema.drift(database_url) == []


def test_history_can_be_neither_changed_nor_deleted_but_its_values_can_be_emptied(
    store: Store, workspace: WorkspaceId
) -> None:
    with store.begin(workspace) as work:
        work.history.note(ItemKind.TASK, 7, None, ("due", "2026-11-21", "2026-11-28"))
    for forbidden in (
        "UPDATE history SET new = 'x'",
        "UPDATE history SET item_id = 8",
        "DELETE FROM history",
    ):
        with pytest.raises(Conflict), store.writing() as connection:
            connection.execute(text(forbidden))
    with store.writing() as connection:
        connection.execute(update(history).values(old=None, new=None))
    with store.read(workspace) as work:
        assert [(line.field, line.old, line.new) for line in work.history.of(ItemKind.TASK, 7)] == [
            ("due", None, None)
        ]


def test_the_history_of_an_entry_that_is_gone_may_go_too(store: Store, workspace: WorkspaceId) -> None:
    with store.begin(workspace) as work:
        work.history.note(ItemKind.ENTRY, 7, None, ("evaluation", "positive", "negative"))
    with store.writing() as connection:
        connection.execute(text("DELETE FROM history"))
    with store.read(workspace) as work:
        assert work.history.of(ItemKind.ENTRY, 7) == []
