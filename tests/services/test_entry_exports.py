"""Exports of the interaction log: what the filters show, delivered once, whatever happens (`product.md` 7)."""

import csv
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from office import TODAY, Office, Silence
from openpyxl import load_workbook
from sqlalchemy import select, update

from bot.clock import FixedClock
from bot.domain.entries import Filter, Standing
from bot.domain.entry_exports import TRIES, Limits, SheetFormat
from bot.domain.interactions import Evaluation
from bot.domain.people import Person
from bot.services.entry_exports import EntryExports
from storage.entry_exports import LEASE, ExportClaims, Exports
from storage.tables.deliveries import deliveries
from storage.tables.exports import exports
from storage.tables.interactions import entries

AFTER_A_LEASE = LEASE + timedelta(seconds=1)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "exports"


@pytest.fixture
def writing(office: Office, folder: Path) -> EntryExports:
    return EntryExports(office.store, office.people, Silence(), folder)


def said(office: Office) -> list[str]:
    """What is said, the latest last."""
    query = select(deliveries.c.payload).where(deliveries.c.key.like("export:%")).order_by(deliveries.c.id)
    with office.store.reading() as connection:
        return [one["text"] for one in connection.scalars(query) if "text" in one]


def files(office: Office) -> list[dict[str, str]]:
    query = select(deliveries.c.payload).where(deliveries.c.kind == "file").order_by(deliveries.c.id)
    with office.store.reading() as connection:
        return list(connection.scalars(query))


def rows(office: Office) -> list[dict[str, Any]]:
    """The rows of the one file that was handed over."""
    (file,) = files(office)
    path = Path(file["path"])
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as opened:
            return list(csv.DictReader(opened))
    sheet = load_workbook(path).worksheets[0]
    heading, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, heading), row, strict=True)) for row in found]


def costs(office: Office, amount: str) -> None:
    with office.store.writing() as connection:
        connection.execute(update(entries).values(cost=amount, duration=15))


def test_a_row_tells_all_of_an_entry_in_the_readers_words(
    office: Office, eva: Person, writing: EntryExports
) -> None:
    anna = office.knows(eva, "Zoë O'Connor-Ødegård", "Fjordbygg AS")
    office.logs(
        eva,
        anna,
        description="=1+1",
        comment="Agreed\nthe price list",
        evaluation=Evaluation.VERY_POSITIVE,
    )
    costs(office, "12.50")
    writing.order(eva, "key", Filter(person=eva.id), SheetFormat.EXCEL)
    assert writing.run() == "Wrote 1 exports."
    (row,) = rows(office)
    assert row["Date"] == datetime.combine(TODAY, time())
    assert row["Logged at (Europe/Oslo)"] == datetime.fromisoformat("2026-11-20T14:02:33")
    assert (row["Contact"], row["Company"]) == ("Zoë O'Connor-Ødegård", "Fjordbygg AS")
    assert (row["Description"], row["Comment"]) == ("=1+1", "Agreed\nthe price list")
    assert (row["Duration (min.)"], row["Cost"]) == (15, 12.5)
    assert row["Evaluation"] == "Very Positive"
    assert (row["Information flow"], row["Initiated by"]) == ("Outbound", "Us")
    assert (row["Attempt failed"], row["Canceled"]) == ("No", "No")
    assert row["Salesperson"] == row["Logged by"] == "Eva"
    assert (row["Canceled by"], row["Segment"], row["Campaign"]) == (None, None, None)
    assert said(office) == ["Here is 1 entry · Yours"]
    assert files(office)[0]["name"] == "interaction log entries 2026-11-20.xlsx"


def test_a_csv_comes_with_semicolons_where_commas_stand_in_numbers(
    office: Office, writing: EntryExports
) -> None:
    wim = office.joins("Wim", locale="nl-NL")
    office.logs(wim, office.knows(wim, "Anna Berg"), description="=1+1")
    costs(office, "12.50")
    writing.order(wim, "key", Filter(), SheetFormat.CSV)
    writing.run()
    (file,) = files(office)
    content = Path(file["path"]).read_text(encoding="utf-8-sig")
    assert ";12,50;" in content
    assert ";'=1+1;" in content
    assert file["name"].endswith(".csv")


def test_only_what_the_filter_shows_and_the_reader_may_see(
    office: Office, eva: Person, writing: EntryExports
) -> None:
    wim = office.joins("Wim")
    anna, bo = office.knows(eva, "Anna Berg"), office.knows(wim, "Bo Dahl")
    mine, theirs = office.logs(eva, anna), office.logs(wim, bo)
    gone = office.logs(eva, anna, description="Canceled")
    office.entries.cancel(eva, gone, None)
    old = office.logs(eva, anna, date=date(2026, 9, 1), description="Old")
    asked = {
        "everything": (Filter(), "everyone", {mine, theirs, old}),
        "own": (Filter(), "own", {mine, old}),
        "days": (Filter(first=date(2026, 11, 1)), "own", {mine}),
        "canceled too": (Filter(standing=Standing.ALL), "own", {mine, old, gone}),
        "wim's": (Filter(person=wim.id), "own", set()),
    }
    with office.store.read(office.workspace) as work:
        numbers = {one.entry.number: one.entry.id for one in work.entries.many([mine, theirs, gone, old])}
    for key, (wanted, visibility, expected) in asked.items():
        office.sees(visibility)
        before = len(files(office))
        assert writing.offer(eva, wanted).count == len(expected), key
        writing.order(eva, key, wanted, SheetFormat.CSV)
        writing.run()
        found = files(office)[before:]
        held = {numbers[int(row["Entry No."])] for one in found for row in _read(one)}
        assert held == expected, key
    assert said(office)[-1] == "There is no entry to export.\nWim"


def _read(file: dict[str, str]) -> list[dict[str, str]]:
    with Path(file["path"]).open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_the_same_order_twice_is_one_file(office: Office, eva: Person, writing: EntryExports) -> None:
    office.logs(eva, office.knows(eva, "Anna Berg"))
    for _ in range(2):
        writing.order(eva, "key", Filter(), SheetFormat.CSV)
    writing.run()
    writing.order(eva, "key", Filter(), SheetFormat.CSV)
    assert writing.run() == ""
    assert len(files(office)) == 1


def test_what_a_killed_process_leaves_is_written_anew_and_handed_over_once(
    office: Office, clock: FixedClock, eva: Person, writing: EntryExports
) -> None:
    office.logs(eva, office.knows(eva, "Anna Berg"))
    writing.order(eva, "key", Filter(), SheetFormat.CSV)
    claims = ExportClaims(office.store)
    (one,) = claims.free()
    killed = claims.claim(one)
    assert killed is not None
    assert claims.claim(one) is None
    assert writing.run() == ""
    clock.move(AFTER_A_LEASE)
    claimed = claims.claim(one)
    assert claimed is not None
    writing._writing.write(killed)  # it was not dead, only slow
    assert files(office) == []
    writing._writing.write(claimed)
    writing._writing.write(claimed)
    assert len(files(office)) == 1
    assert len(list(writing._writing._folder.iterdir())) == 1


def test_what_was_read_before_somebody_was_erased_is_not_handed_over(
    office: Office, eva: Person, writing: EntryExports
) -> None:
    office.logs(eva, office.knows(eva, "Anna Berg"))
    writing.order(eva, "key", Filter(), SheetFormat.CSV)
    claims = ExportClaims(office.store)
    export = claims.claim(claims.free()[0])
    assert export is not None
    with office.store.begin(office.workspace) as work:
        Exports(work.access).begin_anew()
    writing._writing.write(export)
    assert files(office) == []
    assert writing.run() == "Wrote 1 exports."
    assert len(files(office)) == 1


def test_after_some_tries_it_is_given_up_and_said(
    office: Office, clock: FixedClock, eva: Person, writing: EntryExports
) -> None:
    office.logs(eva, office.knows(eva, "Anna Berg"))
    writing.order(eva, "key", Filter(), SheetFormat.CSV)
    claims = ExportClaims(office.store)
    for _ in range(TRIES):
        (one,) = claims.free()
        claims.claim(one)
        clock.move(AFTER_A_LEASE)
    writing.run()
    assert said(office)[-1].startswith("The file could not be written.")
    assert files(office) == []
    assert not writing.waits()


def test_what_is_stopped_waits_for_the_next_start(
    office: Office, eva: Person, writing: EntryExports, folder: Path
) -> None:
    office.logs(eva, office.knows(eva, "Anna Berg"))
    writing.order(eva, "key", Filter(), SheetFormat.EXCEL)
    (one,) = ExportClaims(office.store).free()
    export = ExportClaims(office.store).claim(one)
    assert export is not None
    writing.stop()
    assert not writing._carried_out(export)
    assert not folder.exists() or list(folder.iterdir()) == []
    again = EntryExports(office.store, office.people, Silence(), folder)
    assert again.run() == "Wrote 1 exports."
    assert len(files(office)) == 1


def test_somebody_who_left_gets_nothing(office: Office, eva: Person, writing: EntryExports) -> None:
    office.logs(eva, office.knows(eva, "Anna Berg"))
    writing.order(eva, "key", Filter(), SheetFormat.CSV)
    office.people.leaves(eva)
    writing.run()
    with office.store.reading() as connection:
        assert connection.execute(select(exports)).all() == []
    assert files(office) == []


def test_a_large_export_tells_how_far_it_is(office: Office, eva: Person, folder: Path) -> None:
    limits = Limits(large=5, said_every=0.0, at_once=2)
    writing = EntryExports(office.store, office.people, Silence(), folder, limits)
    anna = office.knows(eva, "Anna Berg")
    for number in range(5):
        office.logs(eva, anna, description=f"Call {number}")
    writing.order(eva, "key", Filter(), SheetFormat.CSV)
    writing.run()
    *told, last = said(office)
    assert told[0] == "Exporting interaction log entries: 0 of 5"
    assert told[1] == "Exporting interaction log entries: 2 of 5"
    assert last.startswith("Here are 5 entries · Everyone's")
    assert [row["Description"] for row in rows(office)] == [f"Call {number}" for number in (4, 3, 2, 1, 0)]


def test_too_many_for_one_file_is_said_with_the_cure(office: Office, eva: Person, folder: Path) -> None:
    anna = office.knows(eva, "Anna Berg")
    for number in range(3):
        office.logs(eva, anna, description=f"Call {number}")
    for limits, cure in (
        (Limits(most=2), "are too many for one file in Slack. Choose a shorter period"),
        (Limits(most=3, most_bytes=10), "larger than Slack takes (1 GB). Choose a shorter period"),
    ):
        writing = EntryExports(office.store, office.people, Silence(), folder, limits)
        writing.order(eva, cure, Filter(), SheetFormat.CSV)
        writing.run()
        assert cure in said(office)[-1]
    assert files(office) == []
    assert list(folder.iterdir()) == []


def test_the_filter_is_told_in_words(office: Office, eva: Person, writing: EntryExports) -> None:
    wim = office.joins("Wim")
    anna = office.knows(eva, "Anna Berg")
    wanted = Filter(
        salespeople=frozenset({wim.id}),
        contact=anna,
        template=office.template(),
        evaluations=frozenset({Evaluation.NEGATIVE}),
        first=date(2026, 11, 2),
        last=date(2026, 11, 19),
        failed=True,
        standing=Standing.CANCELED,
        text="price list",
    )
    assert writing.offer(eva, wanted).words == (
        "Wim · “price list” · with Anna Berg · Outgoing call · Negative · attempt failed · Mon 2 Nov – Thu 19 Nov"
        " · only canceled ones"
    )
    mine = replace(Filter(), person=eva.id, last=date(2026, 11, 19))
    assert writing.offer(eva, mine).words == "Yours · until Thu 19 Nov"
    assert writing.offer(eva, Filter(person=wim.id)).words == "Wim"
