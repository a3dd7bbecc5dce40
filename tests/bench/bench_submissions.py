"""Submitted forms: checked, written for good, acknowledged, confirmed in Slack; fifty people at once."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import letters
from addressbook import SEATS, fresh
from bench import Line, Sizes, middle, ms
from crowd import Run
from hall import Bot, Questions, asked, free_port
from letters import Letter
from shown import Stack, rows_of_one, stacked

CONTACTS = 2_000
EACH = 80
"""Forms that every person has open; no run gets through them."""
FOLLOWS = "confirm"
SHARE = 0.5
LONGEST = 2.5


def lines(sizes: Sizes) -> list[Line]:
    """Return the lines of this bench."""
    pairs = [(_ours(sizes), _floor(sizes)) for _ in range(sizes.runs)]
    ours, floor = median(run.rate for run, _ in pairs), median(run.rate for _, run in pairs)
    answered = [run.answered for run, _ in pairs]
    longest = max(max(run) for run in answered)
    return [
        Line(
            work="submissions per second, confirmed, 50 people without a pause",
            figure=f"{ours:.0f}/s",
            floor=f"{floor:.0f}/s",
            ratio=ours / floor,
            reach=f"≥ {SHARE} of the floor",
            reached=ours >= SHARE * floor,
        ),
        Line(
            work="acknowledgement of these submissions",
            figure=f"longest {ms(longest)}, p99 {ms(middle(answered, 0.99))}",
            reach="none over 2.5 s",
            reached=longest <= LONGEST,
        ),
    ]


def fifty_people(seconds: float, pause: float = 0.0) -> Run:
    """Let fifty people log for some seconds, a form every `pause` seconds each, or without one."""
    each = int(seconds / pause) + 2 if pause else EACH
    with TemporaryDirectory() as folder:
        url, port = fresh(Path(folder), CONTACTS), free_port()
        stack = stacked(url, SEATS * each, f"http://127.0.0.1:{port}/hooks/{FOLLOWS}")
        questions = Questions(_submitting(stack, each), seconds, pause, follows=FOLLOWS)
        return asked(Bot("saleslog", url, slack=port), questions)


def _ours(sizes: Sizes) -> Run:
    run = fifty_people(sizes.seconds)
    if run.bad:
        raise AssertionError(f"{run.bad} submissions were refused")
    return run


def _floor(sizes: Sizes) -> Run:
    with TemporaryDirectory() as folder:
        url = fresh(Path(folder), CONTACTS)
        stack = stacked(url, SEATS * EACH, "http://127.0.0.1:9/none")
        rows = json.dumps(rows_of_one(url, stack))
        questions = Questions(_submitting(stack, EACH), sizes.seconds, follows="chat.postMessage")
        return asked(Bot("writer", url, {"BENCH_ROWS": rows}), questions)


def _submitting(stack: Stack, each: int) -> Callable[[int], Iterator[Letter]]:
    def of(seat: int) -> Iterator[Letter]:
        for place in range(seat * each + 1, (seat + 1) * each):
            yield letters.submission(seat, stack.view(place), stack.typed(place))

    return of
