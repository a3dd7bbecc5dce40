"""One whole capture on a telephone, with fingers."""

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import PHONE, Desk

pytestmark = pytest.mark.browser


def test_a_call_is_logged_on_the_way_and_nothing_sticks_out(desk: Desk) -> None:
    eva = desk.sits(size=PHONE)
    eva.composer.tap()
    form = eva.logs()
    form.get_by_role("combobox", name="Contact", exact=True).fill("odeg")
    form.get_by_role("option", name="Zoë O'Connor-Ødegård").tap()
    eva.chooses_template("outg", "Outgoing call")
    form.get_by_label("Comment").fill("Rang from the train")
    assert eva.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    form.get_by_role("button", name="Log", exact=True).tap()
    eva.closed()
    logged = eva.said("Logged: Outgoing call · Zoë O'Connor-Ødegård")
    expect(logged.get_by_role("button", name="Undo")).to_be_in_viewport()
    assert eva.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    logged.get_by_role("button", name="Undo").tap()
    expect(eva.said("Undone. The draft is back.").get_by_role("button", name="Resume")).to_be_in_viewport()
