"""`make screenshots`: the pictures of the README, at a set hour with set people."""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import expect

from bot.domain.purge import RETENTION
from bot.playground.seeds import ADA, EVA, GENERAL, MAX, WIM
from storage import schema
from tests.browser import chromium, launched
from tests.journeys.desk import CUSTOMERS, NOON, PHONE, Desk, opened
from tests.journeys.screen import Screen

PICTURES = Path("docs/screenshots")
TALL = (1280, 1040)
MONDAY_MORNING = datetime(2026, 11, 23, 8, 0, 20, tzinfo=UTC)  # nine o'clock in Oslo


def main() -> None:
    path = chromium()
    if path is None:
        sys.exit("There is no Chromium here; install it and try again.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, launched(path) as browser:
        database = Path(folder) / "saleslog.db"
        schema.upgrade(f"sqlite:///{database}")
        with opened(browser, database) as desk:
            desk.knows(*CUSTOMERS)
            for picture in (form, logged, quick_log, contact, postponed, home, phone_home, phone_form):
                picture(desk)
            for picture in (drafts, reminder, purge):
                picture(desk)


def form(desk: Desk) -> None:
    eva = desk.sits(size=TALL)
    _filled(eva)
    eva.form.screenshot(path=PICTURES / "form.png", animations="disabled", caret="hide")
    _discarded(eva)


def logged(desk: Desk) -> None:
    eva = desk.sits()
    _filled(eva)
    eva.presses("Log")
    eva.closed()
    eva.said("Logged: Outgoing call · Zoë O'Connor-Ødegård")
    middle(eva, "logged")


def quick_log(desk: Desk) -> None:
    wim = desk.sits(WIM)
    wim.writes("/log call anna 15m positive agreed the price list !fri")
    wim.said("Which anna?")
    middle(wim, "quick-log")


def contact(desk: Desk) -> None:
    _writes(desk, WIM, "/log email Anna Berg neutral sent the offer")
    _writes(desk, EVA, "/log meeting Anna Berg 45m positive walked through the offer")
    _writes(desk, MAX, "/log call Anna Berg 10m asked when the offer ends")
    max_ = desk.sits(MAX)
    max_.writes("/contact anna berg")
    max_.said("Last interactions")
    middle(max_, "contact")


def postponed(desk: Desk) -> None:
    ada = desk.sits(ADA)
    _half_filled(ada)
    ada.presses("Dismiss")
    ada.closed()
    ada.said("Postponed: Incoming call")
    middle(ada, "postponed")


def home(desk: Desk) -> None:
    _writes(desk, EVA, "/log call Kari 20m wants to see the flat again !mon")
    eva = desk.sits()
    _half_filled(eva)
    eva.presses("Postpone")
    eva.closed()
    eva.page.get_by_role("link", name="Saleslog").click()
    expect(eva.page.locator(".home")).to_contain_text("Incoming call · Anna Bergmans")
    middle(eva, "home")


def phone_home(desk: Desk) -> None:
    eva = desk.sits(where="home", size=PHONE)
    expect(eva.page.locator(".home")).to_contain_text("Incoming call · Anna Bergmans")
    whole(eva, "phone-home")


def phone_form(desk: Desk) -> None:
    eva = desk.sits(size=PHONE)
    _filled(eva)
    whole(eva, "phone-form")
    _discarded(eva)


def drafts(desk: Desk) -> None:
    _postponed(desk, "Kari Nes · Havblikk Eiendom AS", "Wants to see the flat once more")
    eva = desk.sits()
    eva.writes("/log drafts")
    eva.said("You have 2 postponed interactions")
    middle(eva, "drafts")


def reminder(desk: Desk) -> None:
    eva = desk.sits(where="home")
    _looks_into_messages(eva)
    desk.server.workspace.shift((MONDAY_MORNING - NOON).total_seconds())
    desk.eva.bot.services["reminders"].remind(lambda _: None)
    desk.eva.bot.outbox.ring()
    eva.said("2 postponed interactions and 1 follow-up wait for you.")
    middle(eva, "reminder")


def purge(desk: Desk) -> None:
    for line in ("Anna Bergmans rang back", "Kari Nes number was wrong", "Zoë was somebody else"):
        _writes(desk, EVA, f"/log call {line} as:OUTGOING")
    for listed in desk.eva.logged()[:3]:
        desk.eva.bot.services["entries"].cancel(desk.eva.person, listed.entry.id, None)
    ada = desk.sits(ADA, where="home")
    _looks_into_messages(ada)
    desk.server.workspace.shift(RETENTION.total_seconds())
    desk.eva.bot.services["purge"].run()
    ada.said(".csv")
    ada.said("Tomorrow 3 canceled entries are deleted for good")
    middle(ada, "purge")


def whole(screen: Screen, name: str) -> None:
    screen.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")


def middle(screen: Screen, name: str) -> None:
    """Take what the person reads, without the bars around it."""
    part = screen.page.get_by_role("main")
    part.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")


def _filled(screen: Screen) -> None:
    dialog = screen.logs()
    dialog.get_by_label("Comment").fill("Agreed the price list for 2027")
    screen.chooses("Evaluation", "pos", "Positive")
    screen.chooses_template("outg", "Outgoing call")
    screen.chooses("Contact", "odegard", "Zoë O'Connor-Ødegård · Nordlys Kraft AS")
    expect(dialog).to_contain_text("Saved at")


def _half_filled(screen: Screen) -> None:
    dialog = screen.logs()
    dialog.get_by_label("Comment").fill("Asked when the second lot comes")
    screen.chooses("Contact", "bergmans", "Anna Bergmans · De Brug NV")
    screen.chooses_template("inc", "Incoming call")


def _discarded(screen: Screen) -> None:
    screen.presses("Discard")
    screen.page.get_by_role("alertdialog").get_by_role("button", name="Discard").click()
    screen.titled("Discarded").get_by_role("button", name="Close").click()
    screen.closed()


def _postponed(desk: Desk, contact: str, words: str) -> None:
    """Let Eva put one more form off, where no picture is taken."""
    eva = desk.sits(where=GENERAL)
    dialog = eva.logs()
    dialog.get_by_label("Comment").fill(words)
    eva.chooses("Contact", contact.split(maxsplit=1)[0], contact)
    eva.chooses_template("outg", "Outgoing call")
    eva.presses("Postpone")
    eva.closed()


def _looks_into_messages(screen: Screen) -> None:
    screen.page.get_by_role("link", name="Messages").click()
    expect(screen.composer).to_be_visible()


def _writes(desk: Desk, user: str, line: str) -> None:
    """Let somebody log a line where no picture is taken."""
    screen = desk.sits(user, GENERAL)
    screen.writes(line)
    screen.said("Logged:")


if __name__ == "__main__":
    main()
