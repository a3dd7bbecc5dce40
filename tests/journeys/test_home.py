"""App Home, the salesperson's desk, and a contact's card."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.desk import Desk
from tests.journeys.screen import Screen

pytestmark = pytest.mark.browser


def block(screen: Screen, action: str, place: int = 0) -> Locator:
    """The button or menu of one row of App Home."""
    return screen.page.locator(".home").get_by_role("button", name=action, exact=True).nth(place)


def test_the_last_entries_stand_there_and_can_be_taken_back(desk: Desk) -> None:
    eva = desk.sits()
    eva.writes("/log call Kari 10m positive wants a visit")
    eva.said("Logged: Outgoing call · Kari Nes")
    eva.writes("/log meeting Zoë 45m neutral went through the contract")
    eva.said("Zoë O'Connor-Ødegård (Nordlys Kraft AS)")
    eva.page.get_by_role("link", name="Saleslog").click()
    home = eva.page.locator(".home")
    lately = home.locator(".block").filter(has_text="✓ Today")
    expect(lately).to_have_text([re.compile("Zoë O'Connor-Ødegård"), re.compile("Kari Nes")])
    block(eva, "Undo the latest").click()
    expect(lately).to_have_text([re.compile("Kari Nes")])
    assert [one.contact_name for one in desk.eva.logged()] == ["Kari Nes"]
    lately.get_by_role("button", name="More actions").click()
    lately.get_by_role("menuitem", name="Undo", exact=True).click()
    expect(home).to_contain_text("You have logged nothing yet")
    assert desk.eva.logged() == []


def test_a_follow_up_is_done(desk: Desk) -> None:
    eva = desk.sits()
    eva.writes("/log call Kari 10m wants a visit !mon")
    eva.said("Logged: Outgoing call · Kari Nes")
    eva.page.get_by_role("link", name="Saleslog").click()
    home = eva.page.locator(".home")
    expect(home).to_contain_text("Follow-up: Mon 23 Nov")
    block(eva, "Done").click()
    expect(home).not_to_contain_text("Follow-up: Mon 23 Nov")


def test_a_new_contact_is_made_found_and_edited(desk: Desk) -> None:
    eva = desk.sits(where="home")
    block(eva, "New contact").click()
    form = eva.titled("New contact")
    form.get_by_label("Name", exact=True).fill("Søren Ærø")
    form.get_by_label("Company").fill("Færgefart A/S")
    form.get_by_label("E-mail").fill("soren at faergefart")
    eva.presses("Create")
    expect(form.get_by_role("alert")).to_contain_text("Write an address as in")
    form.get_by_label("E-mail").fill("soren@faergefart.example")
    eva.presses("Create")
    eva.closed()
    eva.page.get_by_role("link", name="sales", exact=True).click()
    eva.writes("/contact soren aero")
    eva.said("Søren Ærø · Færgefart A/S").get_by_role("button", name="Edit").click()
    edit = eva.titled("Edit contact")
    edit.get_by_label("Job title").fill("Captain")
    eva.presses("Save")
    eva.closed()
    eva.writes("/contact Søren")
    card = eva.said("Søren Ærø · Captain · Færgefart A/S")
    card.get_by_role("button", name="Log interaction").click()
    expect(eva.titled("Create interaction")).to_contain_text(re.compile("Søren Ærø · Færgefart A/S"))
