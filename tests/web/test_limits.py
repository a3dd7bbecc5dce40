import asyncio
from datetime import timedelta

import pytest
from posting import NOW, asked, call
from starlette.responses import PlainTextResponse

from bot.clock import FixedClock
from bot.limits import Buckets, Rate, Refused, Turnstile, check_length, read_body

RATE = Rate(at_once=3, per_second=0.5)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def buckets(clock: FixedClock) -> Buckets:
    return Buckets(clock, RATE, most=2)


def test_so_many_at_once_and_then_so_many_a_second(buckets: Buckets, clock: FixedClock) -> None:
    assert [buckets.take("a") for _ in range(5)] == [0, 0, 0, 2, 2]
    clock.move(timedelta(seconds=1))
    assert buckets.take("a") == 1
    clock.move(timedelta(seconds=1))
    assert [buckets.take("a"), buckets.take("a")] == [0, 2]
    clock.move(timedelta(days=1))
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing(buckets: Buckets, clock: FixedClock) -> None:
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 0]
    clock.move(-timedelta(days=1))
    assert buckets.take("a") == 2
    clock.move(timedelta(seconds=2))
    assert buckets.take("a") == 0


def test_each_key_has_its_own_bucket_and_the_least_used_are_forgotten(buckets: Buckets) -> None:
    for key in ("a", "b"):
        assert [buckets.take(key) for _ in range(4)][-1] == 2
    buckets.take("a")
    buckets.take("c")
    assert buckets.take("a") == 2
    assert buckets.take("b") == 0


def test_what_comes_too_often_is_refused_with_the_seconds_to_wait(buckets: Buckets) -> None:
    for _ in range(3):
        buckets.admit("a")
    with pytest.raises(Refused) as refused:
        buckets.admit("a")
    assert (refused.value.status, refused.value.wait) == (429, 2)


def test_a_door_says_when_to_come_again(buckets: Buckets) -> None:
    counted: list[str] = []
    door = Turnstile(PlainTextResponse("in"), buckets, counted.append)
    answers = [call(door, "GET", "/") for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["retry-after"] == "2"
    assert counted == ["too many requests"]


@pytest.mark.parametrize(
    ("length", "fits"), [(b"10", True), (b"11", False), (b"9" * 5000, False), (b"x", True)]
)
def test_what_says_that_it_is_too_large_is_not_even_read(length: bytes, fits: bool) -> None:  # noqa: FBT001
    if fits:
        return check_length({b"content-length": length}, 10)
    with pytest.raises(Refused, match="too large"):
        check_length({b"content-length": length}, 10)
    return None


@pytest.mark.parametrize(
    ("chunks", "outcome"), [([b"x" * 5] * 2, b"x" * 10), ([b"x" * 5] * 3, 413), ([b""] * 99, b"")]
)
def test_a_body_is_read_as_far_as_it_is_not_too_large(chunks: list[bytes], outcome: bytes | int) -> None:
    async def door(scope: object, receive: object, send: object) -> None:
        try:
            read.append(await read_body(receive, 10))  # type: ignore[arg-type]
        except Refused as refused:
            read.append(refused.status)
        await PlainTextResponse("")(scope, receive, send)  # type: ignore[arg-type]

    read: list[bytes | int] = []
    asyncio.run(asked(door, "POST", "/", chunks, {}))
    assert read == [outcome]
