"""An admin hands a list of contacts in, imports it, and takes it back."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.playground.seeds import ADA
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_a_list_is_handed_in_imported_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    sheet = tmp_path / "contacts.csv"
    sheet.write_text("Naam;E-mail;Schoenmaat\nBo Dahl;bo@dahl.example;38\nOla;geen adres;44\n", "utf-16")
    workspace = desk.server.workspace
    ada = desk.sits(ADA, workspace.directory.direct(ADA).id)
    ada.page.get_by_label("Files for the message").set_input_files(sheet)
    expect(ada.page.get_by_label("Attached files")).to_contain_text("contacts.csv")
    ada.composer.press("Enter")
    found = ada.said("1 new, 0 changed, 0 unchanged, 1 faulty")
    expect(found).to_contain_text("Ignored: Schoenmaat")
    expect(found).to_contain_text("Row 2: “geen adres” is not an e-mail address")
    found.get_by_role("button", name="Import 1 contact").click()
    expect(ada.said("✓ Imported contacts.csv.")).to_be_visible()
    expect(ada.page.get_by_text("contacts.errors.csv").first).to_be_visible()
    ada.writes("/contact bo dahl")
    expect(ada.said("bo@dahl.example")).to_be_visible()
    ada.writes("/contact import")
    page = ada.titled("Import contacts")
    page.get_by_role("button", name="Revert").click()
    ada.page.get_by_role("button", name="Revert").last.click()
    expect(page.get_by_text("taken back")).to_be_visible()
    ada.presses("Close")
    expect(ada.said("1 contact was deleted")).to_be_visible()
