"""Who wants to know that something changed: pages by server-sent events, tests by waiting."""

import asyncio
import queue
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    MESSAGE = "message"  # about: the channel
    VIEW = "view"  # about: the user whose stack changed
    HOME = "home"  # about: the user
    PERSON = "person"  # about: the user
    FILE = "file"  # about: the user
    CLOCK = "clock"  # about: ""
    LOG = "log"  # about: "" (a call, a payload or a warning was recorded)


@dataclass(frozen=True, slots=True)
class Change:
    kind: ChangeKind
    about: str


class Stream:
    """Changes in order, for one reader. Made by `Changes.subscribe`."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Change] = queue.SimpleQueue()

    def put(self, change: Change) -> None:
        self._waiting.put(change)

    def get(self, timeout: float) -> Change | None:
        """The next change, or None when `timeout` seconds brought none."""
        try:
            return self._waiting.get(timeout=timeout)
        except queue.Empty:
            return None


class Changes:
    def __init__(self, lock: threading.RLock) -> None:
        self._condition = threading.Condition(lock)
        self._listeners: list[Callable[[Change], None]] = []

    def tell(self, kind: ChangeKind, about: str = "") -> None:
        change = Change(kind, about)
        with self._condition:
            listeners = tuple(self._listeners)
            self._condition.notify_all()
        for listener in listeners:
            listener(change)

    def listen(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Calls `listener` on the changing thread; returns what ends it."""
        with self._condition:
            self._listeners.append(listener)
        return lambda: self._silence(listener)

    @contextmanager
    def subscribe(self) -> Iterator[Stream]:
        """A stream for a thread: `with changes.subscribe() as stream: stream.get(15)`."""
        stream = Stream()
        silence = self.listen(stream.put)
        try:
            yield stream
        finally:
            silence()

    async def follow(self, pause: float = 15.0) -> AsyncIterator[Change | None]:
        """The same for a coroutine, without holding a thread; None after each quiet `pause`."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Queue[Change] = asyncio.Queue()
        silence = self.listen(lambda change: _pass_on(loop, waiting, change))
        try:
            while True:
                yield await _next(waiting, pause)
        finally:
            silence()

    def wait_for(self, predicate: Callable[[], bool], timeout: float) -> bool:
        """Whether `predicate` came true within `timeout` seconds; looked at after each change."""
        deadline = time.monotonic() + timeout
        with self._condition:
            while not predicate():
                left = deadline - time.monotonic()
                if left <= 0:
                    return False
                self._condition.wait(min(left, 0.25))
        return True

    def _silence(self, listener: Callable[[Change], None]) -> None:
        with self._condition:
            if listener in self._listeners:
                self._listeners.remove(listener)


def _pass_on(loop: asyncio.AbstractEventLoop, waiting: asyncio.Queue[Change], change: Change) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(waiting.put_nowait, change)


async def _next(waiting: asyncio.Queue[Change], pause: float) -> Change | None:
    try:
        return await asyncio.wait_for(waiting.get(), pause)
    except TimeoutError:
        return None
