"""Interaction groups, templates, what records what, and number series, as an admin sets them up in Slack."""

import pytest
from seat import Seat

from bot.playground.places import Place
from bot.playground.seeds import ADA


@pytest.fixture
def ada(eva: Seat) -> Seat:
    """An admin on the setup page."""
    ada = eva.at(ADA)
    ada.types("/log setup")
    ada.sees_form("Setup")
    return ada


def errors(outcome: object) -> object:
    return (getattr(outcome, "response", None) or {}).get("errors")


def test_an_admin_makes_a_group_and_a_template_and_eva_logs_with_it(ada: Seat, eva: Seat) -> None:
    ada.presses("templates")
    ada.sees_form("Templates")
    ada.presses("groups")
    ada.sees_form("Interaction groups")
    ada.presses("new_group")
    ada.sees_form("New group")
    ada.writes("code", "event")
    ada.writes("description", "Events")
    ada.submits()
    ada.sees(lambda: "Events · EVENT · 0 templates" in ada.reads())
    ada.presses("templates")
    ada.sees_form("Templates")
    ada.presses("new_template")
    ada.sees_form("New template")
    ada.writes("code", "OUTGOING")
    ada.chooses("group", "Events · EVENT")
    ada.writes("description", "Golf event")
    ada.writes("duration", "1.5")
    assert errors(ada.submits()) == {
        "code": "OUTGOING is taken. Choose another code.",
        "duration": "Write whole minutes, as in 15, or hours, as in 1h30; at most 24 hours.",
    }
    ada.writes("code", "golf")
    ada.writes("duration", "1h30")
    ada.submits()
    ada.sees_form("Interaction template")
    assert "GOLF" in ada.reads()
    eva.knows("Anna Berg")
    eva.types("/log golf Anna agreed")
    eva.hears("1 h 30 min")
    ada.presses("templates")
    ada.sees(lambda: "Golf event · GOLF · 1 interaction · 1 h 30 min" in ada.reads())


def test_a_template_gets_a_language_is_retired_and_comes_back(ada: Seat) -> None:
    ada.presses("templates")
    ada.sees_form("Templates")
    ada.presses("open_template")
    ada.sees_form("Interaction template")
    ada.presses("add_language")
    ada.sees_form("Language")
    ada.picks("template_language", ada.searches("bokm", "template_language")["Norwegian Bokmål (nb)"])
    ada.writes("description", "Telefonsamtale")
    ada.submits()
    ada.sees(lambda: "Telefonsamtale" in ada.reads())
    ada.presses("edit_language")
    ada.sees_form("Language")
    ada.writes("description", "Samtale")
    ada.submits()
    ada.sees(lambda: "Norwegian Bokmål (nb) · Samtale" in ada.reads())
    ada.presses("remove_language")
    ada.sees(lambda: "Samtale" not in ada.reads())
    ada.presses("retire_template")
    ada.sees(lambda: "Retired: nobody can choose it" in ada.reads())
    ada.presses("revive_template")
    ada.sees(lambda: "Retired" not in ada.reads())
    ada.presses("delete_template")
    ada.sees(lambda: "is deleted." in ada.reads())


def test_an_admin_chooses_what_is_recorded_how_and_how_things_are_numbered(ada: Seat, eva: Seat) -> None:
    ada.presses("template_setup")
    ada.sees_form("Recording")
    assert ada.holds("recorded_email")
    ada.picks(
        "recorded_sales_quote", ada.searches("business", "recorded_sales_quote")["Business letter · BUS"]
    )
    ada.submits()
    ada.sees_form("Setup")
    ada.presses("template_setup")
    ada.sees(lambda: "Business letter" in ada.reads())
    ada.leaves()
    ada.presses("number_series")
    ada.sees_form("Number series")
    ada.acts.press(ada.user, Place.view(ada.view.id), "series.CONTACT", "edit_series")
    ada.sees(lambda: "next_number" in ada.reads())
    ada.writes("prefix", "K")
    ada.writes("digits", "ten")
    assert errors(ada.submits()) == {"digits": "Write a whole number from 1 to 9."}
    ada.writes("digits", "4")
    ada.submits()
    ada.sees(lambda: "Contacts · next K0001" in ada.reads())
    eva.types("/log setup")
    eva.hears("Only an admin can do this.")
