"""Searching one of many contacts as somebody types, against fetching 20 rows by primary key."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from bench import Line, Sizes, measure, middle, ms
from bench_contact_import import MEGABYTES, ROWS_PER_SECOND, TEAM, a_file, imported
from databases import fresh_database, kinds, opened
from sqlalchemy import select, text

from bot.domain.folding import fold
from bot.domain.ids import PersonId, WorkspaceId
from bot.services.people import People
from storage.store import Store
from storage.tables.contacts import contacts

READER = PersonId(0)
QUERIES = 300
REACH = {"sqlite": 0.010, "postgresql": 0.020}
TYPOS_FOUND = 0.95
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SAMPLE = 3000
_LONG = 7


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to look for."""

    id: int
    name: str

    @property
    def last(self) -> str:
        """The last name."""
        return self.name.rsplit(" ", 1)[-1]


def lines(sizes: Sizes) -> list[Line]:
    """Measure on each database, after importing the contacts once."""
    with tempfile.TemporaryDirectory(prefix="saleslog-bench-") as folder:
        path = a_file(Path(folder), sizes.contacts)
        return [line for kind in kinds() for line in _lines(kind, path, sizes)]


def _lines(kind: str, path: Path, sizes: Sizes) -> Iterator[Line]:
    with fresh_database(kind) as url:
        seconds, memory = imported(url, path)
        yield _import_line(kind, sizes, seconds, memory)
        with opened(url) as store:
            _settle(store)
            workspace = People(store, frozenset(), guests_allowed=False).workspace(TEAM)
            yield from _search_lines(kind, Bench(store, workspace), sizes)


class Bench:
    """One database with its contacts, and what is typed there."""

    def __init__(self, store: Store, workspace: WorkspaceId) -> None:
        self._store = store
        self._workspace = workspace
        self._random = Random(4)
        self._people = self._sample()

    def classes(self) -> dict[str, Callable[[Person], str]]:
        """Return the kinds of queries."""
        return {
            "1 letter": lambda one: one.last[:1],
            "2 letters": lambda one: one.last[:2],
            "3 letters": lambda one: one.last[:3],
            "4 letters": lambda one: one.last[:4],
            "last name": lambda one: one.last,
            "two words": lambda one: f"{one.name[:3]} {one.last[:2]}",
            "whole name": lambda one: one.name,
            "5 letters inside": lambda one: fold(one.last)[2:7],
            "typo": lambda one: self.misspelt(one.last),
            "nothing": lambda one: f"{one.last}qx",
        }

    def people(self) -> list[Person]:
        """Return people with last names that are long enough for a typo."""
        long = [one for one in self._people if len(one.last) >= _LONG and one.last.isalpha()]
        return self._random.choices(long, k=QUERIES)

    def queries(self, typed: Callable[[Person], str]) -> list[float]:
        """Return the seconds of each of so many queries."""
        queries = iter([typed(one) for one in self.people()])
        return measure(lambda: self.find(next(queries)), QUERIES)

    def find(self, query: str) -> list[str]:
        """Return the names that a query finds."""
        with self._store.read(self._workspace) as work:
            return [found.name for found in work.search.find(query, READER)]

    def found(self, typed: Callable[[Person], str]) -> float:
        """Return in how many cases the last name that was meant is among the names found."""
        people = self.people()
        return sum(
            any(fold(one.last) in fold(name) for name in self.find(typed(one))) for one in people
        ) / len(people)

    def floor(self) -> list[float]:
        """Return the seconds of fetching 20 rows by primary key, as often."""
        ids = iter([[one.id for one in self._random.sample(self._people, 20)] for _ in range(QUERIES)])
        return measure(lambda: self._fetch(next(ids)), QUERIES)

    def misspelt(self, word: str) -> str:
        """Return the word with one letter missing, added, replaced or swapped with the next."""
        plain, place = fold(word), self._random.randrange(len(word))
        other = self._random.choice(_LETTERS)
        head, tail = plain[:place], plain[place + 1 :]
        swapped = head + tail[:1] + plain[place : place + 1] + tail[1:]
        return self._random.choice((head + tail, head + other + plain[place:], head + other + tail, swapped))

    def _fetch(self, ids: list[int]) -> None:
        columns = (contacts.c.id, contacts.c.number, contacts.c.type, contacts.c.name, contacts.c.city)
        with self._store.reading() as connection:
            connection.execute(select(*columns).where(contacts.c.id.in_(ids))).all()

    def _sample(self) -> list[Person]:
        every = "SELECT id, name FROM contacts WHERE type = 'person'"
        with self._store.reading() as connection:
            people = [Person(*row) for row in connection.execute(text(every))]
        return self._random.sample(people, min(_SAMPLE, len(people)))


def _search_lines(kind: str, bench: Bench, sizes: Sizes) -> Iterator[Line]:
    floors = [bench.floor() for _ in range(sizes.runs)]
    every: list[list[float]] = [[] for _ in range(sizes.runs)]
    for name, typed in bench.classes().items():
        runs = [bench.queries(typed) for _ in range(sizes.runs)]
        every = [[*so_far, *run] for so_far, run in zip(every, runs, strict=True)]
        yield _search_line(f"contact search, {kind}, {name}", runs, floors)
    all_ = _search_line(f"contact search, {kind}, all of {sizes.contacts:,}", every, floors)
    reach = REACH[kind]
    yield replace(all_, reach=f"p99 ≤ {ms(reach)}", reached=middle(every, 0.99) <= reach)
    share = bench.found(lambda one: bench.misspelt(one.last))
    yield Line(
        work=f"typos found, {kind}", figure=f"{share:.1%}", reach="≥ 95 %", reached=share >= TYPOS_FOUND
    )
    share = bench.found(lambda one: one.last)
    yield Line(
        work=f"last names with ø é ß ł found, {kind}",
        figure=f"{share:.1%}",
        reach="100 %",
        reached=share == 1,
    )


def _search_line(work: str, runs: list[list[float]], floors: list[list[float]]) -> Line:
    most, floor = middle(runs, 0.99), middle(floors, 0.99)
    return Line(
        work=work,
        figure=f"p99 {ms(most)}, p50 {ms(middle(runs))}",
        floor=f"p99 {ms(floor)}",
        ratio=most / floor,
    )


def _import_line(kind: str, sizes: Sizes, seconds: float, memory: int) -> Line:
    rate = sizes.contacts / seconds
    return Line(
        work=f"contact import, {kind}, {sizes.contacts:,} rows once",
        figure=f"{rate:,.0f} rows/s, {memory} MB",
        reach=f"≥ {ROWS_PER_SECOND:,} rows/s, ≤ {MEGABYTES} MB",
        reached=rate >= ROWS_PER_SECOND and memory <= MEGABYTES,
    )


def _settle(store: Store) -> None:
    """Let the database know what it holds, as autovacuum or the nightly run would."""
    statement = "PRAGMA optimize" if store.dialect == "sqlite" else "ANALYZE"
    with store.writing() as connection:
        if store.dialect == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text(statement))
