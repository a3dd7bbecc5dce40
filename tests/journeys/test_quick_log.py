"""One line instead of a form: ambiguous names, unknown names, what is asked back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def test_an_ambiguous_name_is_asked_about_and_nothing_typed_is_lost(desk: Desk) -> None:
    eva = desk.sits()
    eva.writes("/log call anna 15m positive agreed the price list !fri")
    question = eva.said("Which anna?")
    expect(question).to_contain_text(
        "I kept: Outgoing call, 15 min, Positive, follow-up Fri 27 Nov, “agreed the price list”."
    )
    question.get_by_role("button", name="Anna Bergmans · De Brug NV").click()
    logged = eva.said("Logged: Outgoing call · Anna Bergmans (De Brug NV)")
    expect(logged).to_contain_text("15 min · Positive · follow-up Fri 27 Nov · “agreed the price list”")
    expect(eva.page.get_by_text("Which anna?")).to_have_count(0)
    assert [(one.contact_name, one.entry.duration) for one in desk.eva.logged()] == [("Anna Bergmans", 15)]


def test_an_unknown_name_is_guessed(desk: Desk) -> None:
    eva = desk.sits()
    eva.writes("/log call Bergmanns 10m moved to the new office")
    question = eva.said("I found nobody called")
    question.get_by_role("button", name="Did you mean Anna Bergmans").click()
    expect(eva.said("Logged: Outgoing call · Anna Bergmans")).to_contain_text("moved to the new office")


def test_a_stranger_s_name_leads_to_the_form_with_what_was_read(desk: Desk) -> None:
    eva = desk.sits()
    eva.writes("/log call Xaver 20m negative wants his money back")
    eva.said("I found nobody called").get_by_role("button", name="Open the form").click()
    form = eva.titled("Create interaction")
    expect(form.get_by_label("Interaction template")).to_have_value("Outgoing call")
    expect(form.get_by_label("Evaluation")).to_have_value("Negative")
    expect(form.get_by_label("Comment")).to_have_value("wants his money back")
    eva.chooses("Contact", "berg fjord", "Anna Berg · Fjordbygg AS")
    eva.presses("Log")
    eva.closed()
    expect(eva.said("Logged: Outgoing call · Anna Berg")).to_contain_text("20 min · Negative")
