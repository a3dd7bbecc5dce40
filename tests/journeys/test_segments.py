"""A list of contacts gets one interaction: built, personalised, mended, logged, followed up, taken back."""

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.desk import Desk
from tests.journeys.screen import Screen

pytestmark = pytest.mark.browser

TALL = (1280, 1000)
MAILING = "SEG0001 · Autumn mailing"
LETTER = "Dear {{ contact.first_name }},\n\nour autumn catalogue is out.\n\n{{ salesperson.name }}"
OF_HER_OWN = "Dear Zoë,\n\nthe catalogue for {{ contact.%s }} is on its way."


@pytest.fixture
def eva(desk: Desk) -> Screen:
    """Eva at her messages with the app; nobody looks after one of the customers."""
    desk.leaves_alone(desk.eva.knows("Ola Moe", city="Bergen", email="ola@moe.example"))
    screen = desk.sits(where="home", size=TALL)
    screen.page.get_by_role("link", name="Messages").click()
    expect(screen.composer).to_be_visible()
    return screen


def test_a_mailing_is_built_mended_logged_followed_up_and_undone(desk: Desk, eva: Screen) -> None:
    makes(eva)
    adds(eva, "Bergen", "Tromsø")
    saves_its_criteria(eva)
    message(eva).get_by_role("button", name="Preview").click()
    personalises(eva, "Zoë O'Connor-Ødegård")
    mends(eva, "Ola Moe")
    eva.presses("Close")
    eva.closed()
    logs(eva)
    assert sorted(one.contact_label for one in desk.eva.logged()) == [
        "Anna Berg (Fjordbygg AS)",
        "Ola Moe",
        "Zoë O'Connor-Ødegård (Nordlys Kraft AS)",
    ]
    eva.writes("/segment logged")
    expect(eva.said("Logged segments")).to_contain_text("1 · SEG0001 · Autumn mailing")
    undoes(eva)
    assert desk.eva.logged() == []


def makes(eva: Screen) -> None:
    eva.writes("/segment new Autumn mailing")
    form = eva.titled("New segment")
    eva.chooses("Interaction template", "mailing", "E-mail · Mailing")
    expect(form.get_by_role("combobox", name="Correspondence type")).to_have_value("Email")
    form.locator(".block").filter(has_text="Salesperson").get_by_role("button", name="Clear").click()
    form.get_by_label("Text").fill(LETTER)
    eva.presses("Create")
    eva.closed()
    expect(message(eva)).to_contain_text("each contact's own salesperson")


def adds(eva: Screen, *cities: str) -> None:
    """Add the people of some cities, counted first."""
    message(eva).get_by_role("button", name="Add contacts").click()
    form = eva.titled("Add contacts")
    for city in cities:
        form.get_by_role("combobox", name="City").fill(city)
        form.get_by_role("option", name=city).click()
    form.get_by_role("combobox", name="Type").click()
    form.get_by_role("option", name="Person").click()
    eva.presses("Count")
    expect(form).to_contain_text("Adds 3, already in: 0")
    eva.presses("Add 3")
    eva.closed()
    expect(message(eva)).to_contain_text("3 contacts")
    expect(message(eva)).to_contain_text("Built by: + people · city Bergen or Tromsø")


def saves_its_criteria(eva: Screen) -> None:
    message(eva).get_by_role("button", name="More").click()
    eva.page.get_by_role("menuitem", name="Save criteria").click()
    form = eva.titled("Save criteria")
    form.get_by_label("Code").fill("AUTUMN")
    eva.presses("Save")
    expect(eva.form).to_contain_text("Saved as AUTUMN.")
    eva.presses("Close")
    eva.closed()


def personalises(eva: Screen, name: str) -> None:
    """Write one contact a text of its own; a field that is none is told in time."""
    eva.titled("Preview").get_by_role("button", name=f"Edit the line of {name}").click()
    form = eva.titled("Edit line")
    form.get_by_label("Text").fill(OF_HER_OWN % "compny")
    eva.presses("Save")
    expect(form).to_contain_text("Did you mean contact.company?")
    form.get_by_label("Text").fill(OF_HER_OWN % "company")
    eva.presses("Save")
    expect(eva.titled("Preview")).to_contain_text("the catalogue for Nordlys Kraft AS is on its way.")


def mends(eva: Screen, name: str) -> None:
    """Give a salesperson to the one contact that can't be logged without."""
    preview = eva.titled("Preview")
    expect(preview).to_contain_text(f"1 line can't be logged: {name} has no salesperson.")
    preview.get_by_role("button", name="Mend").click()
    expect(preview.get_by_role("button", name="Edit the line of")).to_have_count(1)
    preview.get_by_role("button", name=f"Edit the line of {name}").click()
    eva.titled("Edit line")
    eva.chooses("Salesperson", "eva", "Eva")
    eva.presses("Save")
    expect(eva.titled("Preview")).to_contain_text("Every line can be logged.")


def logs(eva: Screen) -> None:
    message(eva).get_by_role("button", name="Log…").click()
    form = eva.titled("Log segment")
    expect(form).to_contain_text("Log 3 interactions?")
    expect(form.get_by_role("checkbox", name="Create follow-up segment")).to_be_checked()
    eva.presses("Log")
    eva.closed()
    done = eva.said("✓ Logged 3 interactions of SEG0001 as logged segment 1.")
    expect(done).to_contain_text("Follow-up segment SEG0002 is ready.")


def undoes(eva: Screen) -> None:
    """Take the run back; the follow-up that nobody touched goes with it."""
    eva.said("✓ Logged 3 interactions").get_by_role("button", name="Undo").click()
    eva.said("Undone: the interactions of SEG0001 are taken back, and it is in work again.")
    eva.writes("/segment")
    active = eva.said("Segments in work")
    expect(active).to_contain_text(f"{MAILING} · 3 contacts")
    expect(active).not_to_contain_text("SEG0002")


def message(eva: Screen) -> Locator:
    """The message in which the segment stands."""
    return eva.said(MAILING)
