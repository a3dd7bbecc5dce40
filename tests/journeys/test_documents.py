"""Another program reports a document of somebody unknown; an admin answers, in a real browser."""

import json

import pytest
from playwright.sync_api import expect

from bot.domain.ids import SlackTeam
from bot.playground.seeds import ADA
from bot.posted import arrival_of, opened
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def reported(desk: Desk, **facts: object) -> None:
    """Let a document come in as it is posted."""
    today = desk.eva.today
    bundle = opened(json.dumps({"type": "sales_invoice", "number": "103021", **facts}).encode(), today)
    team = SlackTeam(desk.server.workspace.team.id)
    desk.eva.bot.services["documents"].take_in(team, [arrival_of(one, "", today) for one in bundle.documents])


def test_a_document_arrives_from_nobody_known_and_is_answered(desk: Desk) -> None:
    seat = desk.eva.at(ADA)
    seat.types("/log help")
    seat.hears("Log an interaction")
    seat.sees(lambda: seat.person.confirmed)
    ada = desk.sits(ADA, "home")
    reported(desk, contact={"company": "Fjordbyg AS"})
    expect(ada.page.get_by_text("1 thing that arrived waits in the inbox")).to_be_visible()
    ada.page.get_by_role("button", name="Answer", exact=True).click()
    inbox = ada.titled("Inbox")
    expect(inbox).to_contain_text("Sales invoice 103021")
    inbox.get_by_role("button", name="Answer Sales invoice 103021").click()
    ada.titled("Record it")
    ada.chooses("Contact", "fjordbygg", "Fjordbygg AS")
    ada.chooses("Interaction template", "business", "Business letter")
    ada.form.get_by_role("checkbox").check()
    ada.presses("Log")
    expect(ada.titled("Inbox")).to_contain_text("Logged: Business letter · Fjordbygg AS.")
    expect(ada.form).to_contain_text("Nothing asks")
    reported(desk, number="103022", contact={"company": "Fjordbygg AS"})
    ada.presses("Close")
    ada.page.get_by_role("button", name="Find", exact=True).click()
    log = ada.titled("Interaction log entries")
    expect(log).to_contain_text("Business letter · Fjordbygg AS")
