"""The purge of a million canceled entries among five million, while people log."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

from addressbook import TEAM
from archive import ONE_IN, archive
from bench import Line, Sizes, middle, ms
from databases import kinds, opened
from sqlalchemy import select, text

from bot.domain.ids import CardId, ContactId, EntryId, OperationId, PersonId, WorkspaceId
from bot.domain.interactions import Entry
from bot.domain.operations import ItemKind, Operation, OperationKind
from bot.domain.purge import CardState, PurgeCard, Selection
from bot.domain.templates import ENTRY_SERIES
from bot.running import SWITCH_SECONDS
from bot.services.people import People
from bot.services.sweep import Sweep
from storage.store import Store
from storage.tables.contacts import contacts
from storage.tables.people import salespeople

ROWS_PER_SECOND = 50_000
P99, LONGEST = 0.005, 0.25
WRITERS, PAUSE = 2, 0.005
CALM_SECONDS = 3.0
_FLOOR = (
    "CREATE TEMPORARY TABLE gone AS SELECT id FROM entries WHERE canceled_at IS NOT NULL",
    "DELETE FROM entry_words WHERE entry_id IN (SELECT id FROM gone)",
    "DELETE FROM entry_comments WHERE entry_id IN (SELECT id FROM gone)",
    "DELETE FROM operation_items WHERE kind = 'entry' AND item_id IN (SELECT id FROM gone)",
    "DELETE FROM entries WHERE canceled_at IS NOT NULL",
    "DELETE FROM history WHERE kind = 'entry' AND item_id IN (SELECT id FROM gone)",
)


@dataclass
class Writers:
    """People who log all the time: how long each commit took them."""

    store: Store
    workspace: WorkspaceId
    taken: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        with self.store.read(self.workspace) as work:
            connection = work.access.connection
            self.person = PersonId(connection.scalar(select(salespeople.c.id).limit(1)) or 0)
            self.contact = ContactId(connection.scalar(select(contacts.c.id).limit(1)) or 0)
            self.template = work.templates.active()[0]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let them write until the block ends."""
        over = threading.Event()
        threads = [threading.Thread(target=self._write, args=(over,)) for _ in range(WRITERS)]
        for thread in threads:
            thread.start()
        yield
        over.set()
        for thread in threads:
            thread.join()

    def _write(self, over: threading.Event) -> None:
        while not over.wait(PAUSE):
            began = time.perf_counter()
            self._log()
            self.taken.append(time.perf_counter() - began)

    def _log(self) -> None:
        """Write the rows of one logged interaction."""
        with self.store.begin(self.workspace) as work:
            now = work.access.clock.now()
            entry = Entry(
                id=EntryId(work.access.ids()),
                number=10_000_000 + int(work.numbers.take(ENTRY_SERIES)),
                contact=self.contact,
                company=None,
                template=self.template.id,
                group=self.template.group,
                description="Outgoing call",
                day=now.date(),
                at=None,
                evaluation=None,
                attempt_failed=False,
                salesperson=self.person,
                logged_by=self.person,
                logged_at=now,
                comments=("Agreed the price list",),
            )
            operation = Operation(
                id=OperationId(work.access.ids()),
                actor=self.person,
                kind=OperationKind.LOG,
                ended_at=now,
                items=((ItemKind.ENTRY, int(entry.id)),),
            )
            work.operations.add(operation)
            work.entries.add(entry, operation.id)
            work.history.note(ItemKind.ENTRY, entry.id, self.person, ("logged", None, entry.number))


@dataclass(frozen=True)
class Run:
    """One purge."""

    deleted: int
    seconds: float
    waited: list[float]
    calm: list[float]


def lines(sizes: Sizes) -> list[Line]:
    """Measure on each database."""
    return [line for kind in kinds() for line in _lines(kind, sizes)]


def _lines(kind: str, sizes: Sizes) -> list[Line]:
    entries, times = 5 * sizes.contacts, min(sizes.runs, 2)
    runs = [_purged(kind, entries) for _ in range(times)]
    seconds, floor = median(run.seconds for run in runs), _floor(kind, entries)
    deleted = runs[0].deleted
    rate, p99 = deleted / seconds, middle([run.waited for run in runs], 0.99)
    longest = max(max(run.waited) for run in runs)
    return [
        Line(
            work=f"purge of {deleted:,} among {entries:,} entries, {kind}",
            figure=f"{rate:,.0f} rows/s",
            floor=f"{deleted / floor:,.0f} rows/s",
            ratio=seconds / floor,
            reach=f"≥ {ROWS_PER_SECOND:,} rows/s",
            reached=rate >= ROWS_PER_SECOND,
        ),
        Line(
            work=f"people who log meanwhile, {kind}",
            figure=f"p50 {ms(middle([run.waited for run in runs]))}, p99 {ms(p99)}, longest {ms(longest)}",
            floor=f"without a purge p99 {ms(middle([run.calm for run in runs], 0.99))}",
            reach=f"p99 ≤ {ms(P99)}, longest ≤ {ms(LONGEST)}",
            reached=p99 <= P99 and longest <= LONGEST,
        ),
    ]


def _purged(kind: str, entries: int) -> Run:
    sys.setswitchinterval(SWITCH_SECONDS)
    with archive(kind, entries) as url, opened(url) as store:
        workspace = People(store, frozenset(), guests_allowed=False).workspace(TEAM)
        calm, writers = Writers(store, workspace), Writers(store, workspace)
        with calm.writing():
            time.sleep(CALM_SECONDS)
        card = _card(store, workspace)
        with writers.writing():
            began = time.perf_counter()
            Sweep(store).run(card)
            seconds = time.perf_counter() - began
        with store.read(workspace) as work:
            found = work.purge_cards.get(card.id)
            assert found is not None
            assert found.deleted == entries // ONE_IN
            assert work.canceled.count(card.selection) == 0
        return Run(found.deleted, seconds, writers.taken, calm.taken)


def _card(store: Store, workspace: WorkspaceId) -> PurgeCard:
    now = store.clock.now()
    card = PurgeCard(
        id=CardId(store.ids()),
        workspace=workspace,
        selection=Selection(until=now - timedelta(days=90)),
        state=CardState.ANNOUNCED,
        announced_at=now,
    )
    with store.begin(workspace) as work:
        work.purge_cards.add(card)
        work.purge_cards.claim(card.id)
    return card


def _floor(kind: str, entries: int) -> float:
    """Return the seconds of one DELETE of the same rows in each table, in one transaction, nobody writing."""
    with archive(kind, entries) as url, opened(url) as store:
        began = time.perf_counter()
        with store.writer.begin() as connection:
            if kind == "postgresql":
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            for statement in _FLOOR:
                connection.execute(text(statement))
        return time.perf_counter() - began
