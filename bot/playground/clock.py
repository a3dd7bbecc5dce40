"""The workspace's own time: real time plus an offset that people may move."""

import threading
import time


class Clock:
    def __init__(self, offset: float = 0.0) -> None:
        self._offset = offset
        self._last_stamp = 0
        self._lock = threading.Lock()

    @property
    def offset(self) -> float:
        """Seconds by which the workspace is ahead of the machine."""
        return self._offset

    def now(self) -> float:
        """Seconds since the epoch, as the workspace sees them."""
        return time.time() + self._offset

    def elapsed(self) -> float:
        """Seconds on a clock that only `shift` can make jump: for the lives of triggers and URLs."""
        return time.monotonic() + self._offset

    def shift(self, seconds: float) -> None:
        self._offset += seconds

    def stamp(self) -> str:
        """A `ts` as Slack writes it, never given twice and always growing."""
        with self._lock:
            self._last_stamp = max(int(self.now() * 1_000_000), self._last_stamp + 1)
            seconds, micros = divmod(self._last_stamp, 1_000_000)
        return f"{seconds}.{micros:06d}"
