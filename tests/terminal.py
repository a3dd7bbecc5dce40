"""A terminal in a folder of its own: runs the real command line in processes of its own."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from zygote import Zygote

from bot.playground.server import Server
from bot.settings import documented

ROOT = Path(__file__).parents[1]
PATIENCE = 20.0


class Ended(NamedTuple):
    code: int
    said: str
    complained: str


class Running:
    """A command that runs, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def log(self) -> str:
        return "".join(self._lines)

    def says(self, words: str) -> str:
        """Wait for a line with these words."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._reader.is_alive():
            if words in self.log:
                return next(line for line in self._lines if words in line)
            time.sleep(0.02)
        assert words in self.log, f"it never said {words!r} but: {self.log}"
        return ""

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self._process.send_signal(how)
        code = self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.append(line)


@dataclass
class Terminal:
    folder: Path
    zygote: Zygote
    settings: dict[str, str] = field(default_factory=dict)
    _started: list[Running] = field(default_factory=list)

    def runs(self, *words: str, **settings: str) -> Ended:
        """A command from beginning to end."""
        ended = Ended(*self.zygote.runs(words, self._environment(settings), self.folder))
        assert "Traceback" not in ended.complained, ended.complained
        return ended

    def runs_afresh(self, *words: str) -> Ended:
        """The same in a process that has to load everything."""
        done = subprocess.run(
            self._command(words),
            env=self._environment({}),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def starts(self, *words: str, **settings: str) -> Running:
        """A command that goes on."""
        process = subprocess.Popen(
            self._command(words),
            env=self._environment(settings),
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._started.append(Running(process))
        return self._started[-1]

    def leave(self) -> None:
        for running in self._started:
            if running._process.poll() is None:
                running.stop(signal.SIGKILL)

    def joins(self, slack: Server) -> None:
        """Everything from here on is for this workspace."""
        self.settings |= {
            "SLACK_BOT_TOKEN": slack.workspace.app.bot_token,
            "SLACK_APP_TOKEN": slack.workspace.app.app_token,
            "SLACK_API_URL": f"{slack.url}/api/",
        }

    def _command(self, words: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "bot.cli", *words]

    def _environment(self, settings: dict[str, str]) -> dict[str, str]:
        ours = re.compile("|".join(setting.name for setting in documented()))
        inherited = {name: value for name, value in os.environ.items() if not ours.fullmatch(name)}
        return {**inherited, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **self.settings, **settings}
