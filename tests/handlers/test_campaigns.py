"""Campaigns and opportunities in Slack."""

import pytest
from seat import Seat

from bot.playground.seeds import ADA


@pytest.fixture
def anna(eva: Seat) -> int:
    return eva.knows("Anna Berg", company_name="Fjordbygg AS")


def logs(eva: Seat) -> None:
    eva.types("/log call Anna Berg 15m wants a hall in spring")
    eva.hears("✓")


def test_an_admin_makes_a_campaign_and_closes_it(eva: Seat) -> None:
    ada = eva.at(ADA)
    ada.types("/log setup")
    ada.sees_form("Setup")
    ada.presses("campaigns")
    ada.sees_form("Campaigns")
    ada.presses("new_campaign")
    ada.sees_form("New campaign")
    ada.writes("description", "Autumn fair")
    ada.picks_day("starts", "2026-11-30")
    ada.picks_day("ends", "2026-11-01")
    assert "can't end before it starts" in str(ada.submits().response)
    ada.picks_day("ends", "2026-12-24")
    ada.submits()
    ada.sees(lambda: "Autumn fair" in ada.reads() and "CP0001" in ada.reads())
    ada.presses("close_campaign")
    ada.sees(lambda: "Reopen" in ada.reads())
    ada.presses("edit_campaign")
    ada.sees_form("Campaign")
    ada.sees(lambda: ada.view.spec.get("submit"))
    ada.writes("description", "Winter fair")
    ada.submits()
    ada.sees(lambda: "Winter fair" in ada.reads())
    ada.presses("campaigns")
    ada.sees(lambda: "CP0001 · Winter fair · closed" in ada.reads())


@pytest.mark.usefixtures("anna")
def test_an_entry_becomes_an_opportunity_on_its_page_and_is_won_from_the_card(eva: Seat) -> None:
    logs(eva)
    eva.presses_on(eva.hears("✓"), "open_entry")
    eva.sees_form("Interaction log entry")
    eva.presses("opportunity_of_entry")
    eva.sees_form("New opportunity")
    assert eva.holds("comment") == "wants a hall in spring"
    eva.writes("description", "A hall")
    eva.submits()
    eva.sees(lambda: "OP000001 · A hall" in eva.reads())
    eva.presses("open_opportunity")
    eva.sees_form("Opportunity")
    eva.presses("close_opportunity.1")
    eva.sees(lambda: "Won" in eva.reads() and "Reopen" in eva.reads())
    eva.crosses_out()
    eva.types("/contact anna")
    eva.presses_on(eva.hears("Salesperson"), "opportunities")
    eva.sees_form("Opportunities")
    assert "OP000001 · A hall · Won · 1 interaction" in eva.reads()
    eva.presses("open_opportunity")
    eva.sees_form("Opportunity")
    eva.presses("reopen_opportunity")
    eva.sees(lambda: "In progress" in eva.reads())
    eva.presses("edit_opportunity")
    eva.sees(lambda: eva.view.spec.get("submit"))
    eva.writes("description", "Two halls")
    eva.submits()
    eva.sees(lambda: "Two halls" in eva.reads())


@pytest.mark.usefixtures("anna")
def test_an_opportunity_is_made_from_the_confirmation_and_from_the_card(eva: Seat) -> None:
    logs(eva)
    eva.presses_on(eva.hears("✓"), "opportunity_of_entry")
    eva.sees_form("New opportunity")
    eva.submits()
    eva.hears("is there now")
    eva.types("/contact anna")
    eva.presses_on(eva.hears("Salesperson"), "opportunities")
    eva.sees_form("Opportunities")
    eva.presses("new_opportunity")
    eva.sees_form("New opportunity")
    eva.submits()
    eva.writes("description", "Windows")
    eva.submits()
    eva.sees(lambda: "OP000002" in eva.reads() and "Windows" in eva.reads())


def test_the_lines_of_an_admins_checklist_lead_to_their_places_and_go(eva: Seat) -> None:
    ada = eva.at(ADA)
    ada.slack.acts.open_home(ADA)
    ada.sees(lambda: "For admins" in ada.desk)
    ada.presses_at_home("teams")
    ada.sees_form("Teams")
    ada.leaves()
    for left, title in ((2, "Templates"), (1, "Who reads what"), (0, "Reminders")):
        ada.presses_at_home("look_at")
        ada.sees_form(title)
        ada.sees(lambda left=left: ada.desk.count("look_at") == left)
        ada.leaves()
    ada.types("/log setup")
    ada.sees_form("Setup")
    ada.presses("reminder_policy")
    ada.sees_form("Reminders")
    ada.picks_time("ends", "08:00")
    assert "has to end after it starts" in str(ada.submits().response)
    ada.picks_time("ends", "16:30")
    ada.submits()
    ada.sees(lambda: "Mon-Fri 09:00-16:30" in ada.desk)
