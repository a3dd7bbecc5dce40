"""A colleague's message becomes an interaction."""

import re

import pytest
from playwright.sync_api import expect

from bot.playground.seeds import WIM
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_a_message_is_logged_from_its_menu_with_its_words_its_link_and_the_contact_it_names(
    desk: Desk,
) -> None:
    desk.sits(WIM).writes("Zoë O'Connor-Ødegård wants a quote for 40 more")
    eva = desk.sits()
    message = eva.said("wants a quote for 40 more")
    message.hover()
    message.get_by_role("button", name="Message shortcuts").click()
    message.get_by_role("menuitem", name="Log interaction").click()
    form = eva.titled("Create interaction")
    expect(form.get_by_label("Contact")).to_have_value(re.compile("^Zoë O'Connor-Ødegård · Nordlys Kraft AS"))
    comment = form.get_by_label("Comment")
    expect(comment).to_have_value(re.compile("^Zoë O'Connor-Ødegård wants a quote for 40 more"))
    expect(comment).to_have_value(re.compile(r"https?://\S+$"))
    eva.chooses_template("inc", "Incoming call")
    eva.presses("Log")
    eva.closed()
    home = desk.sits(where="home")
    expect(home.page.get_by_text("Incoming call · Zoë O'Connor-Ødegård")).to_be_visible()
