"""Slack was slow at first use; then it tells the e-mail of somebody whom an import had made a salesperson."""

import csv
from pathlib import Path

import pytest
from office import Office, profile
from sqlalchemy import func, select

from bot.domain.contacts import Contact
from bot.domain.ids import FormId, ImportId, PersonId, SlackTeam, SlackUser
from bot.domain.people import Person, Role
from bot.services.contact_import import ContactImport
from storage.tables import metadata
from storage.tables.people import salespeople

EVA, WIM = "eva@nordvik.example", "wim@nordvik.example"


def imports(office: Office, folder: Path, salesperson: str) -> ImportId:
    """Import Anna with a salesperson; his row is made where there is none."""
    file = folder / "contacts.csv"
    with file.open("w", newline="") as written:
        csv.writer(written).writerows([("No.", "Name", "Salesperson"), ("C-1", "Anna Berg", salesperson)])
    return ContactImport(office.store).run(office.workspace, None, file).import_id


def anna(office: Office, actor: Person) -> Contact:
    (found,) = office.contacts.find(actor, "Anna Berg")
    return office.contacts.get(actor, found.id)


def by_email(office: Office, email: str) -> Person:
    with office.store.read(office.workspace) as work:
        found = work.people.by_email(email)
    assert found is not None
    return found


def references(office: Office, person: PersonId) -> list[str]:
    """Every column that holds a salesperson's id somewhere."""
    columns = (
        key.parent
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column is salespeople.c.id
    )
    with office.store.reading() as connection:
        return [
            str(column)
            for column in columns
            if connection.scalar(select(func.count()).select_from(column.table).where(column == person))
        ]


@pytest.fixture
def max_(office: Office) -> Person:
    return office.joins("Max", admin=True)


@pytest.fixture
def eva(office: Office) -> Person:
    """Eva as she is when Slack did not tell who she is."""
    return office.people.admit_unconfirmed(office.workspace, SlackUser("U0EVA"), "eva")


def test_what_refers_to_the_imported_row_refers_to_the_person_then(
    office: Office, tmp_path: Path, max_: Person, eva: Person
) -> None:
    imports(office, tmp_path, EVA)
    row, contact = by_email(office, EVA), anna(office, max_)
    led = office.team_of("North", row, max_)[0]
    with office.store.begin(office.workspace) as work:
        work.people.let_manage(eva.id, next(iter(led.manages)))
    entry = office.logs(max_, contact.id, salesperson=row.id)
    office.types(max_, "form", office.typed(contact.id, salesperson=row.id), at="1.0")
    assert references(office, row.id)
    office.people.refresh(office.workspace, profile("Eva"))
    assert references(office, row.id) == []
    assert office.people.of(office.workspace, row.id) is None
    found = by_email(office, EVA)
    assert (found.id, found.code, found.role, found.manages) == (eva.id, row.code, Role.MANAGER, led.manages)
    assert anna(office, max_).salesperson == eva.id
    assert office.entries.get(max_, entry).entry.salesperson == eva.id
    with office.store.read(office.workspace) as work:
        draft = work.drafts.of_form(FormId("form"))
    assert draft is not None
    assert draft.form.salesperson == eva.id


def test_an_import_taken_back_afterwards_gives_the_contact_back_to_the_person(
    office: Office, tmp_path: Path, max_: Person, eva: Person
) -> None:
    imports(office, tmp_path, EVA)
    second = imports(office, tmp_path, WIM)
    assert anna(office, max_).salesperson == by_email(office, WIM).id
    office.people.refresh(office.workspace, profile("Eva"))
    ContactImport(office.store).revert(office.workspace, None, second)
    assert anna(office, max_).salesperson == eva.id


def test_what_the_person_did_meanwhile_stays_and_can_be_undone(
    office: Office, tmp_path: Path, eva: Person
) -> None:
    imports(office, tmp_path, EVA)
    office.logs(eva, anna(office, eva).id)
    office.people.refresh(office.workspace, profile("Eva"))
    again = office.people.known(office.workspace, SlackUser("U0EVA"))
    assert again is not None
    office.undo.latest(again)
    assert office.entries.latest(again, 5) == []


def test_somebody_of_another_workspace_keeps_his_row(
    office: Office, tmp_path: Path, max_: Person, eva: Person
) -> None:
    imports(office, tmp_path, EVA)
    south = Office(office.store, office.clock, SlackTeam("T0SOUTH"))
    imports(south, tmp_path, EVA)
    office.people.refresh(office.workspace, profile("Eva"))
    kept = by_email(south, EVA)
    assert references(south, kept.id)
    assert kept.slack_id is None
