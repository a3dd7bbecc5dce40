"""Exporting the log as CSV and as a workbook, against one query whose rows are written down as they come."""

import csv
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

from addressbook import TEAM
from archive import ONE_IN, archive
from bench import Line, Sizes
from databases import kinds, opened
from sqlalchemy import text

from bot.clock import SystemClock
from bot.domain.entries import Filter
from bot.domain.people import EVERYTHING
from bot.services import exports
from bot.services.log_reading import LogReading
from bot.services.people import People
from bot.text import Text
from bot.views.entry_sheet import EntryRows
from storage.store import open_store

MEGABYTES = 300
LOOK_SECONDS = 0.02
_ROWS = 200_000
_KEPT = re.compile(r"RssAnon:\s+(\d+) kB")
_FLOOR = """SELECT e.number, e.date, c.number, c.name, o.name, t.description, g.description, e.description, e.subject,
  (SELECT comment FROM entry_comments m WHERE m.workspace_id = e.workspace_id AND m.entry_id = e.id AND m.line = 1),
  s.name, l.name, e.logged_at, e.duration
FROM entries e LEFT JOIN contacts c ON c.id = e.contact_id LEFT JOIN contacts o ON o.id = e.company_id
LEFT JOIN interaction_templates t ON t.id = e.template_id LEFT JOIN interaction_groups g ON g.id = e.group_id
LEFT JOIN salespeople s ON s.id = e.salesperson_id LEFT JOIN salespeople l ON l.id = e.logged_by
WHERE e.canceled_at IS NULL ORDER BY e.date DESC, e.id DESC"""


def lines(sizes: Sizes) -> list[Line]:
    """Measure on each database."""
    return [line for kind in kinds() for line in _lines(kind, min(sizes.contacts, _ROWS), sizes.runs)]


def _lines(kind: str, rows: int, times: int) -> list[Line]:
    with archive(kind, rows * ONE_IN // (ONE_IN - 1)) as url, tempfile.TemporaryDirectory() as folder:
        floor = median(_floor(url, Path(folder)) for _ in range(times))
        return [
            _line(
                kind,
                rows,
                floor,
                [_exported(url, Path(folder) / f"log.{ending}") for _ in range(times)],
                ending,
            )
            for ending in ("csv", "xlsx")
        ]


def _line(kind: str, rows: int, floor: float, runs: list[tuple[float, int]], ending: str) -> Line:
    seconds, memory = median(one[0] for one in runs), max(one[1] for one in runs)
    return Line(
        work=f"export of {rows:,} entries as {ending}, {kind}",
        figure=f"{rows / seconds:,.0f} rows/s, {memory} MB",
        floor=f"{rows / floor:,.0f} rows/s (CSV)",
        ratio=seconds / floor,
        reach=f"≤ {MEGABYTES} MB",
        reached=memory <= MEGABYTES,
    )


def _exported(url: str, path: Path) -> tuple[float, int]:
    """Export in a process of its own; return its seconds and the most megabytes it kept."""
    command = [sys.executable, __file__, url, str(path)]
    paths = {"PYTHONPATH": ":".join(sys.path)}
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=os.environ | paths)
    seconds, memory = said.stdout.split()
    return float(seconds), int(memory)


def _floor(url: str, folder: Path) -> float:
    """Return the seconds of one query, streamed into a CSV file."""
    with opened(url) as store, (folder / "floor.csv").open("w", newline="") as file:
        began = time.perf_counter()
        with store.reader.connect() as connection:
            if store.dialect == "postgresql":
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            writer = csv.writer(file)
            for some in connection.execution_options(yield_per=2_000).execute(text(_FLOOR)).partitions():
                writer.writerows(some)
        return time.perf_counter() - began


class Watch:
    """Looks at the memory that this process keeps, mapped pages aside."""

    def __init__(self) -> None:
        self.most = 0
        self._over = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def end(self) -> int:
        """Return the most megabytes."""
        self._over.set()
        return self.most // 1024

    def _look(self) -> None:
        status = Path("/proc/self/status")
        while not self._over.wait(LOOK_SECONDS):
            kept = _KEPT.search(status.read_text())
            self.most = max(self.most, int(kept[1]) if kept else 0)


def main(url: str, file: str) -> None:
    """Export everything that counts."""
    store = open_store(url, SystemClock())
    workspace = People(store, frozenset(), guests_allowed=False).workspace(TEAM)
    rows = EntryRows(Text("en-GB", "Europe/Oslo", store.clock.now()))
    watch, began, path = Watch(), time.perf_counter(), Path(file)
    reading = LogReading(store, workspace, Filter(), lambda _: EVERYTHING)
    reading.count(2**62)
    pages = (rows.written(found) for found in reading.pages())
    if path.suffix == ".csv":
        exports.write_rows(store, path, rows.layout.heading, pages)
    else:
        exports.write_workbook(store, path, rows.layout, pages)
    print(time.perf_counter() - began, watch.end())  # noqa: T201 - for the process that measures
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
