import signal
from pathlib import Path

from seat import MANIFEST
from terminal import Terminal

from bot.playground.seeds import EVA, SALES, demo_workspace
from bot.playground.server import Server
from storage import schema


def database(terminal: Terminal) -> str:
    return f"sqlite:///{terminal.folder / 'var' / 'saleslog.db'}"


def test_upgrade_makes_an_empty_database_and_is_idle_the_second_time(terminal: Terminal) -> None:
    for _ in range(2):
        ended = terminal.runs("db", "upgrade")
        assert (ended.code, ended.said) == (0, f"The schema is up to date ({schema.newest()}).\n")
    assert schema.drift(database(terminal)) == []


def test_backup_and_restore_bring_everything_back(terminal: Terminal) -> None:
    people(terminal, "Anna Berg")
    assert terminal.runs("db", "backup", "copies/monday.db").code == 0
    people(terminal, "Wim Peeters")
    ended = terminal.runs("db", "restore", "copies/monday.db")
    assert ended.code == 0
    assert "The old database is kept: " in ended.said
    assert people(terminal, "Wim Peeters") == "1 rows: 1 new, 0 changed, 0 unchanged, 0 faulty"


def test_what_is_no_backup_is_named(terminal: Terminal) -> None:
    terminal.runs("db", "upgrade")
    (terminal.folder / "notes.txt").write_text("nothing of ours", encoding="utf-8")
    for file, words in (
        ("notes.txt", "is not a whole database"),
        ("none.db", "There is no backup at none.db"),
    ):
        ended = terminal.runs("db", "restore", file)
        assert ended.code == 1
        assert words in ended.complained


def test_beside_a_running_bot_a_backup_works_and_the_rest_says_that_it_must_stop(terminal: Terminal) -> None:
    with Server(MANIFEST, demo_workspace()) as slack:
        terminal.joins(slack)
        bot = terminal.starts("run")
        bot.says("runs in Socket Mode")
        slack.acts.command(EVA, SALES, "/log help")
        assert terminal.runs("db", "backup", "copy.db").code == 0
        assert people(terminal, "Anna Berg").startswith("1 rows: 1 new")
        for command in (["upgrade"], ["restore", "copy.db"]):
            ended = terminal.runs("db", *command)
            assert ended.code == 1
            assert f"process {bot.pid}" in ended.complained
            assert "Stop it first" in ended.complained
        bot.stop(signal.SIGKILL)
    assert terminal.runs("db", "upgrade").code == 0


def test_on_a_server_its_own_programs_are_named(terminal: Terminal) -> None:
    url = "postgresql://eva:canary@127.0.0.1:9/saleslog"
    ended = terminal.runs("db", "backup", "copy.dump", DATABASE_URL=url)
    assert ended.code == 1
    assert 'pg_dump --format=custom --file=copy.dump "$DATABASE_URL"' in ended.complained
    assert "canary" not in ended.complained


def test_a_server_that_is_not_there_is_named(terminal: Terminal) -> None:
    url = "postgresql://eva:canary@127.0.0.1:9/saleslog"
    ended = terminal.runs("db", "upgrade", DATABASE_URL=url)
    assert ended.code == 1
    assert "DATABASE_URL" in ended.complained
    assert "canary" not in ended.complained


def people(terminal: Terminal, name: str) -> str:
    """Import one contact and return what was said of it."""
    file = Path(terminal.folder / "contacts.csv")
    file.write_text(f"Name,City\n{name},Bergen\n", encoding="utf-8")
    known = (terminal.folder / "var" / "saleslog.db").exists() and terminal.settings
    team = [] if known else ["--workspace", "T0PLAYGRND"]
    return terminal.runs("import", "contacts", "contacts.csv", *team).said.splitlines()[0]
