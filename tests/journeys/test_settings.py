"""Settings in the browser: changed from /log settings, App Home and the reminder."""

from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from tests.handlers.walks import fills
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser


def monday_at(desk: Desk, clock: time) -> None:
    """Let it be next Monday in Oslo, and look after everybody as the clock does."""
    text = desk.eva.bot.people.text(desk.eva.person)
    monday = text.today + timedelta(days=(7 - text.today.weekday()) % 7)
    there = datetime.combine(monday, clock, tzinfo=text.zone)
    desk.server.workspace.shift((there - text.now).total_seconds())
    desk.eva.bot.services["reminders"].remind(lambda _: None)
    desk.eva.bot.outbox.ring()


def test_hours_zone_and_days_off_are_chosen_and_the_reminder_follows(desk: Desk) -> None:
    (anna,) = desk.eva.bot.services["contacts"].find(desk.eva.person, "Anna Berg Fjordbygg", 1)
    eva = desk.sits()
    eva.writes("/log settings")
    form = eva.titled("Settings")
    form.get_by_label("Friday").uncheck()
    form.get_by_label("Working day starts").fill("08:15")
    form.get_by_label("First day").last.fill("2026-12-21")
    eva.presses("Save")
    eva.closed()
    fills(desk.eva, anna.id, comment="asked about delivery")
    desk.eva.leaves()
    monday_at(desk, time(8, 15))
    eva.page.get_by_role("link", name="Saleslog").click()
    expect(eva.page.locator(".home")).to_contain_text("Settings: Mon-Thu 08:15-17:00, Europe/Oslo, English")
    eva.page.get_by_role("link", name="Messages").click()
    said = eva.said("1 postponed interaction waits for you.")
    expect(said).to_contain_text("Reminders come at 08:15 on your working days.")
    said.get_by_role("button", name="Change").click()
    again = eva.titled("Settings")
    expect(again).to_contain_text("Mon 21 Dec")
