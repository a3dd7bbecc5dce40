"""Stands in for systemd in a test: knows one unit, starts and stops what its file says."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from configparser import ConfigParser
from pathlib import Path

PATIENCE = 30.0


def main(units: Path, words: list[str]) -> int:
    asked = [word for word in words if not word.startswith("--")]
    state = units / "state"
    verb = "start" if "--now" in words else asked[0]
    return {"daemon-reload": nothing, "start": start, "stop": stop, "is-active": is_active}[verb](
        units, state
    )


def nothing(_units: Path, _state: Path) -> int:
    return 0


def start(units: Path, state: Path) -> int:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.read(units / "saleslog.service")
    service = unit["Service"]
    with (units / "journal").open("a") as journal:
        bot = subprocess.Popen(
            service["ExecStart"].split(), cwd=service["WorkingDirectory"], stdout=journal, stderr=journal
        )
    state.write_text(str(bot.pid))
    return waited(lambda: "runs in Socket Mode" in (units / "journal").read_text().rpartition("stopped")[2])


def stop(_units: Path, state: Path) -> int:
    pid = int(state.read_text())
    os.kill(pid, signal.SIGTERM)
    return waited(lambda: not alive(pid))


def is_active(_units: Path, state: Path) -> int:
    return 0 if alive(int(state.read_text())) else 3


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def waited(true: Callable[[], bool]) -> int:
    until = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return 0 if true() else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
