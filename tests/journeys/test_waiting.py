"""What waits, put off, thrown away, taken back and finished in the browser (`product.md` 5)."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import Desk
from tests.journeys.screen import Screen

PICTURES = os.environ.get("SALESLOG_PICTURES")


@pytest.fixture
def eva(desk: Desk) -> Screen:
    return desk.sits()


def pictured(screen: Screen, name: str) -> None:
    """Keep a picture to look at, where somebody asked for it."""
    if PICTURES:
        screen.page.screenshot(path=Path(PICTURES) / f"{name}.png", animations="disabled")


def half_fills(screen: Screen, contact: str, words: str) -> None:
    form = screen.logs()
    screen.chooses("Contact", contact.split(maxsplit=1)[0], contact)
    screen.chooses_template("outgoing", "Outgoing call")
    form.get_by_label("Comment").press_sequentially(words)
    screen.presses("Postpone")
    screen.closed()


def chooses_more(screen: Screen, row: str, choice: str) -> None:
    """Open the ⋯ menu of the first row and choose."""
    message = screen.said(row)
    message.get_by_role("button", name="More").first.click()
    screen.page.get_by_role("menuitem", name=choice).click()


def test_what_waits_is_put_off_thrown_away_and_taken_back_in_one_message(desk: Desk, eva: Screen) -> None:
    half_fills(eva, "Zoë O'Connor", "asked about delivery")
    half_fills(eva, "Kari Nes", "wants to see the flat")
    eva.writes("/log drafts")
    eva.said("You have 2 postponed interactions")
    pictured(eva, "list")
    chooses_more(eva, "You have 2 postponed", "Snooze until the next working day")
    expect(eva.said("You have 2 postponed")).to_contain_text("Snoozed until Mon 23 Nov 09:00")
    pictured(eva, "snoozed")
    eva.said("You have 2 postponed").get_by_role("button", name="Discard several…").click()
    eva.titled("Discard several")
    for box in eva.form.get_by_role("checkbox").all():
        box.check()
    pictured(eva, "several")
    eva.presses("Discard…")
    expect(eva.titled("Discard")).to_contain_text("Discard 2 interactions?")
    pictured(eva, "sure")
    eva.presses("Discard")
    eva.closed()
    gone = eva.said("Discarded 2 interactions.")
    pictured(eva, "discarded")
    gone.get_by_role("button", name="Undo").click()
    expect(eva.said("You have 2 postponed")).to_contain_text("2 discarded drafts are back")
    assert len(desk.eva.waiting()) == 2


def test_an_old_draft_is_made_todays(desk: Desk, eva: Screen) -> None:
    half_fills(eva, "Anna Bergmans", "asked about delivery")
    eva.said("Postponed:")
    desk.server.workspace.shift(timedelta(days=3).total_seconds())
    eva.writes("/log drafts")
    eva.said("You have 1 postponed").get_by_role("button", name="Resume").click()
    form = eva.titled("Create interaction")
    expect(form).to_contain_text("Dated Fri 20 Nov.")
    pictured(eva, "dated")
    eva.presses("Make it today")
    expect(form).not_to_contain_text("Dated Fri 20 Nov.")
    eva.presses("Log")
    eva.closed()
    eva.said("✓ Logged: Outgoing call")
    assert desk.eva.logged()[0].entry.day == desk.eva.today


def test_a_follow_up_is_handed_over_from_app_home(desk: Desk, eva: Screen) -> None:
    wim = desk.eva.at("U0WIM00001")
    wim.types("/log help")
    wim.hears("Log an interaction")
    eva.writes("/log call Kari 20m wants to see the flat again !mon")
    eva.said("✓ Logged:")
    home = desk.sits(where="home")
    expect(home.page.locator(".home")).to_contain_text("wants to see the flat again")
    pictured(home, "home")
    home.page.locator(".home").get_by_role("button", name="More").first.click()
    pictured(home, "menu")
    home.page.get_by_role("menuitem", name="Hand over…").click()
    home.titled("Hand over")
    home.chooses("Colleague", "wim", "Wim")
    pictured(home, "hand-over")
    home.presses("Hand over")
    expect(home.titled("Done")).to_contain_text("has the follow-up now")
    wim.hears("handed a follow-up over to you")
