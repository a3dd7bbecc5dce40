"""A thread of its own for work of many minutes, so that it keeps nobody else from his turn."""

import logging
import threading
from collections.abc import Callable
from typing import Protocol

from bot.domain.messages import Refusal

POLL_SECONDS = 2.0
_log = logging.getLogger(__name__)


class Work(Protocol):
    """What is done in steps, or one after the other; `awake` is set by whoever adds to it."""

    awake: threading.Event

    def waits(self) -> bool:
        """Whether there is something to do."""

    def stop(self) -> None:
        """Leave the rest to the next start."""


class Worker:
    """Woken by whoever adds something, and looking by itself every two seconds.

    `look` does what waits, and never raises (`bot.jobs.board`).
    """

    def __init__(self, name: str, work: Work, look: Callable[[], None]) -> None:
        self._name = name
        self._to_do = work
        self._look = look
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        """Start working."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the step that is being taken; the rest waits for the next start."""
        self._stopped.set()
        self._to_do.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while not self._stopped.is_set():
            self._to_do.awake.wait(POLL_SECONDS)
            self._to_do.awake.clear()
            if not self._stopped.is_set() and self._waits():
                self._look()

    def _waits(self) -> bool:
        try:
            return self._to_do.waits()
        except Refusal as refusal:
            _log.warning("%s wait: %s", self._name, type(refusal).__name__)
            return False
