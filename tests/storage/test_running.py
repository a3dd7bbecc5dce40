import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.running import AlreadyRunning, running, stopped

HOLDER = """
import sys, time
from storage.running import running
with running(sys.argv[1]):
    print("held", flush=True)
    time.sleep(60)
"""


def other_bot(url: str) -> subprocess.Popen[str]:
    bot = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert bot.stdout is not None
    assert bot.stdout.readline() == "held\n"
    return bot


def ended(bot: subprocess.Popen[str], how: signal.Signals) -> None:
    bot.send_signal(how)
    bot.communicate()


def test_a_second_bot_on_a_file_is_refused_by_the_name_of_the_first(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'saleslog.db'}"
    bot = other_bot(url)
    with pytest.raises(AlreadyRunning, match=f"process {bot.pid}"), running(url):
        pass
    ended(bot, signal.SIGTERM)


def test_the_file_is_free_at_once_after_a_kill(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'saleslog.db'}"
    ended(other_bot(url), signal.SIGKILL)
    with running(url):
        assert (tmp_path / "saleslog.db.pid").read_text() == f"{os.getpid()}\n"


def test_on_a_server_many_bots_run_together(postgres_url: str) -> None:
    bot = other_bot(postgres_url)
    with running(postgres_url):
        pass
    ended(bot, signal.SIGTERM)


def test_who_needs_the_bot_stopped_is_told_which_one_runs(database_url: str) -> None:
    bot = other_bot(database_url)
    with pytest.raises(AlreadyRunning, match=f"process {bot.pid}"), stopped(database_url):
        pass
    ended(bot, signal.SIGKILL)


def test_no_bot_starts_while_it_must_be_stopped(database_url: str) -> None:
    with stopped(database_url), pytest.raises(AlreadyRunning, match=str(os.getpid())), running(database_url):
        pass
