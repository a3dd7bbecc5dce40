"""Digests of a team and of everybody, among five million entries of two hundred salespeople."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from addressbook import TEAM
from archive import archive
from bench import Line, Sizes, measure, middle, ms
from databases import kinds, opened
from sqlalchemy import event, func, select, update

from bot.domain.digests import Cadence, NamedTeam, Period, period_of
from bot.domain.entries import Filter
from bot.domain.ids import PersonId, TeamId, WorkspaceId
from bot.services.digest_composition import Order, compose
from bot.services.people import People
from bot.text import Text
from bot.views import digests as views
from storage.store import Store
from storage.tables.contacts import contacts
from storage.tables.interactions import entries
from storage.tables.people import salespeople

TEAM_SIZE = 10
TIMES = 15
LOOKED_AFTER = 10_000
TEAM_REACH, WHOLE_REACH, COMPOSED_REACH = 0.002, 0.025, 0.2


@dataclass
class Office:
    """The archive's people: ten of them in one team, or all."""

    store: Store
    workspace: WorkspaceId

    def __post_init__(self) -> None:
        with self.store.read(self.workspace) as work:
            connection = work.access.connection
            self.people = [
                PersonId(one)
                for one in connection.scalars(select(salespeople.c.id).order_by(salespeople.c.id))
            ]
            self.newest: date = connection.scalar(select(func.max(entries.c.date))) or date.max
        self.text = Text("en-GB", "Europe/Oslo", self.store.clock.now())

    @property
    def week(self) -> Period:
        """The last week that is whole."""
        return period_of(Cadence.WEEKLY, self.newest).before

    def joins(self, members: list[PersonId]) -> NamedTeam:
        """Put people into a team of their own, with contacts to look after."""
        with self.store.begin(self.workspace) as work:
            team = TeamId(work.people.add_team(f"Team of {len(members)}"))
            connection = work.access.connection
            connection.execute(update(salespeople).where(salespeople.c.id.in_(members)).values(team_id=team))
            connection.execute(
                update(contacts)
                .where(contacts.c.id.in_(select(contacts.c.id).limit(LOOKED_AFTER)))
                .values(salesperson_id=members[0] + contacts.c.id % len(members))
            )
        return NamedTeam(team, f"Team of {len(members)}")

    def questions(self, members: list[PersonId]) -> list[tuple[str, Any]]:
        """Return what the database is asked for the figures of a week."""
        asked: list[tuple[str, Any]] = []

        def note(*told: Any) -> None:
            asked.append((told[2], told[3]))

        wanted = Filter(salespeople=frozenset(members), first=self.week.first, last=self.week.last)
        event.listen(self.store.reader, "before_cursor_execute", note)
        with self.store.read(self.workspace) as work:
            work.team_figures.sums(wanted)
        event.remove(self.store.reader, "before_cursor_execute", note)
        return asked

    def asks(self, questions: list[tuple[str, Any]]) -> None:
        """Ask them of the database itself: what the answers take, without what it takes to put the questions."""
        raw = self.store.reader.raw_connection()
        cursor = raw.cursor()
        for statement, values in questions:
            cursor.execute(statement, values)
            cursor.fetchall()
        raw.close()

    def composes(self, team: NamedTeam) -> None:
        with self.store.read(self.workspace) as work:
            digest = compose(work, Order(team, self.week), self.text)
        views.message(digest, None, self.text)

    def scan(self) -> None:
        """Read every entry: what it would take without an index."""
        with self.store.reading() as connection:
            connection.execute(select(func.count(), func.sum(entries.c.duration))).one()


def lines(sizes: Sizes) -> list[Line]:
    """Measure on each database."""
    return [line for kind in kinds() for line in _lines(kind, sizes)]


def _lines(kind: str, sizes: Sizes) -> Iterator[Line]:
    count = 5 * sizes.contacts
    with archive(kind, count) as url, opened(url) as store:
        office = Office(store, People(store, frozenset(), guests_allowed=False).workspace(TEAM))
        floor = ms(middle([measure(office.scan, 1)]))
        for members, reach in ((office.people[:TEAM_SIZE], TEAM_REACH), (office.people, WHOLE_REACH)):
            name = f"{len(members)} of {len(office.people)} salespeople, {count:,} entries, {kind}"
            counted = _middle(partial(office.asks, office.questions(members)))
            yield _line(f"a week's figures of {name}", counted, reach, f"full scan {floor}")
            composed = _middle(partial(office.composes, office.joins(members)))
            yield _line(f"digest composed of {name}", composed, COMPOSED_REACH, "–")


def _middle(work: partial[None]) -> float:
    work()
    return middle([measure(work, TIMES)])


def _line(work: str, seconds: float, reach: float, floor: str) -> Line:
    return Line(work=work, figure=ms(seconds), floor=floor, reach=f"≤ {ms(reach)}", reached=seconds <= reach)
