"""Bots in processes of their own, forked from one that has loaded everything, so that many can be killed."""

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot import running  # loaded once, before any bot is forked
from bot.commands.run import _log_at
from bot.playground.server import Server
from bot.settings import LogLevel, Settings


class Bot:
    """One `saleslog run`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def kill(self) -> None:
        """Kill it in the middle of whatever it does."""
        os.kill(self.pid, signal.SIGKILL)
        while self.alive:
            time.sleep(0.001)

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """Let it write to no file."""
        before = resource.prlimit(self.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.pid, resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            yield
        finally:
            resource.prlimit(self.pid, resource.RLIMIT_FSIZE, before)

    @property
    def alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True


class Hatchery:
    """Starts bots; what they log goes to `log`."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(log)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(("tests", "."))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._bots: list[Bot] = []

    def bot(self, slack: Server, url: str, **more: str) -> Bot:
        """Start a bot, with `more` settings, and wait until Slack reaches it."""
        before = sum(bot.alive for bot in self._bots)
        assert slack.workspace.wait_for(lambda: slack.sockets.connected == before)
        settings = {
            "SLACK_BOT_TOKEN": slack.workspace.app.bot_token,
            "SLACK_APP_TOKEN": slack.workspace.app.app_token,
            "SLACK_API_URL": f"{slack.url}/api/",
            "DATABASE_URL": url,
            "SALESLOG_EXPORTS": str(self.log.parent / "exports"),
            **more,
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(settings) + "\n")
        self._process.stdin.flush()
        bot = Bot(int(self._process.stdout.readline()))
        self._bots.append(bot)
        reached = slack.workspace.wait_for(lambda: slack.sockets.connected > before, 20)
        assert reached, self.log.read_text()
        return bot

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bot in self._bots:
            if bot.alive:
                bot.kill()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


def _hatch(settings: dict[str, Any], log: str) -> None:
    with Path(log).open("a") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
    _log_at(LogLevel.INFO)
    running.run(Settings(_env_file=None, **settings), threading.Event())


def _breed(log: str, hatch: Callable[[dict[str, Any], str], None]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries them
    for line in sys.stdin:
        settings = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                hatch(settings, log)
            finally:
                os._exit(1)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _breed(sys.argv[1], _hatch)
