"""Turns: what concerns one form happens one after the other in this process."""

import threading

_LANES = 64


class Turns:
    """A fixed number of locks, shared out by form."""

    def __init__(self) -> None:
        self._lanes = tuple(threading.Lock() for _ in range(_LANES))

    def of(self, key: str) -> threading.Lock:
        """Return the lock of a form."""
        return self._lanes[hash(key) % _LANES]
