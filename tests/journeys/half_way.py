"""A form that somebody filled half-way, and the same form found again."""

import re

from playwright.sync_api import Locator, expect

from tests.journeys.screen import Screen


def half_filled(screen: Screen) -> None:
    form = screen.logs()
    form.get_by_label("Comment").fill("asked about delivery\nand a discount")
    form.get_by_label("Date").fill("2026-11-17")
    form.get_by_label("Time").fill("09:40")
    screen.chooses("Evaluation", "pos", "Very Positive")
    screen.chooses("Contact", "kari", "Kari Nes · Havblikk Eiendom AS")
    screen.chooses_template("inc", "Incoming call")


def resumed(screen: Screen, row: Locator) -> None:
    """Resume it from where it waits; everything is as it was typed."""
    row.get_by_role("button", name="Resume").click()
    form = screen.titled("Create interaction")
    expect(form.get_by_label("Contact")).to_have_value(re.compile("^Kari Nes · Havblikk Eiendom AS"))
    expect(form.get_by_label("Interaction template")).to_have_value("Incoming call")
    expect(form.get_by_label("Date")).to_have_value("2026-11-17")
    expect(form.get_by_label("Time")).to_have_value("09:40")
    expect(form.get_by_label("Evaluation")).to_have_value("Very Positive")
    expect(form.get_by_label("Comment")).to_have_value("asked about delivery\nand a discount")
