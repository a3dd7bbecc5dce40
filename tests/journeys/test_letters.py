"""An admin attaches a Word letter in the browser; the salesperson opens what comes of it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.playground.seeds import ADA
from tests.docxes import a_docx, read
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_a_letter_is_uploaded_refused_mended_and_downloaded(desk: Desk, tmp_path: Path) -> None:
    wrong, right = tmp_path / "wrong.docx", tmp_path / "autumn.docx"
    wrong.write_bytes(a_docx("Dear {{ contact.nmae }}"))
    right.write_bytes(a_docx("Dear {{ contact.name }}"))
    desk.eva.at(ADA).types("/log help")
    ada = desk.sits(ADA)
    ada.said("/log")
    ada.writes("/log setup")
    ada.titled("Setup").get_by_role("button", name="Attachments").click()
    ada.titled("Attachments").get_by_role("button", name="Attach file").first.click()
    form = ada.titled("Attach file")
    form.get_by_label("File").set_input_files(wrong)
    expect(form.get_by_text("wrong.docx")).to_be_visible()
    form.get_by_role("button", name="Attach", exact=True).click()
    expect(form.get_by_text("Did you mean contact.name?")).to_be_visible()
    form.get_by_label("File").set_input_files(right)
    expect(form.get_by_text("autumn.docx")).to_be_visible()
    form.get_by_role("button", name="Attach", exact=True).click()
    said = ada.titled("Attachments")
    expect(said.get_by_text(re.compile("^autumn.docx belongs to"))).to_be_visible()
    said.get_by_role("button", name="Close").first.click()
    page = ada.titled("Attachments")
    expect(page.get_by_text(re.compile(r"autumn.docx, \d+ kB"))).to_be_visible()
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("menuitem", name="Show attachment").click()
    expect(ada.titled("Attachments").get_by_text("comes into your direct message")).to_be_visible()
    assert desk.received(ADA)[0] == right.read_bytes()
    assert read(right.read_bytes()) == ["Dear {{ contact.name }}"]
