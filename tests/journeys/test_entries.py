"""The interaction log: several entries put right at once, and what history tells of it."""

import pytest
from playwright.sync_api import Locator, expect

from bot.playground.seeds import EVA
from tests.journeys.desk import Desk
from tests.journeys.screen import Screen

pytestmark = pytest.mark.browser

TALL = (1280, 1000)
LIST = "Interaction log entries"
CALLS = ("Kari wants a visit", "Zoë asked for the contract", "Anna Bergmans rang back")


def logs(screen: Screen) -> None:
    for line in CALLS:
        screen.writes(f"/log call {line} as:OUTGOING")
        screen.said("Logged: Outgoing call")
        expect(screen.page.get_by_role("article").filter(has_text="Logged: Outgoing call")).to_have_count(
            CALLS.index(line) + 1
        )


def row(place: Locator, words: str) -> Locator:
    return place.locator(".block").filter(has_text=words)


def chooses(place: Locator, words: str, choice: str) -> None:
    """Choose something in the ⋯ menu of one row."""
    there = row(place, words)
    there.get_by_role("button", name="More actions").click()
    there.get_by_role("menuitem", name=choice, exact=True).click()


def test_several_are_put_right_and_taken_back(desk: Desk) -> None:
    eva = desk.sits()
    logs(eva)
    eva.writes("/log list")
    listed = eva.said(LIST)
    expect(listed).to_contain_text("Yours · not canceled · 3 entries")
    listed.get_by_role("button", name="Cancel several…").click()
    form = eva.titled("Cancel several")
    expect(form.get_by_role("checkbox", name="rang back")).to_have_count(1)
    form.get_by_role("checkbox").nth(0).check()
    form.get_by_role("checkbox").nth(1).check()
    eva.presses("Continue")
    expect(form).to_contain_text("Cancel 2 interactions?")
    eva.presses("Cancel 2")
    eva.closed()
    done = eva.said("Canceled 2 interactions:")
    expect(eva.said(LIST)).to_contain_text("Yours · not canceled · 1 entry")
    eva.said(LIST).get_by_role("checkbox").check()
    expect(row(eva.said(LIST), "Canceled: ")).to_have_count(2)
    expect(eva.said(LIST).get_by_role("checkbox")).to_be_checked()
    done.get_by_role("button", name="Undo").click()
    expect(eva.said("Undone: 2 interactions count again.")).to_be_visible()
    assert len(desk.eva.logged()) == 3


def test_one_is_judged_and_its_history_tells_so(desk: Desk) -> None:
    eva = desk.sits(size=TALL)
    logs(eva)
    eva.writes("/log list")
    chooses(eva.said(LIST), "wants a visit", "Evaluate")
    eva.titled("Evaluate")
    eva.chooses("Evaluation", "very p", "Very Positive")
    eva.presses("Evaluate")
    eva.closed()
    expect(row(eva.said(LIST), "wants a visit")).to_contain_text("Very Positive")
    chooses(eva.said(LIST), "wants a visit", "History")
    history = eva.titled("History")
    expect(history).to_contain_text("Evaluation  (empty) → Very Positive")
    expect(history).to_contain_text("Logged as entry no.")


def test_the_log_opens_over_app_home_and_leads_there_and_back(desk: Desk) -> None:
    logs(desk.sits())
    eva = desk.sits(EVA, "home")
    eva.page.locator(".home").get_by_role("button", name="All my entries").click()
    listed = eva.titled(LIST)
    expect(listed).to_contain_text("Yours · not canceled · 3 entries")
    chooses(listed, "rang back", "Open")
    eva.titled("Interaction log entry")
    eva.presses("Back to the list")
    chooses(eva.titled(LIST), "rang back", "Cancel")
    expect(eva.titled(LIST)).to_contain_text("Yours · not canceled · 2 entries")
    listed.get_by_role("checkbox", name="Show canceled").check()
    expect(eva.titled(LIST)).to_contain_text("Canceled: ")


def test_the_log_is_narrowed_by_its_selects_and_searched_by_a_line(desk: Desk) -> None:
    eva = desk.sits(size=TALL)
    logs(eva)
    eva.writes("/log list")
    listed = eva.said(LIST)
    contact = listed.get_by_role("combobox", name="Any contact")
    contact.fill("kari")
    listed.get_by_role("option", name="Kari").click()
    expect(eva.said(LIST)).to_contain_text("Yours · with Kari Nes · not canceled · 1 entry")
    eva.said(LIST).get_by_role("button", name="All filters…").click()
    eva.titled("All filters")
    eva.form.get_by_label("Words").fill("contract")
    eva.presses("Show")
    eva.closed()
    expect(eva.said(LIST)).to_contain_text("0 entries")
    eva.writes("/log find contract with:zoë last:30d by:me is:canceled")
    said = eva.said("with Zoë O'Connor-Ødegård, last 30 days, only canceled ones, by you · 0 found")
    said.get_by_role("button", name="Also canceled").click()
    expect(eva.said("canceled ones too")).to_contain_text("1 entry")
