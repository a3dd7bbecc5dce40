"""An admin sets up from empty: a group, a template of it, its words in another language; then it is logged with."""

import re

import pytest
from playwright.sync_api import expect

from bot.playground.seeds import ADA
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_an_admin_shapes_a_template_and_eva_logs_with_it(desk: Desk) -> None:
    seat = desk.eva.at(ADA)
    seat.types("/log help")
    seat.sees(lambda: seat.person.confirmed)
    ada = desk.sits(ADA)
    ada.writes("/log setup")
    ada.titled("Setup").get_by_role("button", name="Templates").click()
    ada.titled("Templates").get_by_role("button", name="Open Outgoing call").click()
    ada.titled("Interaction template")
    ada.presses("Edit")
    form = ada.titled("Edit template")
    form.get_by_label("Description").fill("Phone call")
    form.get_by_label("Duration (min.)").fill("-5")
    ada.presses("Save")
    expect(form.get_by_role("alert")).to_contain_text("can't be negative")
    form.get_by_label("Duration (min.)").fill("25")
    ada.presses("Save")
    expect(ada.titled("Interaction template")).to_contain_text("25 min")
    ada.presses("Add a language")
    ada.titled("Language")
    ada.chooses("Language", "dutch", "Dutch")
    ada.form.get_by_label("Description").fill("Telefoongesprek")
    ada.presses("Save")
    expect(ada.titled("Interaction template")).to_contain_text("Telefoongesprek")

    eva = desk.sits()
    form = eva.logs()
    eva.chooses("Contact", "anna berg", "Anna Berg · Fjordbygg")
    eva.chooses_template("phone", "Phone call")
    expect(form.get_by_label("Description")).to_have_value("Phone call")
    eva.presses("Log")
    eva.said("✓ Logged: Phone call · Anna Berg")

    ada.presses("All templates")
    line = re.compile(r"Phone call · OUTGOING · 1 interaction · 25 min")
    expect(ada.titled("Templates")).to_contain_text(line)
