"""`saleslog demo` ends with both its processes, however it ends."""

import signal
import time
from pathlib import Path

from terminal import Running, Terminal

STOPPED_WITHIN = 15


def child_of(running: Running) -> int:
    threads = Path(f"/proc/{running.pid}/task").glob("*/children")
    (child,) = (int(child) for thread in threads for child in thread.read_text().split())
    return child


def runs(process: int) -> bool:
    """Whether a process is alive; one that nobody has buried yet is not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_the_bot_of_a_killed_demo_stops(terminal: Terminal) -> None:
    demo = terminal.starts("demo", "--port", "0", "--browser", "none")
    demo.says("Saleslog's demo is at")
    bot = child_of(demo)
    assert runs(bot)
    demo.stop(signal.SIGKILL)
    until = time.monotonic() + STOPPED_WITHIN
    while runs(bot) and time.monotonic() < until:
        time.sleep(0.05)
    assert not runs(bot)
