"""A whole `block_suggestion`: from the request's arrival to its answer, fifty people at once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from random import Random
from statistics import median

import addressbook
import letters
from bench import Line, Sizes, middle, ms
from hall import Bot, Questions, asked
from letters import Letter
from shown import a_form

from bot.clock import SystemClock
from bot.demo.people import contacts
from bot.services.contacts import Contacts
from storage.store import open_store

KEYSTROKE = 0.25
"""Slack asks while somebody types; four letters a second is a fast typist."""
REACH = 0.05
Typing = Callable[[int], Iterator[Letter]]


def lines(sizes: Sizes) -> list[Line]:
    """Return the lines of this bench."""
    url = addressbook.full(sizes.contacts)
    _refuse_silence(url)
    typed = _typed(url)
    slowly = Questions(typed, sizes.seconds, KEYSTROKE, _few(typed))
    typing = [asked(Bot("saleslog", url), slowly) for _ in range(sizes.runs)]
    rushing = [asked(Bot("saleslog", url), replace(slowly, pause=0)) for _ in range(sizes.runs)]
    rushed = middle([run.answered for run in rushing], 0.99)
    p99 = middle([run.answered for run in typing], 0.99)
    people = f"{sizes.contacts:,} contacts"
    return [
        Line(
            work=f"`block_suggestion`, 50 people typing four letters a second, {people}",
            figure=f"p99 {ms(p99)}, p50 {ms(middle([run.answered for run in typing]))}",
            reach="p99 ≤ 50 ms",
            reached=p99 <= REACH,
        ),
        Line(
            work=f"`block_suggestion`, 50 connections without a pause, {people}",
            figure=f"{median(run.rate for run in rushing):.0f}/s, p99 {ms(rushed)}",
        ),
    ]


def _typed(url: str) -> Typing:
    view = a_form(url)
    names = [row["Name"] for row in contacts(5_000)]

    def of(seat: int) -> Iterator[Letter]:
        random = Random(seat)
        while True:
            name = random.choice(names)
            for end in range(min(len(name), 8)):
                yield letters.suggestion(seat, name[:end], view)

    return of


def _refuse_silence(url: str) -> None:
    """A search that breaks answers quickly, with nothing: such answers are not to be measured."""
    store = open_store(url, SystemClock())
    actor = next(addressbook.sellers(store))
    for row in islice(contacts(5_000), 20):
        for typed in (row["Name"], row["Name"][:4]):
            assert Contacts(store).find(actor, typed), typed
    store.close()


def _few(typed: Typing) -> Typing:
    return lambda seat: islice(typed(seat), 3)
