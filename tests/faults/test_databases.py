"""A database that is locked, full or gone: the form stays open with a sentence, nothing is half-written."""

import fcntl
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from desks import EVERYBODY, Desks, form_of
from hatchery import Hatchery
from sqlalchemy import Connection, create_engine, make_url, text

from bot.playground.acts import Outcome
from bot.playground.seeds import EVA, SALES
from bot.playground.server import Server

Holder = Callable[[Path], AbstractContextManager[None]]
BUSY, UNWRITABLE = "database is busy", "can't be written right now"
LATE = 2.5
"""Seconds; that nobody has to wait so long is held by the crowd, not by two cold bots on a busy machine."""
_OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_TERMINATED = text(f"SELECT pg_terminate_backend(pid) {_OTHERS}")
_WAITING = text(f"SELECT count(*) {_OTHERS} AND wait_event_type = 'Lock'")


@contextmanager
def foreign_writer(file: Path) -> Iterator[None]:
    """Somebody with a tool of his own holds SQLite's lock."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@contextmanager
def long_command(file: Path) -> Iterator[None]:
    """Another Saleslog command holds the turn to write."""
    with file.with_name(f"{file.name}.lock").open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def administrator(url: str) -> Iterator[Connection]:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def stays_open(outcome: Outcome, words: str) -> bool:
    """Whether the form says so in time, at a field."""
    return outcome.acked and outcome.seconds < 3 and words in str(outcome.errors)


@pytest.mark.parametrize("held", [foreign_writer, long_command])
def test_a_locked_database_keeps_the_form_open_and_works_again_afterwards(
    slack: Server, hatchery: Hatchery, sqlite_url: str, tmp_path: Path, held: Holder
) -> None:
    desks = Desks(slack, sqlite_url)
    hatchery.bot(slack, sqlite_url)
    form = form_of(desks.opens(EVA))
    with held(tmp_path / "saleslog.db"):
        assert stays_open(desks.submits(EVA), BUSY)
        answered = slack.acts.command(EVA, SALES, "/log help")
    assert answered.acked
    assert desks.forms_logged() == []
    assert desks.submits(EVA).acked
    assert desks.forms_logged() == [form]


def test_a_full_disk_keeps_the_form_open_and_works_again_afterwards(
    slack: Server, hatchery: Hatchery, sqlite_url: str
) -> None:
    desks = Desks(slack, sqlite_url)
    bot = hatchery.bot(slack, sqlite_url)
    form = form_of(desks.opens(EVA))
    with bot.full_disk():
        assert stays_open(desks.submits(EVA), UNWRITABLE)
        assert slack.acts.command(EVA, SALES, "/log call Anna agreed the price list").acked
        assert slack.workspace.wait_for(lambda: UNWRITABLE in str(slack.workspace.seen_by(EVA, SALES)))
        assert desks.forms_logged() == []
    assert desks.submits(EVA).acked
    assert desks.forms_logged() == [form]
    assert bot.alive


def test_two_bots_on_one_database_log_a_form_once(
    slack: Server, hatchery: Hatchery, postgres_url: str
) -> None:
    desks = Desks(slack, postgres_url)
    hatchery.bot(slack, postgres_url)
    hatchery.bot(slack, postgres_url)
    forms = []
    for user in EVERYBODY:
        forms.append(form_of(desks.opens(user)))
        with ThreadPoolExecutor(2) as clicks:
            twice = list(clicks.map(desks.submits, [user, user]))
        assert any(outcome.acked for outcome in twice)
        assert all(outcome.acked or outcome.seconds > LATE for outcome in twice), twice
        assert len({outcome.sent.connection for outcome in twice if outcome.sent}) == 2
        assert [outcome.errors for outcome in twice] == [{}, {}]
    assert Counter(desks.forms_logged()) == Counter(forms)


def test_idle_connections_that_were_cut_are_replaced_unnoticed(
    slack: Server, hatchery: Hatchery, postgres_url: str
) -> None:
    desks = Desks(slack, postgres_url)
    hatchery.bot(slack, postgres_url)
    form = form_of(desks.opens(EVA))
    with administrator(postgres_url) as connection:
        connection.execute(_TERMINATED)
    outcome = desks.submits(EVA)
    assert (outcome.acked, outcome.errors) == (True, {})
    assert desks.forms_logged() == [form]


def test_a_connection_cut_in_the_middle_keeps_the_form_open(
    slack: Server, hatchery: Hatchery, postgres_url: str
) -> None:
    desks = Desks(slack, postgres_url)
    hatchery.bot(slack, postgres_url)
    form = form_of(desks.opens(EVA))
    with administrator(postgres_url) as connection, ThreadPoolExecutor(1) as people:
        holder = create_engine(make_url(postgres_url).set(drivername="postgresql+psycopg"))
        with holder.connect() as holding:
            holding.execute(text("LOCK TABLE entries IN EXCLUSIVE MODE"))
            pressed = people.submit(desks.submits, EVA)
            assert slack.workspace.wait_for(lambda: _waits(connection), 2)
            connection.execute(
                text(f"SELECT pg_terminate_backend(pid) {_OTHERS} AND wait_event_type = 'Lock'")
            )
            outcome = pressed.result()
            holding.rollback()
        holder.dispose()
    assert stays_open(outcome, UNWRITABLE)
    assert desks.forms_logged() == []
    assert desks.submits(EVA).acked
    assert desks.forms_logged() == [form]


def _waits(connection: Connection) -> bool:
    return bool(connection.scalar(_WAITING))
