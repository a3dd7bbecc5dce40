"""Keeping what is typed at every keystroke, beside a commit of one row."""

import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import letters
from addressbook import fresh, sellers
from bench import Line, Sizes, beside, middle, ms
from served import PRAGMAS
from shown import Silent, Stack, stacked

from bot.clock import SystemClock
from bot.domain.interactions import Field
from bot.services.people import People
from bot.services.postponed import Postponed
from handlers import payloads
from storage.store import Store, open_store

TIMES = 400
FACTOR = 5
REACH = 0.02


def lines(sizes: Sizes) -> list[Line]:
    """Return the lines of this bench."""
    with TemporaryDirectory() as folder:
        url = fresh(Path(folder), 500)
        stack = stacked(url, 50, "http://127.0.0.1:9/none")
        store = open_store(url, SystemClock())
        save, commit = _saving(store, stack), _committing(url)
        pairs = [beside(save, commit, TIMES) for _ in range(sizes.runs)]
        store.close()
    ours, floor = middle(run for run, _ in pairs), middle(run for _, run in pairs)
    p99 = middle([run for run, _ in pairs], 0.99)
    return [
        Line(
            work="autosave of a whole form",
            figure=f"{ms(ours)}, p99 {ms(p99)}",
            floor=ms(floor),
            ratio=ours / floor,
            reach="≤ 5 × floor, p99 ≤ 20 ms",
            reached=ours <= FACTOR * floor and p99 <= REACH,
        )
    ]


def _saving(store: Store, stack: Stack) -> Callable[[], None]:
    postponed = Postponed(store, People(store, frozenset(), guests_allowed=False), Silent())
    actor, stamps = next(sellers(store)), count(1)
    shown = payloads.view(letters.filled(stack.view(0), stack.typed(0)))
    meta, typed = payloads.meta(shown), payloads.typed(shown)

    def save() -> None:
        stamp = next(stamps)
        words = typed | {Field.COMMENT: f"Agreed price list {stamp}; sends the signed offer on Friday"}
        postponed.autosave(actor, meta, words, f"{stamp:016d}.000000")

    return save


def _committing(url: str) -> Callable[[], None]:
    """Commit the same row by the driver."""
    database = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    for pragma in PRAGMAS:
        database.execute(f"PRAGMA {pragma}")
    written = database.execute("SELECT form FROM drafts WHERE form_id = 'bench-1'").fetchone()[0]

    def commit() -> None:
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            "UPDATE drafts SET form = ?, revision = revision + 1 WHERE form_id = 'bench-1'", [written]
        )
        database.execute("COMMIT")

    return commit
