"""An interaction becomes an opportunity of a campaign that an admin made, in the browser."""

import pytest
from playwright.sync_api import expect

from bot.playground.seeds import ADA
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_an_interaction_becomes_an_opportunity_of_a_campaign(desk: Desk) -> None:
    seat = desk.eva.at(ADA)
    seat.types("/log help")
    seat.hears("Log an interaction")
    seat.sees(lambda: seat.person.confirmed)
    ada, eva = desk.sits(ADA), desk.sits()
    ada.writes("/log setup")
    ada.titled("Setup").get_by_role("button", name="Campaigns").click()
    ada.titled("Campaigns")
    ada.presses("New campaign")
    ada.titled("New campaign").get_by_label("Description").fill("Autumn fair")
    ada.presses("Save")
    expect(ada.titled("Campaign")).to_contain_text("CP0001")

    eva.writes("/log call anna berg 15m positive wants a hall in spring")
    said = eva.said("wants a hall in spring")
    said.get_by_role("button", name="More actions").click()
    said.get_by_role("menuitem", name="Open entry").click()
    eva.titled("Interaction log entry")
    eva.presses("Create opportunity")
    form = eva.titled("New opportunity")
    expect(form.get_by_label("Comment")).to_have_value("wants a hall in spring")
    form.get_by_label("Description").fill("A hall for Fjordbygg")
    eva.chooses("Campaign", "autumn", "CP0001 · Autumn fair")
    eva.presses("Create")
    entry = eva.titled("Interaction log entry")
    expect(entry).to_contain_text("OP000001 · A hall for Fjordbygg")
    eva.presses("Opportunity")
    opportunity = eva.titled("Opportunity")
    expect(opportunity).to_contain_text("CP0001 · Autumn fair")
    eva.presses("Won")
    expect(opportunity.get_by_role("button", name="Reopen")).to_be_visible()
    eva.presses("Show interactions")
    expect(eva.form).to_contain_text("OP000001")
