"""A form that was closed half-way is found again, everything as it was typed."""

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import Desk
from tests.journeys.half_way import half_filled, resumed
from tests.journeys.screen import Screen

pytestmark = pytest.mark.browser


@pytest.fixture
def eva(desk: Desk) -> Screen:
    return desk.sits()


def test_closed_by_its_x_it_waits_in_the_quiet_message(eva: Screen) -> None:
    half_filled(eva)
    eva.presses("Dismiss")
    eva.closed()
    postponed = eva.said("Postponed: Incoming call · Kari Nes")
    resumed(eva, postponed)
    eva.presses("Log")
    eva.closed()
    expect(eva.said("Logged: Incoming call · Kari Nes")).to_contain_text(
        "Tue 17 Nov 09:40 · 15 min · Very Positive"
    )


def test_postponed_it_waits_on_app_home(eva: Screen) -> None:
    half_filled(eva)
    eva.presses("Postpone")
    eva.closed()
    eva.page.get_by_role("link", name="Saleslog").click()
    home = eva.page.locator(".home")
    expect(home).to_contain_text("Incoming call · Kari Nes")
    resumed(eva, home)


def test_lost_in_a_crash_it_waits_under_log_drafts(eva: Screen) -> None:
    half_filled(eva)
    eva.page.get_by_role("button", name="Lose the modal").click()
    eva.closed()
    eva.writes("/log drafts")
    resumed(eva, eva.said("You have 1 postponed interaction"))


def test_discarded_by_mistake_it_comes_back_in_its_place(eva: Screen) -> None:
    half_filled(eva)
    eva.presses("Discard")
    eva.page.get_by_role("alertdialog").get_by_role("button", name="Discard").click()
    discarded = eva.titled("Discarded")
    discarded.get_by_role("button", name="Undo").click()
    expect(eva.titled("Create interaction").get_by_label("Evaluation")).to_have_value("Very Positive")


def test_closed_untouched_it_leaves_no_trace(desk: Desk, eva: Screen) -> None:
    eva.logs()
    eva.presses("Dismiss")
    eva.closed()
    eva.writes("/log drafts")
    eva.said("Nothing is waiting.")
    expect(eva.page.get_by_text("Postponed:")).to_have_count(0)
