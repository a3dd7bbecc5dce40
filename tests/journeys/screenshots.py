"""`make screenshots`: the pictures of the README, at a set hour with set people."""

import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import expect

from bot.demo.entries import seed_drafts, seed_entries
from bot.domain.purge import RETENTION
from bot.playground.seeds import ADA, EVA, GENERAL, MAX, WIM
from storage import schema
from tests.browser import chromium, launched
from tests.journeys.desk import CUSTOMERS, LAPTOP, NOON, PHONE, Desk, opened
from tests.journeys.screen import Screen
from tests.journeys.test_documents import reported

PICTURES = Path("docs/screenshots")
TALL, LOW = (1280, 1040), (1280, 560)
MAILING = "SEG0001 · Autumn mailing"
LETTER = (
    "Dear {{ contact.first_name }},\n\nour autumn catalogue is out. For {{ contact.company | default('you') }} "
    "I marked the pages about the blue series.\n\n{{ salesperson.name }}"
)
OF_HER_OWN = "Dear Ingrid,\n\nthank you for the visit. The catalogue that I promised is on its way."
RECIPIENTS = (
    ("Ingrid Solheim", "Nordfisk AS", "Bergen"),
    ("Jonas Lie", "Lie & Sønner AS", "Bergen"),
    ("Marte Dahl", "Dahl Arkitekter AS", "Oslo"),
    ("Silje Brekke", "Brekke Bygg AS", "Oslo"),
)
MONDAY_MORNING = datetime(2026, 11, 23, 8, 0, 20, tzinfo=UTC)  # nine o'clock in Oslo


def main() -> None:
    path = chromium()
    if path is None:
        sys.exit("There is no Chromium here; install it and try again.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, launched(path) as browser:
        with opened(browser, _fresh(Path(folder) / "saleslog.db")) as desk:
            desk.knows(*CUSTOMERS)
            for picture in (
                form,
                logged,
                quick_log,
                contact,
                postponed,
                browse,
                home,
                phone_home,
                phone_form,
            ):
                picture(desk)
            for picture in (segment, segment_preview, segment_log, drafts, reminder, purge):
                picture(desk)

        with opened(browser, _fresh(Path(folder) / "team.db")) as desk:
            desk.knows(*CUSTOMERS)
            manager_home(desk)
            digest(desk)

        with opened(browser, _fresh(Path(folder) / "inbox.db")) as desk:
            desk.knows(*CUSTOMERS)
            inbox(desk)


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


def manager_home(desk: Desk) -> None:
    """Take the picture of a manager's App Home, with eight weeks of a team behind it."""
    seats = [desk.eva.at(user).person for user in (EVA, WIM, MAX)]
    store, workspace = desk.eva.bot.store, desk.eva.workspace
    with store.begin(workspace) as work:
        north = work.people.add_team("North")
        work.teams.move(frozenset(one.id for one in seats[:2]), north)
        work.teams.let_manage(north, frozenset({seats[2].id}))
        known = work.contacts.first(len(CUSTOMERS) * 2)
    seed_entries(store, workspace, seats, known)
    seed_drafts(store, workspace, seats, known)
    max_ = desk.sits(MAX, where="home", size=(1280, 1330))
    expect(max_.page.locator(".home")).to_contain_text("My teams")
    max_.page.locator(".home").screenshot(path=PICTURES / "manager-home.png", animations="disabled")


def inbox(desk: Desk) -> None:
    """Take the picture of what arrived and asks."""
    _writes(desk, ADA, "/log call Anna Berg 5m said when the invoice comes")
    reported(desk, contact={"company": "Fjordbygg AS"})
    reported(desk, type="cover_sheet", number="PL-7", contact={"company": "Havbygg AS"})
    reported(desk, type="cover_sheet", number="PL-8", contact={"company": "De Brug NV"})
    reported(desk, type="packing slip", number="881", contact={"email": "anna.berg@customer.example"})
    ada = desk.sits(ADA)
    ada.writes("/log inbox")
    ada.titled("Inbox").screenshot(path=PICTURES / "inbox.png", animations="disabled", caret="hide")


def digest(desk: Desk) -> None:
    """Take the picture of the digest of the week before, of the team of `manager_home`."""
    max_ = desk.sits(MAX, size=(1280, 1500))
    max_.writes("/log digest")
    max_.said("so far").get_by_role("button", name="Last week").click()
    shown = max_.said("week 46 (9–15 Nov)")
    shown.screenshot(path=PICTURES / "digest.png", animations="disabled")


def browse(desk: Desk) -> None:
    ada = desk.sits(ADA, size=TALL)
    ada.writes("/log list by:all last:30d")
    ada.said("last 30 days").scroll_into_view_if_needed()
    middle(ada, "list")
    ada.writes('/log find offer with:"anna berg" last:7d')
    ada.said("“offer”, with Anna Berg, last 7 days").scroll_into_view_if_needed()
    middle(ada, "find")


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


def segment(desk: Desk) -> None:
    desk.knows(*RECIPIENTS)
    desk.leaves_alone(desk.eva.knows("Ola Moe", city="Oslo", email="ola@moe.example"))
    max_ = _at_messages(desk, MAX, LOW)
    _mailing(max_)
    _by_criteria(max_, "Add contacts", "Add", "Bergen", "Oslo")
    _by_criteria(max_, "Reduce contacts", "Take out")
    expect(max_.said(MAILING)).to_contain_text("− an interaction since")
    middle(max_, "segment")


def segment_preview(desk: Desk) -> None:
    max_ = _at_messages(desk, MAX, TALL)
    max_.said(MAILING).get_by_role("button", name="Preview").click()
    max_.titled("Preview").get_by_role("button", name="Edit the line of Ingrid").click()
    max_.titled("Edit line").get_by_label("Text").fill(OF_HER_OWN)
    max_.presses("Save")
    expect(max_.titled("Preview")).to_contain_text("thank you for the visit")
    max_.form.screenshot(path=PICTURES / "segment-preview.png", animations="disabled", caret="hide")
    max_.presses("Close")
    max_.closed()


def segment_log(desk: Desk) -> None:
    max_ = _at_messages(desk, MAX, TALL)
    max_.said(MAILING).get_by_role("button", name="Log…").click()
    max_.titled("Log segment").get_by_role("checkbox", name="Log the rest later").check()
    max_.form.screenshot(path=PICTURES / "segment-log.png", animations="disabled", caret="hide")
    max_.presses("Log")
    max_.closed()
    max_ = _at_messages(desk, MAX, LOW)
    max_.said("✓ Logged 4 interactions of SEG0001")
    expect(max_.said(MAILING)).to_contain_text("5 contacts · logged")
    middle(max_, "segment-logged")


def drafts(desk: Desk) -> None:
    _postponed(desk, "Kari Nes · Havblikk Eiendom AS", "Wants to see the flat once more")
    eva = desk.sits()
    eva.writes("/log drafts")
    eva.said("You have 2 postponed interactions")
    middle(eva, "drafts")


def reminder(desk: Desk) -> None:
    eva = _at_messages(desk, EVA)
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
    ada = _at_messages(desk, ADA)
    desk.server.workspace.shift(RETENTION.total_seconds())
    desk.eva.bot.services["purge"].run()
    ada.said(".csv")
    ada.said("Tomorrow 3 canceled entries are deleted for good")
    middle(ada, "purge")


def whole(screen: Screen, name: str) -> None:
    screen.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")


def middle(screen: Screen, name: str) -> None:
    """Take what the person reads, without the bars around it."""
    screen.page.mouse.move(0, 0)
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


def _mailing(screen: Screen) -> None:
    """Make a segment whose contacts keep their own salespeople."""
    screen.writes("/segment new Autumn mailing")
    form = screen.titled("New segment")
    screen.chooses("Interaction template", "mailing", "E-mail · Mailing")
    expect(form.get_by_role("combobox", name="Correspondence type")).to_have_value("Email")
    form.locator(".block").filter(has_text="Salesperson").get_by_role("button", name="Clear").click()
    form.get_by_label("Text").fill(LETTER)
    screen.presses("Create")
    screen.closed()


def _by_criteria(screen: Screen, choice: str, act: str, *cities: str) -> None:
    """Add the people of some cities; without a city, take out those with whom somebody spoke this week."""
    message = screen.said(MAILING)
    if cities:
        message.get_by_role("button", name=choice).click()
    else:
        message.get_by_role("button", name="More actions").click()
        screen.page.get_by_role("menuitem", name=choice).click()
    form = screen.titled(choice)
    for city in cities:
        form.get_by_role("combobox", name="City").fill(city)
        form.get_by_role("option", name=city).click()
    if cities:
        form.get_by_role("combobox", name="Type").click()
        form.get_by_role("option", name="Person").click()
    else:
        form.get_by_label("An interaction since", exact=True).fill("2026-11-16")
    screen.presses("Count")
    form.get_by_role("button", name=re.compile(f"^{act} ")).click()
    screen.closed()


def _at_messages(desk: Desk, user: str, size: tuple[int, int] = LAPTOP) -> Screen:
    """Let somebody look at what the app said to him."""
    screen = desk.sits(user, where="home", size=size)
    screen.page.get_by_role("link", name="Messages").click()
    expect(screen.composer).to_be_visible()
    return screen


def _writes(desk: Desk, user: str, line: str) -> None:
    """Let somebody log a line where no picture is taken."""
    screen = desk.sits(user, GENERAL)
    screen.writes(line)
    screen.said("Logged:")


def _fresh(database: Path) -> Path:
    schema.upgrade(f"sqlite:///{database}")
    return database


if __name__ == "__main__":
    main()
