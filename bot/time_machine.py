"""The demo's time machine: a clock that reads how far it is moved from a file."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bot.clock import Clock, ShiftedClock, SystemClock
from bot.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def clock_for(settings: Settings, *, demo: bool) -> Clock:
    """Return the moved clock for a demo's database against a local Slack, the machine's for everything else."""
    file = settings.clock_offset_file
    if not demo or file is None or urlsplit(settings.api_url).hostname not in LOOPBACK:
        return SystemClock()
    return ShiftedClock(lambda: read_offset(file))


def read_offset(file: Path) -> timedelta:
    """Return how far the demo's clock is moved; not at all while there is no file."""
    try:
        written = file.read_text()
    except FileNotFoundError:
        return timedelta()
    return timedelta(seconds=float(written or 0))


def write_offset(file: Path, offset: timedelta) -> None:
    """Move the demo's clock; whoever reads meanwhile sees the old or the new offset."""
    beside = file.with_suffix(".new")
    beside.write_text(str(offset.total_seconds()))
    beside.replace(file)
