"""One whole capture without a mouse."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.desk import Desk
from tests.journeys.screen import Screen

pytestmark = pytest.mark.browser


def tab_to(screen: Screen, wanted: Locator) -> None:
    for _ in range(12):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        screen.page.keyboard.press("Tab")
    expect(wanted).to_be_focused()


def test_a_call_is_logged_with_the_keyboard_alone(desk: Desk) -> None:
    eva = desk.sits()
    keys = eva.page.keyboard
    expect(eva.composer).to_be_focused()
    keys.type("/lo")
    keys.press("Tab")
    expect(eva.composer).to_have_value("/log ")
    keys.press("Enter")
    form = eva.titled("Create interaction")
    contact = form.get_by_role("combobox", name="Contact", exact=True)
    expect(contact).to_be_focused()
    keys.type("anna")
    expect(form.get_by_role("option", name=re.compile("^Anna"))).to_have_count(2)
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(contact).to_have_value(re.compile("^Anna Bergmans"))
    tab_to(eva, form.get_by_role("combobox", name="Interaction template"))
    keys.type("outg")
    expect(form.get_by_role("option", name="Outgoing call")).to_be_visible()
    keys.press("Enter")
    expect(form.get_by_label("Description")).to_have_value("Outgoing call")
    tab_to(eva, form.get_by_label("Comment"))
    keys.type("Agreed the price list")
    tab_to(eva, form.get_by_role("button", name="Log", exact=True))
    keys.press("Enter")
    eva.closed()
    expect(eva.said("Logged: Outgoing call · Anna Bergmans")).to_contain_text("Agreed the price list")
    expect(eva.composer).to_be_focused()
