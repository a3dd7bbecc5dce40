"""`saleslog run`."""

import logging
import signal
import threading
from types import FrameType

from bot.commands.endings import Ending, plainly
from bot.settings import LogLevel, Settings, read_settings

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_TALKATIVE = {
    "slack_sdk": logging.INFO,
    "slack_bolt": logging.INFO,
    "urllib3": logging.WARNING,
    "websocket": logging.WARNING,
    "apscheduler": logging.WARNING,
    "uvicorn": logging.WARNING,
    "alembic": logging.WARNING,
}
"""The lowest level of libraries that would write tokens, texts or a line a second below it."""


def run() -> None:
    """Run the bot until a signal stops it."""
    with plainly():
        settings = read_settings()
        _log_at(settings.log_level)
        _run(settings)


def _run(settings: Settings) -> None:
    from bot.running import CantRun
    from bot.running import run as run_bot

    try:
        run_bot(settings, _stopped_by_signals())
    except CantRun as reason:
        raise Ending(str(reason)) from None


def _log_at(level: LogLevel) -> None:
    logging.basicConfig(level=level.value, format=_FORMAT)
    for name, lowest in _TALKATIVE.items():
        logging.getLogger(name).setLevel(max(lowest, logging.getLevelNamesMapping()[level]))


def _stopped_by_signals() -> threading.Event:
    """Return an event that the first SIGTERM or SIGINT sets; the second one ends the process at once."""
    stop = threading.Event()

    def stopped(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    signal.signal(signal.SIGTERM, stopped)
    signal.signal(signal.SIGINT, stopped)
    return stop
