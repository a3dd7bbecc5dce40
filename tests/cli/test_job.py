"""`saleslog job`: one run, now or as of another time; what it says is sent, or only shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from office import Office
from sqlalchemy import func, make_url, select
from terminal import Terminal

from bot.clock import FixedClock
from bot.domain.ids import FormId, SlackUser
from bot.domain.interactions import Form
from bot.domain.purge import RETENTION
from bot.playground.seeds import EVA
from bot.playground.server import Server
from storage import schema
from storage.store import Store, open_store
from storage.tables.deliveries import deliveries

FRIDAY = datetime(2026, 11, 13, 13, tzinfo=UTC)
MONDAY = "2026-11-16T09:00+01:00"
TOLD = "Good morning, Eva. 1 postponed interaction waits for you."


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, terminal: Terminal) -> str:
    """A database in which a draft of Eva's has waited since a Friday."""
    if request.param == "sqlite":
        address = f"sqlite:///{terminal.folder / 'saleslog.db'}"
        schema.upgrade(address)
    else:
        address = make_url(request.getfixturevalue("postgres_url")).render_as_string(hide_password=False)
    terminal.settings["DATABASE_URL"] = address
    clock = FixedClock(FRIDAY)
    with opened(address, clock) as store:
        office = Office(store, clock)
        eva = office.joins("Eva", slack_id=SlackUser(EVA))
        with store.begin(office.workspace) as work:
            work.drafts.save(FormId("form"), eva.id, Form(comment="asked about delivery"), None)
    return address


@contextmanager
def opened(url: str, clock: FixedClock) -> Iterator[Store]:
    store = open_store(url, clock)
    yield store
    store.close()


def written(url: str) -> int:
    with opened(url, FixedClock(FRIDAY)) as store, store.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(deliveries)) or 0)


def test_a_rehearsal_says_what_would_be_sent_and_writes_nothing(terminal: Terminal, url: str) -> None:
    ended = terminal.runs("job", "remind", "--at", MONDAY, "--dry-run")
    assert ended.code == 0, ended.complained
    assert ended.said.splitlines()[:2] == ["Told 1 of what waits.", f"would be sent → Eva: {TOLD}"]
    assert written(url) == 0


def test_without_a_token_it_is_written_and_shown(terminal: Terminal, url: str) -> None:
    ended = terminal.runs("job", "remind", "--at", MONDAY)
    assert f"would be sent → Eva: {TOLD}" in ended.said
    assert written(url) == 1
    assert terminal.runs("job", "remind", "--at", MONDAY).said == "There was nothing to do.\n"


def test_what_it_has_to_say_is_sent(terminal: Terminal, url: str, slack: Server) -> None:
    terminal.settings |= {
        "SLACK_BOT_TOKEN": slack.workspace.app.bot_token,
        "SLACK_APP_TOKEN": slack.workspace.app.app_token,
        "SLACK_API_URL": f"{slack.url}/api/",
    }
    ended = terminal.runs("job", "remind", "--at", MONDAY)
    assert f"sent → Eva: {TOLD}" in ended.said, ended
    channel = slack.workspace.directory.direct(EVA).id
    assert [message.text.splitlines()[0] for message in slack.workspace.seen_by(EVA, channel)] == [TOLD]


def test_a_rehearsal_leaves_no_file_and_names_the_one_it_would_send(terminal: Terminal, url: str) -> None:
    later = FixedClock(FRIDAY + timedelta(days=8))
    with opened(url, later) as store:
        office = Office(store, later)
        ada = office.joins("Ada", admin=True)
        entry = office.logs(ada, office.knows(ada, "Anna Berg"))
        office.entries.cancel(ada, entry, None)
    at = (later.now() + RETENTION).isoformat()
    said = terminal.runs("job", "purge", "--at", at, "--dry-run").said
    assert "Announced 1 canceled entry.\n" in said
    assert "would be sent → Ada: canceled entries 2027-02-19.csv\n" in said
    terminal.runs("job", "backup", "--dry-run")
    assert not [*terminal.folder.rglob("*.csv"), *terminal.folder.glob("var/backups/*")]


def test_a_time_to_come_has_to_be_meant(terminal: Terminal, url: str) -> None:
    ended = terminal.runs("job", "remind", "--at", "2031-11-17T09:00+01:00")
    assert ended.code == 1
    assert ended.complained == (
        "This time lies in the future. Add --dry-run to look, or --yes if you mean it.\n"
    )
    assert (
        "would be sent" in terminal.runs("job", "remind", "--at", "2031-11-17T09:00+01:00", "--dry-run").said
    )
    assert "would be sent" in terminal.runs("job", "remind", "--at", "2031-11-17T09:00+01:00", "--yes").said


def test_names_and_times_that_are_none_are_named(terminal: Terminal, url: str) -> None:
    assert "There is no job “dance”. There are: remind," in terminal.runs("job", "dance").complained
    assert "“yesterday” is no time." in terminal.runs("job", "remind", "--at", "yesterday").complained


def test_before_there_is_a_database_it_says_so(terminal: Terminal, tmp_path: Path) -> None:
    ended = terminal.runs("job", "remind", DATABASE_URL=f"sqlite:///{tmp_path / 'none.db'}")
    assert (ended.code, "saleslog check" in ended.complained) == (1, True)
