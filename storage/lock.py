"""One writer at a time for a SQLite file, among the threads of this process and among processes."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.domain.messages import Busy, Unwritable

_FIRST_PAUSE = 0.0005
_LONGEST_PAUSE = 0.01


class WriteLock:
    """A `flock` on a file beside the database, behind a lock of this process; the kernel frees it after a kill."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._threads = threading.Lock()
        self._handle: int | None = None
        self._counting = threading.Lock()
        self._waiting = 0

    @property
    def wanted(self) -> bool:
        """Whether another thread of this process waits for its turn."""
        return self._waiting > 0

    @contextmanager
    def held(self, seconds: float) -> Iterator[None]:
        """Hold the lock; waits at most `seconds`.

        Raises:
            Busy: somebody else kept it longer.
        """
        until = time.monotonic() + seconds
        if not self._took_turn(seconds):
            raise Busy
        try:
            handle = self._open()
            self._wait(handle, until)
            try:
                yield
            finally:
                fcntl.flock(handle, fcntl.LOCK_UN)
        finally:
            self._threads.release()

    def _took_turn(self, seconds: float) -> bool:
        if self._threads.acquire(blocking=False):
            return True
        with self._counting:
            self._waiting += 1
        try:
            return self._threads.acquire(timeout=seconds)
        finally:
            with self._counting:
                self._waiting -= 1

    def _open(self) -> int:
        if self._handle is None:
            try:
                self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            except OSError as error:
                raise Unwritable from error
        return self._handle

    def _wait(self, handle: int, until: float) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Busy from None
                time.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            else:
                return
