"""An admin sets up a team in the browser."""

import pytest
from playwright.sync_api import expect

from bot.playground.seeds import ADA, MAX
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_an_admin_sets_up_a_team(desk: Desk) -> None:
    for user in (MAX, ADA, desk.eva.user):
        seat = desk.eva.at(user)
        seat.types("/log help")
        seat.hears("Log an interaction")
        seat.sees(lambda seat=seat: seat.person.confirmed)
    ada = desk.sits(ADA)
    ada.writes("/log setup")
    setup = ada.titled("Setup")
    setup.get_by_role("button", name="Teams").click()
    ada.titled("Teams")
    ada.presses("New team")
    form = ada.titled("New team")
    form.get_by_label("Name").fill("Zoë O'Connor-Ødegård's team")
    managers = form.get_by_role("combobox", name="Managers", exact=True)
    managers.fill("max")
    form.get_by_role("option", name="Max Aubert").click()
    managers.press("Tab")
    ada.presses("Save")
    expect(ada.titled("Team")).to_contain_text("Max Aubert")
    ada.presses("Follow a user group")
    ada.titled("Follow a user group")
    ada.chooses("User group", "sales", "@sales-team")
    ada.presses("Follow")
    expect(ada.form).to_contain_text("follows @sales-team now")
    ada.presses("Close")
    team = ada.titled("Team")
    for name in ("Eva Lindqvist-Bakke", "Wim Peeters", "3 people", "@sales-team"):
        expect(team).to_contain_text(name)
