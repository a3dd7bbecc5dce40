"""Importing contacts from files, on both databases."""

import csv
from dataclasses import replace
from pathlib import Path

from sheets import ROWS, TITLES, a_csv, by_name, counts, everything
from sqlalchemy import text

from bot.domain.contacts import ContactType
from bot.domain.ids import PersonId, SlackTeam, WorkspaceId
from bot.services.contact_import import ContactImport
from bot.services.people import People
from storage.store import Store


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
