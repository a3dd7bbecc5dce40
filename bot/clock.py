"""The only reader of the time, and the maker of identities."""

import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

_EPOCH_MS = 1_704_067_200_000  # 2024-01-01T00:00:00Z
_SEQUENCE_BITS = 12
_PROCESS_BITS = 10
TAGS = 1 << _PROCESS_BITS


class Clock(Protocol):
    """Tells the time; everything that needs it gets one handed in."""

    def now(self) -> datetime:
        """Return the current instant, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock moved by an offset that is asked for at every reading (the demo's time machine)."""

    def __init__(self, offset: Callable[[], timedelta]) -> None:
        self._offset = offset

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset()


class FixedClock:
    """A clock that stands still until it is moved (tests, `saleslog job --at`)."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def move(self, by: timedelta) -> None:
        """Move the clock, forward or back."""
        self._at += by


class Ids:
    """Makes identities: milliseconds since 2024, a random tag of this process, a sequence; ever increasing."""

    def __init__(self, tag: int | None = None) -> None:
        random = int.from_bytes(os.urandom(2), "big")
        self._tag = (random if tag is None else tag) % (1 << _PROCESS_BITS)
        self._last = 0
        self._lock = threading.Lock()

    @property
    def tag(self) -> int:
        """What the identities made here leave when divided by `TAGS`."""
        return self._tag

    def __call__(self) -> int:
        """Return the next identity."""
        return self.many(1).start

    def many(self, count: int) -> range:
        """Return `count` consecutive steps of identities, at a stride that keeps the process's tag."""
        stride = 1 << _PROCESS_BITS
        with self._lock:
            tick = max((int(time.time() * 1000) - _EPOCH_MS) << _SEQUENCE_BITS, self._last + 1)
            self._last = tick + count - 1
        start = (tick << _PROCESS_BITS) | self._tag
        return range(start, start + count * stride, stride)
