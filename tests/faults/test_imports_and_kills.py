"""kill -9 in the middle of an import and of its revert: each row counts once, and nothing is left behind."""

import csv
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from office import Office
from sqlalchemy import func, select

from bot.clock import FixedClock
from bot.domain.ids import ImportOrderId
from storage.import_orders import LEASE
from storage.store import open_store
from storage.tables.contacts import contacts, import_changes
from storage.tables.imports import import_orders
from tests.faults.importing_contacts import imports_on

WORKER = Path(__file__).with_name("importing_contacts.py")
ROWS, KILLS, FAULTY = 30_000, 12, 100


class Course:
    """An import that is worked on by one process after the other."""

    def __init__(self, url: str, clock: FixedClock, folder: Path) -> None:
        self._url, self._folder = url, folder
        self.store = open_store(url, clock)
        self.office = Office(self.store, clock)
        self.ada = self.office.joins("Ada", admin=True)
        self.imports = imports_on(self.store, folder)
        self.at = clock.now()
        self.kills = 0

    def works(self) -> None:
        """Work to the end, killed again and again before."""
        for _ in range(KILLS):
            self.at += LEASE + timedelta(seconds=1)
            worker = self._worker(self.at)
            worker.stdin.write("\n")  # type: ignore[union-attr]
            worker.stdin.flush()  # type: ignore[union-attr]
            time.sleep(random.uniform(0.2, 1.0))
            self.kills += worker.poll() is None
            worker.kill()
            with suppress(BrokenPipeError):
                worker.stdin.close()  # type: ignore[union-attr]
            worker.stdout.close()  # type: ignore[union-attr]
            worker.wait(10)
        self.at += LEASE + timedelta(seconds=1)
        self._worker(self.at).communicate("\n", timeout=300)

    def _worker(self, at: datetime) -> "subprocess.Popen[str]":
        worker = subprocess.Popen(
            [sys.executable, str(WORKER), self._url, at.isoformat(), str(self._folder)],
            env={**os.environ, "PYTHONPATH": "."},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        return worker

    def count(self, table: object) -> int:
        with self.store.reading() as connection:
            return int(connection.scalar(select(func.count()).select_from(table)) or 0)  # type: ignore[arg-type]

    def order(self) -> ImportOrderId:
        with self.store.reading() as connection:
            return ImportOrderId(connection.scalars(select(import_orders.c.id)).one())


@pytest.fixture
def course(database_url: str, clock: FixedClock, tmp_path: Path) -> Iterator[Course]:
    with (tmp_path / "F1").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Name", "Company Name", "E-Mail"])
        for place in range(ROWS):
            email = "none" if place % (ROWS // FAULTY) == 0 else f"p{place}@firma.example"
            writer.writerow([f"Person {place}", f"Firma {place % 100} AS", email])
    made = Course(database_url, clock, tmp_path)
    yield made
    made.store.close()


@pytest.mark.soak
def test_each_row_is_imported_once_and_taken_back_whatever_is_killed(course: Course) -> None:
    course.imports.take(course.ada, "F1", "F1", "contacts.csv")
    course.imports.run()
    course.imports.go_ahead(course.ada, course.order())
    course.works()
    (made,) = course.imports.latest(course.ada)
    assert made.imported.counts == {"new": ROWS - FAULTY, "faulty": FAULTY}
    assert course.count(contacts) == course.count(import_changes) == ROWS - FAULTY + 100
    course.imports.revert(course.ada, made.imported.id)
    course.works()
    assert course.count(contacts) == course.count(import_changes) == 0
    assert course.count(import_orders) == 0
    sys.stdout.write(f"{ROWS:,} rows imported and taken back through {course.kills} kills\n")
    assert course.kills >= KILLS // 3
