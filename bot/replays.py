"""A request that comes again gets the answer that it got the first time."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Generic, NamedTuple, TypeVar

from bot.clock import Clock

KEPT = timedelta(minutes=10)
MOST = 10_000

Answer = TypeVar("Answer")


class _First(NamedTuple, Generic[Answer]):
    at: datetime
    answer: "asyncio.Task[Answer]"


class Replays(Generic[Answer]):
    """First answers of the last ten minutes: longer than a signature stays valid.

    A restart forgets them; then the form ids and trigger ids that the services keep give the first answer.
    """

    def __init__(self, clock: Clock, most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._firsts: OrderedDict[bytes, _First[Answer]] = OrderedDict()

    async def once(self, key: bytes, make: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return the first answer to `key`, made now if it is new; an answer that failed is not kept."""
        self._forget_old()
        first = self._firsts.get(key)
        if first is None:
            first = _First(self._clock.now(), asyncio.create_task(self._made(key, make)))
            self._firsts[key] = first
        return await asyncio.shield(first.answer)

    async def _made(self, key: bytes, make: Callable[[], Awaitable[Answer]]) -> Answer:
        kept = False
        try:
            answer = await make()
            kept = True
            return answer
        finally:
            if not kept:
                self._firsts.pop(key, None)

    def forget(self, key: bytes) -> None:
        """Forget an answer that was no good: the next time counts as the first."""
        self._firsts.pop(key, None)

    def _forget_old(self) -> None:
        until = self._clock.now() - KEPT
        while self._firsts and (len(self._firsts) >= self._most or self._oldest() < until):
            self._firsts.popitem(last=False)

    def _oldest(self) -> datetime:
        return next(iter(self._firsts.values())).at
