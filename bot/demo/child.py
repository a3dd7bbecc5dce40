"""The demo's bot: a real `saleslog run` in a process of its own."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping

STOP_SECONDS = 10.0
_OURS = ("SLACK_", "SALESLOG_", "DATABASE_URL", "HOST", "PORT", "LOG_LEVEL")


class Child:
    """Starts, kills and stops the bot; every line it logs goes to `log`.

    The bot reads from a pipe that only this process holds: when this one is killed, it stops too.
    """

    def __init__(self, settings: Mapping[str, str], log: Callable[[str], None]) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        self._environment = {**inherited, **settings}
        self._log = log
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start the bot."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "run", "--until", "stdin-closes"],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def stop(self) -> None:
        """Let the bot finish what it acknowledged; after ten seconds it is killed."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._bury(self._process)

    def kill(self) -> None:
        """Kill the bot in the middle of whatever it does."""
        if self._process is not None:
            self._process.kill()
            self._bury(self._process)

    def _bury(self, process: subprocess.Popen[str]) -> None:
        process.wait()
        if process.stdin is not None:
            process.stdin.close()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        if process.stdout is None:
            return
        with process.stdout as lines:
            for line in lines:
                self._log(line.rstrip())
