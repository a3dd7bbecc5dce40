"""`/log` until `views.open` reaches Slack, fifty people at once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import addressbook
import letters
from bench import SMALL, Line, Sizes, middle, ms
from crowd import Run
from hall import Bot, Questions, asked
from letters import Letter
from shown import a_form

Pair = tuple[Run, Run]
REACH = 0.1
PAUSE = 1.0
"""Fifty people who each type the command once a second."""


def lines(sizes: Sizes) -> list[Line]:
    """Return the lines of this bench."""
    url = addressbook.full(SMALL)
    bare = Bot("opener", url, {"BENCH_VIEW": json.dumps(a_form(url))})
    ours, calm = Bot("saleslog", url), Questions(_commands, sizes.seconds, PAUSE, _few)
    return [
        _line("once a second each", _pairs(ours, bare, calm, sizes.runs), REACH),
        _line("without a pause", _pairs(ours, bare, replace(calm, pause=0), sizes.runs), None),
    ]


def _pairs(ours: Bot, bare: Bot, questions: Questions, runs: int) -> list[Pair]:
    return [(asked(ours, questions), asked(bare, questions)) for _ in range(runs)]


def _line(how: str, pairs: list[Pair], reach: float | None) -> Line:
    ours, floor = [run.opened for run, _ in pairs], [run.opened for _, run in pairs]
    p99, floor99 = middle(ours, 0.99), middle(floor, 0.99)
    return Line(
        work=f"`/log` until `views.open`, 50 people {how}",
        figure=f"p99 {ms(p99)}, p50 {ms(middle(ours))}",
        floor=f"p99 {ms(floor99)}, p50 {ms(middle(floor))}",
        ratio=p99 / floor99,
        reach=f"p99 ≤ {ms(reach)}" if reach else "",
        reached=None if reach is None else p99 <= reach,
    )


def _commands(seat: int) -> Iterator[Letter]:
    while True:
        yield letters.command(seat)


def _few(seat: int) -> Iterator[Letter]:
    return islice(_commands(seat), 3)
