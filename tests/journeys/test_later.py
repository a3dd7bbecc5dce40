"""What comes days and months later, with a bot in a process of its own that is killed in between (issue 3)."""

import csv
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from bot.clock import SystemClock
from bot.demo.run import Demo
from bot.domain.ids import SlackTeam
from bot.playground.seeds import ADA, demo_workspace
from bot.services.contact_import import ContactImport
from bot.services.people import People
from bot.time_machine import write_offset
from storage import schema
from storage.people import mark_as_demo
from storage.store import open_store
from tests.journeys.desk import CUSTOMERS, NOON, seated
from tests.journeys.half_way import half_filled, resumed
from tests.journeys.screen import Screen

pytestmark = pytest.mark.browser
STARTING_MS = 20_000


@pytest.fixture
def address(browser: Browser, tmp_path: Path) -> Iterator[str]:
    """The demo on a Friday afternoon, with a few customers."""
    _prepare(tmp_path)
    demo = Demo(tmp_path)
    yield demo.start(0)
    for context in browser.contexts:
        context.close()
    demo.stop()


def _prepare(folder: Path) -> None:
    """Fill the demo's database before it does so itself, and set its clock."""
    url = f"sqlite:///{folder / 'saleslog.db'}"
    schema.upgrade(url)
    store = open_store(url, SystemClock())
    workspace = People(store, frozenset(), guests_allowed=False).workspace(
        SlackTeam(demo_workspace().team.id)
    )
    with store.begin(workspace) as work:
        mark_as_demo(work.access.connection, workspace)
    ContactImport(store).run(workspace, None, _customers(folder / "customers.csv"))
    store.close()
    write_offset(folder / "clock", timedelta(seconds=NOON.timestamp() - time.time()))


def _customers(file: Path) -> Path:
    with file.open("w", newline="", encoding="utf-8") as rows:
        csv.writer(rows).writerows([("Name", "Company Name", "City"), *CUSTOMERS])
    return file


def restarts(screen: Screen) -> None:
    screen.page.get_by_role("button", name="Restart bot").click()
    expect(screen.page.get_by_text("The bot was restarted.")).to_be_visible(timeout=STARTING_MS)


def waits(screen: Screen, lever: str, times: int = 1) -> None:
    """Move the clock for everybody."""
    shown = screen.page.locator(".bar-clock")
    for _ in range(times):
        before = shown.get_attribute("datetime") or ""
        screen.page.get_by_role("button", name=lever).click()
        expect(shown).not_to_have_attribute("datetime", before)


def looks_into_messages(screen: Screen) -> None:
    screen.page.get_by_role("link", name="Saleslog").click()
    screen.page.get_by_role("link", name="Messages").click()


def test_closed_on_friday_reminded_on_monday_logged_and_taken_back(browser: Browser, address: str) -> None:
    eva = seated(browser, address)
    half_filled(eva)
    eva.presses("Dismiss")
    eva.closed()
    eva.said("Postponed: Incoming call")
    restarts(eva)
    waits(eva, "Next morning", times=3)
    looks_into_messages(eva)
    reminder = eva.said("1 postponed interaction waits for you.")
    expect(reminder).to_contain_text("from Tue 17 Nov")
    resumed(eva, reminder)
    expect(eva.form).to_contain_text("Dated Tue 17 Nov.")
    eva.presses("Log")
    eva.closed()
    logged = eva.said("Logged: Incoming call · Kari Nes")
    expect(logged).to_contain_text("Tue 17 Nov 09:40 · 15 min · Very Positive")
    logged.get_by_role("button", name="Undo").click()
    eva.said("Undone")
    eva.writes("/log drafts")
    resumed(eva, eva.said("You have 1 postponed interaction"))


def keeps_canceled_entries_for_a_week(screen: Screen) -> None:
    screen.writes("/log setup")
    screen.titled("Setup")
    screen.presses("Retention")
    screen.titled("Keep canceled entries").get_by_label("Days").fill("7")
    screen.presses("Save")
    expect(screen.titled("Setup")).to_contain_text("Canceled entries are deleted after 7 days.")
    screen.presses("Close")
    screen.closed()


def takes_two_back(screen: Screen) -> None:
    for line in ("Kari Nes wants a visit", "Anna Bergmans rang back"):
        screen.writes(f"/log call {line} as:OUTGOING")
        screen.said(f"Logged: Outgoing call · {line[:8]}").get_by_role("button", name="Undo").click()
        screen.said(f"Undone. Outgoing call · {line[:8]}")


def announced(screen: Screen, day: str) -> Locator:
    """Wait for the card of this day, and for its file, without which nothing is deleted."""
    card = screen.said("Tomorrow 2 canceled entries are deleted for good")
    screen.said(f"canceled entries {day}.csv")
    return card


def test_canceled_entries_are_announced_kept_announced_again_and_deleted(
    browser: Browser, address: str
) -> None:
    ada, eva = seated(browser, address, ADA), seated(browser, address)
    keeps_canceled_entries_for_a_week(ada)
    takes_two_back(eva)
    looks_into_messages(ada)
    waits(ada, "+1 week")
    announced(ada, "2026-11-27").get_by_role("button", name="Keep these").click()
    ada.said("2 canceled entries are kept until Fri 4 Dec")
    waits(ada, "+1 week")
    announced(ada, "2026-12-04")
    waits(ada, "Next morning", times=2)
    ada.said("Deleted 2 canceled entries. The CSV stays in this conversation.")
    expect(ada.page.get_by_role("button", name="Keep these")).to_have_count(0)
