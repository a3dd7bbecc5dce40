"""A salesperson and his manager, each at home: the same week from both sides (issue 5)."""

import re

import pytest
from playwright.sync_api import expect

from bot.domain.people import Role
from bot.playground.seeds import EVA, MAX
from tests.journeys.desk import PHONE, Desk
from tests.journeys.screen import Screen

pytestmark = pytest.mark.browser


def at_home(desk: Desk, user: str) -> Screen:
    """Return the screen of somebody who looks at App Home."""
    screen = desk.sits(user, "home")
    expect(screen.page.locator(".home")).to_contain_text("Needs you")
    return screen


@pytest.fixture
def north(desk: Desk) -> Desk:
    """Max manages Eva."""
    eva, max_ = desk.eva.person, desk.eva.at(MAX).person
    with desk.eva.bot.store.begin(desk.eva.workspace) as work:
        work.teams.move(frozenset({eva.id}), work.people.add_team("North"))
        work.teams.let_manage(next(team.id for team in work.teams.all()), frozenset({max_.id}))
    assert desk.eva.at(MAX).person.role is Role.MANAGER
    return desk


def test_what_a_salesperson_logs_shows_at_her_home_and_at_her_managers(north: Desk) -> None:
    max_ = at_home(north, MAX)
    team = max_.page.locator(".home .block").filter(has_text=re.compile("^North"))
    expect(team).to_contain_text("Nothing logged this week: Eva")
    eva = north.sits(EVA)
    eva.writes("/log call Kari 10m very positive wants a visit")
    eva.said("Logged: Outgoing call · Kari Nes")
    expect(team).to_contain_text("1 interaction with 1 contact, 10 min · last week 0")
    expect(team).not_to_contain_text("Nothing logged")

    eva.page.get_by_role("link", name="Saleslog").click()
    home = eva.page.locator(".home")
    expect(home).to_contain_text("1 interaction with 1 contact, 10 min · last week 0")
    chart = home.get_by_role("img", name="Bar chart, Interactions per day.")
    expect(chart).to_have_accessible_name(re.compile("Fri: This week 1, Last week 0"))
    home.get_by_role("button", name="Show my interactions of this week").click()
    expect(eva.form).to_contain_text("Kari Nes")

    max_.page.get_by_role("button", name="Entries of the team North").click()
    expect(max_.form).to_contain_text("wants a visit")

    small = north.sits(EVA, "home", PHONE)
    expect(small.page.locator(".home .chart svg")).to_be_visible()
    assert small.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
