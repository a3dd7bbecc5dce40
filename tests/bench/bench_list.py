"""Pages of the interaction log and text search in it, among five million entries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from addressbook import TEAM
from archive import CONTACTS, TEMPLATES, archive
from bench import Line, Sizes, measure, middle, ms
from databases import kinds, opened
from sqlalchemy import func, select

from bot.domain.entries import Asked, Filter
from bot.domain.ids import ContactId, PersonId, WorkspaceId
from bot.domain.people import EVERYTHING, Scope
from bot.services.people import People
from storage.store import Store
from storage.tables.contacts import contacts
from storage.tables.interactions import entries
from storage.tables.people import salespeople

REACH = 0.05
TIMES = 40
TEAM_SIZE = 10
Wanted = Callable[["Log"], Filter]


@dataclass
class Log:
    """The log of one workspace, and somebody who asks for whatever he likes."""

    store: Store
    workspace: WorkspaceId
    random: Random

    def __post_init__(self) -> None:
        with self.store.read(self.workspace) as work:
            connection = work.access.connection
            self.people = [PersonId(one) for one in connection.scalars(select(salespeople.c.id))]
            self.contacts = [
                ContactId(one) for one in connection.scalars(select(contacts.c.id).limit(CONTACTS))
            ]
            self.newest: date = connection.scalar(select(func.max(entries.c.date))) or date.max
            self.ids = list(connection.scalars(select(entries.c.id).limit(200_000)))
            template = work.templates.active()[0]
            self.template, self.group = template.id, template.group
            self.unused = work.templates.active()[TEMPLATES].id

    @property
    def person(self) -> PersonId:
        return self.random.choice(self.people)

    @property
    def team(self) -> frozenset[PersonId]:
        return frozenset(self.random.sample(self.people, TEAM_SIZE))

    @property
    def month(self) -> date:
        return self.newest - timedelta(days=29 + self.random.randrange(300))

    def page(self, wanted: Filter, number: int = 0, scope: Scope = EVERYTHING) -> None:
        with self.store.read(self.workspace) as work:
            work.entry_pages.page(Asked(wanted, number), scope)

    def by_key(self) -> None:
        """Read twenty rows by their primary key."""
        wanted = self.random.sample(self.ids, 20)
        with self.store.reading() as connection:
            connection.execute(select(entries).where(entries.c.id.in_(wanted))).all()


LISTS: dict[str, Wanted] = {
    "own": lambda log: Filter(person=log.person),
    "everyone's": lambda _: Filter(),
    "of a team": lambda log: Filter(salespeople=log.team),
    "of a contact": lambda log: Filter(contact=log.random.choice(log.contacts)),
    "of a month": lambda log: Filter(first=log.month, last=log.month + timedelta(days=29)),
    "of a template and a team": lambda log: Filter(template=log.template, salespeople=log.team),
    "of a group": lambda log: Filter(group=log.group),
    "of a template that nobody uses": lambda log: Filter(template=log.unused),
    "failed": lambda _: Filter(failed=True),
}
TEXTS: dict[str, Wanted] = {
    "one in 200,000": lambda log: Filter(text=f"case{log.random.randrange(99991)}"),
    "one in 2,000": lambda log: Filter(text=f"topic{log.random.randrange(997)}"),
    "one in 100": lambda log: Filter(text=f"theme{log.random.randrange(49)}"),
    "every second": lambda _: Filter(text="price list"),
    "beginnings": lambda log: Filter(text=log.random.choice(("agr pri", "ou ca", "the li"))),
    "nothing": lambda log: Filter(text=f"nothing{log.random.random()}"),
    "two words": lambda log: Filter(text=f"theme{log.random.randrange(49)} topic{log.random.randrange(997)}"),
    "one in 100 of a month": lambda log: Filter(
        text=f"theme{log.random.randrange(49)}", first=log.newest - timedelta(days=29)
    ),
    "one in 2,000 of one's own": lambda log: Filter(
        text=f"topic{log.random.randrange(997)}", person=log.person
    ),
    "every second of a team": lambda log: Filter(text="price", salespeople=log.team),
    "every second with a contact": lambda log: Filter(text="price", contact=log.random.choice(log.contacts)),
}


def lines(sizes: Sizes) -> Iterator[Line]:
    """Measure on each database."""
    for kind in kinds():
        with archive(kind, 5 * sizes.contacts) as url, opened(url) as store:
            workspace = People(store, frozenset(), guests_allowed=False).workspace(TEAM)
            log = Log(store, workspace, Random(7))
            yield _line(log, kind, sizes, "log entry list", LISTS)
            yield _line(log, kind, sizes, "text search", TEXTS)


def _line(log: Log, kind: str, sizes: Sizes, work: str, asked: dict[str, Wanted]) -> Line:
    runs = [_taken(log, asked) for _ in range(sizes.runs)]
    floor = [measure(log.by_key, TIMES) for _ in range(sizes.runs)]
    p99 = middle([[one for taken in run.values() for one in taken] for run in runs], 0.99)
    slow = max(asked, key=lambda name: middle([run[name] for run in runs], 0.99))
    slowest = middle([run[slow] for run in runs], 0.99)
    everything = [[one for taken in run.values() for one in taken] for run in runs]
    return Line(
        work=f"{work} among {5 * sizes.contacts:,} entries, {kind}",
        figure=f"p50 {ms(middle(everything))}, p99 {ms(p99)}; slowest “{slow}” p99 {ms(slowest)}",
        floor=f"p50 {ms(middle(floor))}, p99 {ms(middle(floor, 0.99))}",
        ratio=p99 / middle(floor, 0.99),
        reach=f"p99 ≤ {ms(REACH)}",
        reached=p99 <= REACH,
    )


def _taken(log: Log, asked: dict[str, Wanted]) -> dict[str, list[float]]:
    """Return the seconds of first and later pages by what was asked for, all of them mixed."""
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(TIMES):
        for name, wanted in asked.items():
            page = 0 if number % 2 else log.random.randrange(5)
            taken[name] += measure(partial(log.page, wanted(log), page), 1)
    return taken
