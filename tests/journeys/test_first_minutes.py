"""The first five minutes of a new user."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from bot.services.contact_import import ContactImport
from tests.journeys.desk import Desk
from tests.journeys.screen import Screen

pytestmark = pytest.mark.browser

LIST = """\
Name;Company Name;E-Mail;City
Anna Berg;Fjordbygg AS;anna@fjordbygg.example;Bergen
Anna Bergmans;De Brug NV;anna@debrug.example;Antwerpen
Zoë O'Connor-Ødegård;Nordlys Kraft AS;zoe@nordlys.example;Tromsø
"""


def imports(desk: Desk, folder: Path) -> None:
    """What `saleslog import contacts` does for an admin."""
    file = folder / "customers.csv"
    file.write_text(LIST, encoding="utf-8")
    report = ContactImport(desk.eva.bot.store).run(desk.eva.workspace, None, file)
    assert report.faulty == 0


def errors(form: Locator) -> list[str]:
    return form.get_by_role("alert").all_inner_texts()


def opens_by_completion(eva: Screen) -> Locator:
    eva.composer.press_sequentially("/l")
    offered = eva.page.get_by_role("listbox", name="Commands").get_by_role("option")
    expect(offered).to_have_text([re.compile("^/log.*Log an interaction with a customer")])
    offered.click()
    expect(eva.composer).to_have_value("/log ")
    eva.composer.press("Enter")
    return eva.titled("Create interaction")


def mends_what_is_wrong(eva: Screen, form: Locator) -> None:
    eva.presses("Log")
    expect(form.get_by_role("alert").first).to_be_visible()
    assert len(errors(form)) == 3  # contact, template, description
    eva.chooses("Contact", "odegard", "Zoë O'Connor-Ødegård · Nordlys Kraft AS")
    eva.chooses_template("outg", "Outgoing call")
    form.get_by_label("Comment").fill("Agreed the price list")
    form.get_by_label("Date").fill("2026-11-23")
    eva.presses("Log")
    expect(form.get_by_role("alert")).to_contain_text("This date lies in the future.")
    form.get_by_label("Date").fill("2026-11-19")
    eva.presses("Log")
    eva.closed()


def takes_it_back_and_logs_it_after_all(eva: Screen, logged: Locator) -> None:
    logged.get_by_role("button", name="Undo").click()
    undone = eva.said("Undone. The draft is back.")
    expect(eva.page.get_by_text("Logged: Outgoing call")).to_have_count(0)
    undone.get_by_role("button", name="Resume").click()
    form = eva.titled("Create interaction")
    expect(form.get_by_label("Contact")).to_have_value(re.compile("^Zoë O'Connor-Ødegård"))
    expect(form.get_by_label("Date")).to_have_value("2026-11-19")
    expect(form.get_by_label("Comment")).to_have_value("Agreed the price list")
    eva.presses("Log")
    eva.closed()


def test_from_an_empty_home_to_a_logged_call(empty_desk: Desk, tmp_path: Path) -> None:
    eva = empty_desk.sits(where="home")
    home = eva.page.locator(".home")
    expect(home).to_contain_text("There are no contacts yet.")
    expect(home).to_contain_text("Press “Log interaction”, or type /log call")
    imports(empty_desk, tmp_path)
    eva.page.get_by_role("link", name="sales", exact=True).click()
    mends_what_is_wrong(eva, opens_by_completion(eva))
    logged = eva.said("Logged: Outgoing call · Zoë O'Connor-Ødegård (Nordlys Kraft AS)")
    expect(logged).to_contain_text("Yesterday 14:03 · 15 min · “Agreed the price list”")
    takes_it_back_and_logs_it_after_all(eva, logged)
    eva.said("Logged: Outgoing call · Zoë O'Connor-Ødegård")
    form = eva.logs()
    form.get_by_role("combobox", name="Contact", exact=True).click()
    recent = form.get_by_role("option").first
    expect(recent).to_contain_text("Zoë O'Connor-Ødegård · Nordlys Kraft AS")
    assert [one.entry.comment for one in empty_desk.eva.logged()] == ["Agreed the price list"]
