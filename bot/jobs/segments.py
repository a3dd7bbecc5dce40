"""The worker that takes the steps of runs: woken by whoever starts one, and looking by itself every two seconds."""

import logging
import threading
from collections.abc import Callable

from bot.domain.messages import Refusal
from bot.services.segment_runs import SegmentRuns

POLL_SECONDS = 2.0
_log = logging.getLogger(__name__)


def log_segments(runs: SegmentRuns) -> str:
    """Go on with every run that nobody works on; return what was done."""
    return runs.run()


class SegmentWork:
    """A thread of its own, so that a run of many minutes keeps nobody else from his turn.

    `look` goes on with the runs, and never raises (`bot.jobs.board`).
    """

    def __init__(self, runs: SegmentRuns, look: Callable[[], None]) -> None:
        self._runs = runs
        self._look = look
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="segments", daemon=True)

    def start(self) -> None:
        """Start working."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the step that is being taken; the rest waits for the next start."""
        self._stopped.set()
        self._runs.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while not self._stopped.is_set():
            self._runs.awake.wait(POLL_SECONDS)
            self._runs.awake.clear()
            if not self._stopped.is_set() and self._waits():
                self._look()

    def _waits(self) -> bool:
        try:
            return self._runs.waits()
        except Refusal as refusal:
            _log.warning("segments wait: %s", type(refusal).__name__)
            return False
