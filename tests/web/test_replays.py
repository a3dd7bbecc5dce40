import asyncio
from datetime import timedelta

import pytest
from posting import NOW

from bot.clock import FixedClock
from bot.replays import KEPT, Replays


class Oracle:
    """Answers with a number, after it is let."""

    def __init__(self) -> None:
        self.asked = 0
        self.let = asyncio.Event()

    async def answer(self) -> int:
        self.asked += 1
        await self.let.wait()
        return self.asked


async def _together(times: int) -> tuple[list[int], int]:
    oracle, replays = Oracle(), Replays[int](FixedClock(NOW))
    waiting = [asyncio.create_task(replays.once(b"key", oracle.answer)) for _ in range(times)]
    await asyncio.sleep(0)
    oracle.let.set()
    return await asyncio.gather(*waiting), oracle.asked


def test_a_replay_that_comes_while_the_first_is_answered_waits_for_that_answer() -> None:
    assert asyncio.run(_together(5)) == ([1] * 5, 1)


async def _first_goes_away() -> tuple[int, int]:
    oracle, replays = Oracle(), Replays[int](FixedClock(NOW))
    first = asyncio.create_task(replays.once(b"key", oracle.answer))
    await asyncio.sleep(0)
    first.cancel()
    oracle.let.set()
    return await replays.once(b"key", oracle.answer), oracle.asked


def test_a_first_one_who_hangs_up_takes_nothing_from_the_second() -> None:
    assert asyncio.run(_first_goes_away()) == (1, 1)


async def _failing(replays: Replays[int]) -> int:
    async def broken() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        await replays.once(b"key", broken)
    oracle = Oracle()
    oracle.let.set()
    return await replays.once(b"key", oracle.answer)


def test_what_broke_is_tried_again() -> None:
    assert asyncio.run(_failing(Replays(FixedClock(NOW)))) == 1


async def _asked_again(replays: Replays[int], clock: FixedClock, others: int, later: timedelta) -> int:
    oracle = Oracle()
    oracle.let.set()
    await replays.once(b"key", oracle.answer)
    for number in range(others):
        await replays.once(b"%d" % number, _nothing)
    clock.move(later)
    await replays.once(b"key", oracle.answer)
    return oracle.asked


async def _nothing() -> int:
    return 0


@pytest.mark.parametrize(
    ("others", "later", "asked"),
    [
        (0, KEPT, 1),
        (0, KEPT + timedelta(seconds=1), 2),
        (8, timedelta(), 1),
        (10, timedelta(), 2),
    ],
)
def test_answers_are_kept_ten_minutes_and_never_too_many(others: int, later: timedelta, asked: int) -> None:
    clock = FixedClock(NOW)
    assert asyncio.run(_asked_again(Replays(clock, most=10), clock, others, later)) == asked
