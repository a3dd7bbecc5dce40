"""`saleslog run`."""

import logging
import os
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
    "websocket": logging.CRITICAL,
    "apscheduler": logging.WARNING,
    "uvicorn": logging.WARNING,
    "alembic": logging.WARNING,
}
"""The lowest level of each library that would write tokens, texts or a line a second below it."""


def run(stop: threading.Event) -> None:
    """Run the bot until `stop` is set."""
    with plainly():
        settings = read_settings()
        _log_at(settings.log_level)
        _run(settings, stop)
    _leave()


def stopped_by_signals() -> threading.Event:
    """Return an event that the first SIGTERM or SIGINT sets; the second one ends the process at once."""
    stop = threading.Event()

    def stopped(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    signal.signal(signal.SIGTERM, stopped)
    signal.signal(signal.SIGINT, stopped)
    return stop


def stop_with_stdin(stop: threading.Event) -> None:
    """Set `stop` when standard input ends: a process that started us has it open for as long as it lives."""

    def wait() -> None:
        while os.read(0, 1024):
            pass
        stop.set()

    threading.Thread(target=wait, name="stdin", daemon=True).start()


def _run(settings: Settings, stop: threading.Event) -> None:
    from bot.running import CantRun
    from bot.running import run as run_bot

    try:
        run_bot(settings, stop)
    except CantRun as reason:
        raise Ending(str(reason)) from None


def _leave() -> None:
    """End the process now that everything is closed; no thread of a library holds it up."""
    logging.shutdown()
    os._exit(0)


def _log_at(level: LogLevel) -> None:
    logging.basicConfig(level=level.value, format=_FORMAT)
    for handler in logging.getLogger().handlers:
        handler.addFilter(_discreet)


def _discreet(record: logging.LogRecord) -> bool:
    """Whether a record is fit to be written; some libraries set their loggers' levels themselves."""
    return record.levelno >= _TALKATIVE.get(record.name.partition(".")[0], logging.NOTSET)
