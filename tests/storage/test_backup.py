import sqlite3
import threading
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import FixedClock, Ids
from bot.domain.ids import SlackTeam, WorkspaceId
from storage.backup import Unusable, backup, nightly, restore
from storage.people import create_workspace
from storage.running import database_file
from storage.store import open_store

AT = datetime(2026, 11, 20, 13, 2, 33, tzinfo=UTC)


def teams(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [team for (team,) in database.execute("SELECT slack_team FROM workspaces ORDER BY ordinal")]


def add(url: str, *names: str) -> None:
    store = open_store(url, FixedClock(AT))
    for name in names:
        with store.writing() as connection:
            create_workspace(connection, WorkspaceId(Ids()()), SlackTeam(name), FixedClock(AT))
    store.close()


def file_of(url: str) -> Path:
    file = database_file(url)
    assert file is not None
    return file


def test_a_backup_made_while_the_bot_writes_is_whole(sqlite_url: str, tmp_path: Path) -> None:
    names = [f"T{number}" for number in range(40)]
    writer = threading.Thread(target=add, args=(sqlite_url, *names))
    writer.start()
    targets = [tmp_path / f"{number}.db" for number in range(4)]
    for target in targets:
        backup(sqlite_url, target)
    writer.join()
    backup(sqlite_url, targets[-1])
    for target in targets:
        found = teams(target)
        assert found == names[: len(found)]
    assert teams(targets[-1]) == names
    assert targets[-1].stat().st_mode & 0o077 == 0


def test_what_is_only_in_the_log_is_in_the_backup(sqlite_url: str, tmp_path: Path) -> None:
    store = open_store(sqlite_url, FixedClock(AT))
    with store.writing() as connection:
        create_workspace(connection, WorkspaceId(1), SlackTeam("T0LOG"), FixedClock(AT))
    backup(sqlite_url, tmp_path / "copy.db")
    store.close()
    assert teams(tmp_path / "copy.db") == ["T0LOG"]


def test_a_backup_never_overwrites_the_database(sqlite_url: str) -> None:
    with pytest.raises(Unusable, match="itself"):
        backup(sqlite_url, file_of(sqlite_url))


def test_there_is_nothing_to_back_up_yet(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="no database"):
        backup(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db")
    assert not list(tmp_path.iterdir())


def test_restore_brings_the_backup_and_keeps_the_old_database(sqlite_url: str, tmp_path: Path) -> None:
    add(sqlite_url, "T1")
    backup(sqlite_url, tmp_path / "copy.db")
    add(sqlite_url, "T2")
    old = restore(sqlite_url, tmp_path / "copy.db", AT)
    assert teams(file_of(sqlite_url)) == ["T1"]
    assert old is not None
    assert teams(old) == ["T1", "T2"]
    add(sqlite_url, "T3")
    assert teams(file_of(sqlite_url)) == ["T1", "T3"]


def test_the_old_log_never_meets_the_restored_database(sqlite_url: str, tmp_path: Path) -> None:
    backup(sqlite_url, tmp_path / "copy.db")
    file = file_of(sqlite_url)
    Path(f"{file}-wal").write_bytes(b"a log that nobody can read" * 200)
    restore(sqlite_url, tmp_path / "copy.db", AT)
    assert teams(file) == []


def test_restore_into_an_empty_place(sqlite_url: str, tmp_path: Path) -> None:
    add(sqlite_url, "T1")
    backup(sqlite_url, tmp_path / "copy.db")
    target = tmp_path / "new" / "saleslog.db"
    assert restore(f"sqlite:///{target}", tmp_path / "copy.db", AT) is None
    assert teams(target) == ["T1"]


def test_a_damaged_database_can_still_be_replaced(sqlite_url: str, tmp_path: Path) -> None:
    backup(sqlite_url, tmp_path / "copy.db")
    file_of(sqlite_url).write_bytes(b"not a database at all" * 500)
    old = restore(sqlite_url, tmp_path / "copy.db", AT)
    assert teams(file_of(sqlite_url)) == []
    assert old is not None
    assert old.read_bytes().startswith(b"not a database")


@pytest.mark.parametrize("content", [b"", b"PK not a database" * 100])
def test_what_is_no_backup_is_refused_and_nothing_changes(
    content: bytes, sqlite_url: str, tmp_path: Path
) -> None:
    add(sqlite_url, "T1")
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(Unusable, match="not a"):
        restore(sqlite_url, tmp_path / "other", AT)
    assert teams(file_of(sqlite_url)) == ["T1"]
    assert not list(tmp_path.glob(".*")), "no half copy stays"


def test_a_truncated_backup_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    backup(sqlite_url, tmp_path / "copy.db")
    whole = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unusable):
        restore(sqlite_url, tmp_path / "copy.db", AT)


def test_seven_nights_are_kept_and_one_backup_a_night(sqlite_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    first = date(2026, 11, 1)
    for night in range(9):
        nightly(sqlite_url, folder, first + timedelta(days=night))
    add(sqlite_url, "T9")
    again = nightly(sqlite_url, folder, first + timedelta(days=8))
    assert [file.name for file in sorted(folder.iterdir())] == [
        f"saleslog-2026-11-{day:02}.db" for day in range(3, 10)
    ]
    assert again is not None
    assert teams(again) == [], "the night's backup was there already"


def test_on_a_server_the_servers_own_programs_are_named() -> None:
    url = "postgresql://eva:secret@db/saleslog"
    with pytest.raises(Unusable, match=r"pg_dump .*copy\.db"):
        backup(url, Path("copy.db"))
    with pytest.raises(Unusable, match=r"pg_restore .*copy\.db"):
        restore(url, Path("copy.db"), AT)
    assert nightly(url, Path("nowhere"), date(2026, 11, 1)) is None
