"""How an import goes along, on both databases."""

import csv
from pathlib import Path

import pytest
from sheets import a_csv, counts
from sqlalchemy import text

from bot.demo.people import HEADER, contacts
from bot.domain.ids import WorkspaceId
from bot.services.contact_import import ContactImport
from storage.store import Store


def test_progress_is_told(imports: ContactImport, furnished: WorkspaceId, tmp_path: Path) -> None:
    told: list[tuple[int, float]] = []
    path = tmp_path / "many.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(contacts(1000))
    report = imports.run(furnished, None, path, progress=lambda rows, share: told.append((rows, share)))
    assert counts(report) == (1000, 0, 0, 0)
    assert told == sorted(told)
    assert told[-1] == (1000, 1.0)
    assert len(told) > 2


class StoppedError(Exception):
    """The process dies here."""


def test_an_import_that_breaks_off_leaves_whole_chunks_and_is_completed_by_another(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    def stop(rows: int, _share: float) -> None:
        if rows >= 400:
            raise StoppedError

    path = a_csv(tmp_path, [("", "", f"Person {place}", "", f"+47 {place}") for place in range(1500)])
    with pytest.raises(StoppedError):
        imports.run(furnished, None, path, progress=stop, errors_to=tmp_path / "errors.csv")
    with store.read(furnished) as work:
        there = work.contacts.count()
        listed = work.access.connection.execute(text("SELECT count(*) FROM import_changes")).scalar()
    assert 400 <= there == listed < 1500
    assert counts(imports.run(furnished, None, path)) == (1500 - there, 0, there, 0)


def test_an_import_tells_postgresql_how_much_it_has_written(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    imports.run(furnished, None, a_csv(tmp_path, [("", "", f"Person {place}") for place in range(1500)]))
    if store.dialect == "postgresql":
        seen = "SELECT reltuples FROM pg_class WHERE relname IN ('contacts', 'import_changes')"
        with store.reading() as connection:
            assert all(rows >= 150 for rows in connection.execute(text(seen)).scalars())
