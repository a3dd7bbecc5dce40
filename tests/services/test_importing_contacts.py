"""Importing contacts from files, on both databases."""

import csv
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from bot.clock import FixedClock
from bot.demo.people import HEADER, contacts
from bot.domain.contacts import Contact, ContactType, match_key, search_text
from bot.domain.ids import ImportId, PersonId, SlackTeam, WorkspaceId
from bot.domain.messages import Refusal
from bot.domain.people import Person, Role
from bot.services.contact_import import ContactImport, Report
from bot.services.people import People
from storage.store import Store

TITLES = (
    "No.",
    "Type",
    "Name",
    "Company Name",
    "Phone No.",
    "E-Mail",
    "City",
    "Salesperson",
    "Mailing Groups",
)
ROWS = (
    (
        "",
        "Person",
        "Anna Berg",
        "Fjordbygg AS",
        "+47 1234",
        "anna@fjordbygg.no",
        "Oslo",
        "eva@post.no",
        "VIP; News",
    ),
    ("", "Person", "Zoë O'Connor-Ødegård", "Fjordbygg AS", "+47 99", "", "Ålesund", "MAX", ""),
    ("C-5", "Company", "Havtech AS", "", "", "post@havtech.no", "Bergen", "eva@post.no", ""),
    ("", "", "Ola Nordmann", "", "", "", "", "", "news"),
)


@pytest.fixture
def furnished(store: Store) -> WorkspaceId:
    """A workspace as a new team finds it."""
    return People(store, frozenset(), guests_allowed=False).workspace(SlackTeam("T0EAST"))


@pytest.fixture
def imports(store: Store) -> ContactImport:
    return ContactImport(store)


def a_csv(folder: Path, rows: Sequence[Sequence[str]], titles: Sequence[str] = TITLES) -> Path:
    path = folder / "contacts.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([titles, *rows])
    return path


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.faulty


def by_name(store: Store, workspace: WorkspaceId, name: str) -> Contact:
    with store.read(workspace) as work:
        (found,) = [found for found in work.search.find(name, PersonId(0)) if found.name == name]
        contact = work.contacts.get(found.id)
    assert contact
    return contact


def everything(store: Store) -> list[str]:
    tables = (
        "contacts",
        "contact_words",
        "contact_mailing_groups",
        "mailing_groups",
        "salespeople",
        "import_changes",
    )
    with store.reading() as connection:
        return sorted(
            f"{table} {tuple(row)}"
            for table in (*tables, "number_series")
            for row in connection.execute(text(f"SELECT * FROM {table}"))
        )


def test_an_import_makes_contacts_companies_salespeople_and_groups(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    report = imports.run(furnished, None, a_csv(tmp_path, ROWS))
    assert counts(report) == (4, 0, 0, 0)
    anna = by_name(store, furnished, "Anna Berg")
    assert anna.company == by_name(store, furnished, "Fjordbygg AS").id
    assert by_name(store, furnished, "Havtech AS").number == "C-5"
    assert by_name(store, furnished, "Zoë O'Connor-Ødegård").company_name == "Fjordbygg AS"
    with store.read(furnished) as work:
        eva, max_ = work.people.by_email("eva@post.no"), work.people.by_code("max")
        assert eva
        assert max_
        assert anna.salesperson == eva.id
        groups = work.access.connection.execute(
            text("SELECT code FROM mailing_groups ORDER BY code")
        ).scalars()
        assert list(groups) == ["News", "VIP"]
        assert work.contacts.count() == 5


def test_importing_twice_changes_nothing(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    path = a_csv(tmp_path, ROWS)
    imports.run(furnished, None, path)
    before = everything(store)
    assert counts(imports.run(furnished, None, path)) == (0, 0, 4, 0)
    assert everything(store) == before


def test_only_what_a_row_says_is_changed(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    imports.run(furnished, None, a_csv(tmp_path, ROWS))
    anna = by_name(store, furnished, "Anna Berg")
    rows = [
        ("", "", "Anna Strand", "", "", "anna@fjordbygg.no", "", "", ""),
        (anna.number, "", "", "", "", "", "Moss"),
    ]
    assert counts(imports.run(furnished, None, a_csv(tmp_path, rows))) == (0, 2, 0, 0)
    changed = by_name(store, furnished, "Anna Strand")
    assert changed == replace(anna, name="Anna Strand", surname="Strand", city="Moss", revision=1)
    with store.read(furnished) as work:
        assert work.search.find("anna berg", PersonId(0)) == work.search.find("anna oslo", PersonId(0)) == []


def test_a_check_counts_the_same_and_writes_nothing(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    rows = [
        *ROWS,
        *ROWS,
        ("", "Company", "Fjordbygg AS", "", "", "post@fjordbygg.no", "", "", ""),
        ("", "", "Anna Strand", "", "", "anna@fjordbygg.no", "", "", ""),
        ("", "", "Nobody", "", "", "not an address", "", "", ""),
    ]
    path = a_csv(tmp_path, rows)
    before = everything(store)
    checked = imports.check(furnished, path)
    assert everything(store) == before
    assert checked.import_id is None
    assert counts(checked) == counts(imports.run(furnished, None, path)) == (5, 1, 4, 1)
    assert counts(imports.check(furnished, path)) == counts(imports.run(furnished, None, path))


def test_faulty_rows_go_to_the_error_file_and_can_be_sent_again_corrected(
    imports: ContactImport, furnished: WorkspaceId, store: Store, tmp_path: Path
) -> None:
    rows = [*ROWS, ("", "", "=cmd|'/c calc'!A1", "", "+47 77", "oops", "", "", ""), ("", "", "", "", "+47 1")]
    errors = tmp_path / "errors.csv"
    report = imports.run(furnished, None, a_csv(tmp_path, rows), errors_to=errors)
    assert counts(report) == (4, 0, 0, 2)
    assert [place for place, _ in report.faults] == [5, 6]
    with errors.open(encoding="utf-8-sig", newline="") as file:
        titles, first, second = csv.reader(file)
    assert titles == [*TITLES, "Reason"]
    assert "write it as in anna@fjordbygg.no" in first[-1]
    assert "write a number, an e-mail or a name" in second[-1]
    assert not [cell for cell in (*first, *second) if cell[:1] in "=+-@" and cell]
    errors.write_text(
        errors.read_text(encoding="utf-8-sig").replace("oops", "calc@post.no"), encoding="utf-8"
    )
    again = imports.run(furnished, None, errors, errors_to=errors)
    assert (counts(again), again.unknown_columns) == ((1, 0, 0, 1), ())
    assert by_name(store, furnished, "=cmd|'/c calc'!A1").phone == "+47 77"
    assert len(errors.read_text(encoding="utf-8-sig").splitlines()) == 2


def test_without_faulty_rows_there_is_no_error_file(
    imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    imports.run(furnished, None, a_csv(tmp_path, ROWS), errors_to=tmp_path / "errors.csv")
    assert [path.name for path in tmp_path.glob("errors*")] == []


def test_an_ambiguous_row_is_faulty(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    rows = [("A1", "", "Anna", "", "", "post@x.no"), ("A2", "", "Ola", "", "", "post@x.no")]
    imports.run(furnished, None, a_csv(tmp_path, rows))
    report = imports.run(furnished, None, a_csv(tmp_path, [("", "", "Kari", "", "", "post@x.no")]))
    assert counts(report) == (0, 0, 0, 1)
    ((_, reason),) = report.faults
    assert reason.text.format(**reason.values) == (
        "2 contacts have this e-mail (A1, A2): add the number of the one that is meant."
    )


def test_a_company_that_comes_after_its_people_brings_its_own_data(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    rows = [
        ("", "", "Anna Berg", "Fjordbygg AS"),
        ("", "", "Ola Berg", "fjordbygg as"),
        ("C-9", "Company", "Fjordbygg AS", "", "", "", "Oslo"),
    ]
    path = a_csv(tmp_path, rows)
    assert counts(imports.run(furnished, None, path)) == (3, 0, 0, 0)
    company = by_name(store, furnished, "Fjordbygg AS")
    assert (company.number, company.city) == ("C-9", "Oslo")
    assert (
        by_name(store, furnished, "Ola Berg").company
        == by_name(store, furnished, "Anna Berg").company
        == company.id
    )
    assert counts(imports.run(furnished, None, path)) == (0, 0, 3, 0)


def test_a_contact_that_comes_with_its_number_and_without_is_one(
    imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    path = a_csv(tmp_path, [("C-1", "", "Anna Berg", "", "12"), ("", "", "Anna Berg", "", "12")])
    assert counts(imports.check(furnished, path)) == (1, 0, 1, 0)
    assert counts(imports.run(furnished, None, path)) == (1, 0, 1, 0)
    assert counts(imports.run(furnished, None, path)) == (0, 0, 2, 0)


def test_numbers_of_the_file_and_of_the_series_do_not_meet(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    rows = [("", "", f"Person {place}", "Fjordbygg AS") for place in range(300)]
    rows += [(f"CT{place:06d}", "", f"Other {place}", "") for place in range(1, 300)]
    assert counts(imports.run(furnished, None, a_csv(tmp_path, rows))) == (599, 0, 0, 0)
    with store.begin(furnished) as work:
        assert work.contacts.count() == 600
        assert work.numbers.take("CONTACT") == "CT000601"


def test_a_renamed_company_takes_its_people_along(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    imports.run(
        furnished,
        None,
        a_csv(tmp_path, [("C1", "Company", "Fjordbygg AS"), ("", "", "Anna", "Fjordbygg AS")]),
    )
    imports.run(furnished, None, a_csv(tmp_path, [("C1", "Company", "Havtech AS")]))
    with store.read(furnished) as work:
        assert {found.name for found in work.search.find("havtech", PersonId(0))} == {"Anna", "Havtech AS"}
        assert work.search.find("fjordbygg", PersonId(0)) == []


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_detected(
    encoding: str, delimiter: str, sqlite_url: str, clock: FixedClock, tmp_path: Path
) -> None:
    from storage.store import open_store

    store = open_store(sqlite_url, clock)
    workspace = People(store, frozenset(), guests_allowed=False).workspace(SlackTeam("T0EAST"))
    path = tmp_path / "contacts.csv"
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows([TITLES, *ROWS])
    assert counts(ContactImport(store).run(workspace, None, path)) == (4, 0, 0, 0)
    assert by_name(store, workspace, "Zoë O'Connor-Ødegård").city == "Ålesund"
    store.close()


def test_excels_own_first_line_is_passed_over(
    imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text("sep=;\r\nName;City\r\nAnna;Oslo\r\n\r\n;;\r\n", encoding="utf-8")
    assert counts(imports.run(furnished, None, path)) == (1, 0, 0, 0)


def a_workbook(folder: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    path = folder / "contacts.xlsx"
    book.save(path)
    return path


def test_a_workbook_is_imported(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    rows: list[Sequence[object]] = [
        ("Navn", "Telefon", "Mindreårig", "Postnr."),
        ("Kari Moen", 4712345678, True, 150.0),
    ]
    told: list[float] = []
    report = imports.run(
        furnished,
        None,
        a_workbook(tmp_path, [*rows, (None, "")]),
        progress=lambda _, share: told.append(share),
    )
    assert counts(report) == (1, 0, 0, 0)
    assert told[-1] == 1.0
    kari = by_name(store, furnished, "Kari Moen")
    assert (kari.phone, kari.minor, kari.privacy_blocked, kari.post_code) == ("4712345678", True, True, "150")


def repacked(path: Path, add: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in add.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "other files"),
        ({"xl/media/bomb.bin": b"\0" * 20_000_000}, "too large"),
        ({f"xl/media/{place}.bin": b"" for place in range(1001)}, "too large"),
    ],
)
def test_unsafe_workbooks_are_refused(
    parts: dict[str, bytes], sentence: str, imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match=sentence):
        imports.run(furnished, None, repacked(a_workbook(tmp_path, [("Name",), ("Anna",)]), parts))


def test_a_workbook_with_entities_is_refused(
    imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    whole, evil = a_workbook(tmp_path, [("Name",), ("Anna",)]), tmp_path / "evil.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(evil, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part.endswith("sheet1.xml"):
                content = b'<!DOCTYPE x [<!ENTITY e "boom">]>' + content.replace(b"Anna", b"&e;")
            new.writestr(part, content)
    with pytest.raises(Refusal, match="can't be read as XLSX"):
        imports.run(furnished, None, evil)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 broken", "can't be read as XLSX"),
        (b"City\nOslo\n", "first line"),
        (b"\xff\xfe", "empty"),
    ],
)
def test_useless_files_are_refused(
    content: bytes, sentence: str, imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=sentence):
        imports.run(furnished, None, path)
    with pytest.raises(Refusal, match="no file"):
        imports.run(furnished, None, tmp_path / "nowhere.csv")


def test_reverting_deletes_what_was_made_and_gives_back_what_was_changed(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    imports.run(furnished, None, a_csv(tmp_path, [ROWS[0]]))
    before = by_name(store, furnished, "Anna Berg")
    rows = [
        ("", "", "Anna Strand", "Havtech AS", "", "anna@fjordbygg.no", "Moss", "MAX", "Other"),
        ("", "", "Ola", "Havtech AS"),
    ]
    second = imports.run(furnished, None, a_csv(tmp_path, rows))
    assert second.import_id
    done = imports.revert(furnished, None, second.import_id)
    assert (done.deleted, done.restored, done.stayed, done.names) == (2, 1, 0, ())
    after = by_name(store, furnished, "Anna Berg")
    assert after == replace(before, revision=2)
    with store.read(furnished) as work:
        assert work.search.find("havtech", PersonId(0)) == work.search.find("ola", PersonId(0)) == []
        groups = "SELECT g.code FROM contact_mailing_groups m JOIN mailing_groups g ON g.id = m.group_id ORDER BY 1"
        assert work.access.connection.execute(text(groups)).scalars().all() == ["News", "VIP"]
    with pytest.raises(Refusal, match="taken back before"):
        imports.revert(furnished, None, second.import_id)
    with pytest.raises(Refusal, match="no import"):
        imports.revert(furnished, None, ImportId(1))


def test_what_was_touched_since_stays_and_is_named(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    report = imports.run(furnished, None, a_csv(tmp_path, ROWS))
    with store.begin(furnished) as work:
        anna = by_name(store, furnished, "Anna Berg")
        changed = replace(anna, city="Moss")
        work.contacts.change(changed, search_text(changed), match_key(changed))
    assert report.import_id
    done = imports.revert(furnished, None, report.import_id)
    assert (done.deleted, done.restored, done.stayed) == (3, 0, 2)
    assert done.names == ("Anna Berg (Fjordbygg AS)", "Fjordbygg AS")
    with store.read(furnished) as work:
        assert work.contacts.count() == 2


def test_only_admins_take_an_import_back(
    imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    report = imports.run(furnished, None, a_csv(tmp_path, ROWS))
    eva = Person(id=PersonId(1), workspace=furnished, slack_id=None, code="EVA", name="Eva")
    assert report.import_id
    with pytest.raises(Refusal, match="Only an admin"):
        imports.revert(furnished, eva, report.import_id)
    assert imports.revert(furnished, replace(eva, role=Role.ADMIN), report.import_id).deleted == 5


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


def test_two_workspaces_import_the_same_file_apart(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    other = People(store, frozenset(), guests_allowed=False).workspace(SlackTeam("T0WEST"))
    path = a_csv(tmp_path, ROWS)
    assert (
        counts(imports.run(furnished, None, path)) == counts(imports.run(other, None, path)) == (4, 0, 0, 0)
    )
    assert by_name(store, furnished, "Anna Berg").id != by_name(store, other, "Anna Berg").id
    assert by_name(store, other, "Anna Berg").type is ContactType.PERSON
