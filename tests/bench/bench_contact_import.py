"""Importing contacts from CSV, against the driver's bulk insert of the same rows into the same tables."""

import csv
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench import Line, Sizes
from databases import fresh_database, kinds, opened
from sqlalchemy import Connection, text

from bot.clock import SystemClock
from bot.demo.people import HEADER, contacts
from bot.domain.ids import SlackTeam
from bot.services.contact_import import ContactImport
from bot.services.people import People
from storage.bulk import insert_rows
from storage.store import Store, open_store

TEAM = SlackTeam("T0BENCH")
ROWS_PER_SECOND = 20_000
MEGABYTES = 300
_CHUNK = 5000
_ROWS = 200_000
_KEPT = re.compile(r"RssAnon:\s+(\d+) kB")
_TABLES = (
    "mailing_groups",
    "industry_groups",
    "job_responsibilities",
    "contacts",
    "contact_mailing_groups",
    "contact_industry_groups",
    "contact_job_responsibilities",
    "contact_words",
    "imports",
    "import_changes",
)


def lines(sizes: Sizes) -> list[Line]:
    """Measure on each database."""
    with tempfile.TemporaryDirectory(prefix="saleslog-bench-") as folder:
        path = a_file(Path(folder), min(sizes.contacts, _ROWS))
        return [_line(kind, path, sizes) for kind in kinds()]


def a_file(folder: Path, count: int) -> Path:
    """Write a CSV file of believable contacts."""
    path = folder / f"contacts-{count}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(contacts(count))
    return path


def imported(url: str, path: Path) -> tuple[float, int]:
    """Import in a process of its own; return its seconds and the most megabytes it kept."""
    command = [sys.executable, __file__, url, str(path)]
    paths = {"PYTHONPATH": ":".join(sys.path)}
    said = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | paths
    ).stdout.split()
    return float(said[0]), int(said[1])


def _line(kind: str, path: Path, sizes: Sizes) -> Line:
    count = min(sizes.contacts, _ROWS)
    runs = [_once(kind, path) for _ in range(sizes.runs)]
    seconds, floor = (median(one[place] for one in runs) for place in (0, 1))
    rate, memory = count / seconds, max(one[2] for one in runs)
    return Line(
        work=f"contact import, {kind}, {count:,} rows",
        figure=f"{rate:,.0f} rows/s, {memory} MB",
        floor=f"{count / floor:,.0f} rows/s",
        ratio=seconds / floor,
        reach=f"≥ {ROWS_PER_SECOND:,} rows/s, ≤ {MEGABYTES} MB",
        reached=rate >= ROWS_PER_SECOND and memory <= MEGABYTES,
    )


def _once(kind: str, path: Path) -> tuple[float, float, int]:
    with fresh_database(kind) as url, fresh_database(kind) as bare:
        seconds, memory = imported(url, path)
        with opened(url) as source, opened(bare) as target:
            return seconds, _floor(source, target), memory


def _floor(source: Store, target: Store) -> float:
    """Return the seconds that the drivers take to insert the rows of `source` into `target`."""
    _copy_workspace(source, target)
    return sum(_copied(source, target, table) for table in _TABLES)


def _copy_workspace(source: Store, target: Store) -> None:
    with source.reading() as connection:
        columns, rows = _read(connection, "SELECT * FROM workspaces")
    with target.writing() as connection:
        insert_rows(connection, "workspaces", columns, rows)


def _copied(source: Store, target: Store, table: str) -> float:
    seconds = 0.0
    for columns, rows in _pages(source, table):
        began = time.perf_counter()
        with target.writing() as connection:
            insert_rows(connection, table, columns, rows)
            if table == "contacts" and target.dialect == "sqlite":
                _index(connection, columns, rows)
        seconds += time.perf_counter() - began
    return seconds


def _index(connection: Connection, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    id_, words = columns.index("id"), columns.index("search")
    insert_rows(connection, "contact_search", ("rowid", "words"), [(row[id_], row[words]) for row in rows])


def _pages(source: Store, table: str) -> Iterator[tuple[Sequence[str], list[tuple[Any, ...]]]]:
    with source.reading() as connection:
        if source.dialect == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        order = "id" if table == "contacts" else "1, 2"
        columns, rows = _read(connection, f"SELECT * FROM {table} ORDER BY {order}")
    for start in range(0, len(rows), _CHUNK):
        yield columns, rows[start : start + _CHUNK]


def _read(connection: Connection, query: str) -> tuple[Sequence[str], list[tuple[Any, ...]]]:
    found = connection.exec_driver_sql(query)
    return list(found.keys()), [tuple(_plain(value) for value in row) for row in found]


def _plain(value: Any) -> Any:
    return None if value is None else "{}" if isinstance(value, dict) else value


def _import(url: str, path: Path) -> None:
    store = open_store(url, SystemClock())
    workspace = People(store, frozenset(), guests_allowed=False).workspace(TEAM)
    memory = [_megabytes()]
    began = time.perf_counter()
    ContactImport(store).run(workspace, None, path, progress=lambda *_: memory.append(_megabytes()))
    sys.stdout.write(f"{time.perf_counter() - began} {max(memory)}\n")


def _megabytes() -> int:
    """Return what this process keeps for itself: pages of the database's file that it maps belong to all."""
    kept = _KEPT.search(Path("/proc/self/status").read_text())
    return int(kept[1]) // 1024 if kept else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    _import(sys.argv[1], Path(sys.argv[2]))
