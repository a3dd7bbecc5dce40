"""An admin makes one of two contacts, and erases a person, in the browser."""

import pytest
from playwright.sync_api import expect

from bot.playground.seeds import ADA
from tests.handlers.walks import logs
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_two_contacts_become_one_and_a_person_is_erased(desk: Desk) -> None:
    (anna,) = desk.eva.bot.services["contacts"].find(desk.eva.person, "Anna Berg Fjordbygg", 1)
    twin = desk.eva.knows("Anne Bergh")
    logs(desk.eva, twin, comment="Agreed the price list")
    desk.eva.at(ADA).types("/log help")
    ada = desk.sits(ADA)
    ada.said("/log")
    ada.writes("/contact merge")
    form = ada.titled("Merge contacts")
    ada.chooses("First contact", "anna fjord", "Anna Berg ")
    ada.chooses("Second contact", "anne", "Anne Bergh")
    ada.presses("Compare")
    expect(form).to_contain_text("Which one stays?")
    ada.chooses("Which one stays?", "Anna", "Anna Berg (")
    ada.presses("Merge")
    ada.closed()
    ada.page.get_by_role("link", name="Saleslog").click()
    ada.page.get_by_role("link", name="Messages").click()
    merged = ada.said("is one with Anna Berg")
    merged.get_by_role("button", name="Show contact").click()
    card = ada.said("Agreed the price list")
    card.get_by_role("button", name="More actions").click()
    ada.page.get_by_role("menuitem", name="Erase person").click()
    form = ada.titled("Erase person")
    number = desk.eva.bot.services["contacts"].get(desk.eva.person, anna.id).number
    form.get_by_label(f"Write {number} to go on").fill(number)
    ada.presses("Erase for good")
    expect(ada.titled("Erase person")).to_contain_text("Done. The person is called “Erased person")
    ada.presses("Close")
    expect(ada.said("The person was erased")).not_to_contain_text("Anna")
    (entry,) = desk.eva.logged()
    assert (entry.entry.contact, entry.entry.comment) == (anna.id, "")
