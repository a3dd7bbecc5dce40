"""A workspace with the real bot in it, and the people who sit before its page in Chromium."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser

from bot.app import build
from bot.domain.contacts import match_key, search_text
from bot.domain.ids import ContactId
from bot.playground.page import Levers, Page
from bot.playground.seeds import ADA, EVA, SALES, demo_workspace
from bot.playground.server import Server
from storage.store import open_store
from tests.journeys.screen import Screen
from tests.seat import MANIFEST, PlaygroundClock, Seat, connected, settings_for

NOON = datetime(2026, 11, 20, 13, 2, 20, tzinfo=UTC)  # a Friday, two in the afternoon in Oslo
LAPTOP, PHONE = (1280, 800), (390, 844)
PATIENCE_MS = 8000
CUSTOMERS = (
    ("Anna Berg", "Fjordbygg AS", "Bergen"),
    ("Anna Bergmans", "De Brug NV", "Antwerpen"),
    ("Zoë O'Connor-Ødegård", "Nordlys Kraft AS", "Tromsø"),
    ("Kari Nes", "Havblikk Eiendom AS", "Stavanger"),
)


@dataclass(frozen=True)
class Desk:
    """`eva` acts without a browser, to prepare what a journey begins with and to look at what it left."""

    browser: Browser
    eva: Seat

    @property
    def server(self) -> Server:
        return self.eva.slack

    def sits(self, user: str = EVA, where: str = SALES, size: tuple[int, int] = LAPTOP) -> Screen:
        """Return the screen of somebody who looks at a channel, or at "home"."""
        return seated(self.browser, self.server.url, user, where, size)

    def knows(self, *contacts: tuple[str, str, str]) -> None:
        """Put contacts into the address book: name, company, city."""
        ada = self.eva.at(ADA)
        for name, company, city in contacts:
            ada.knows(name, company_name=company, city=city, email=_address(name))

    def received(self, user: str) -> list[bytes]:
        """Return the files in somebody's direct message, once there are some."""
        workspace = self.server.workspace
        channel = workspace.directory.direct(user).id

        def found() -> list[bytes]:
            seen = workspace.seen_by(user, channel)
            return [workspace.files.file(one).content for message in seen for one in message.files]

        assert workspace.wait_for(lambda: bool(found()), 10)
        return found()

    def leaves_alone(self, contact: int) -> None:
        """Leave a contact without a salesperson, as an import does that names none."""
        with self.eva.bot.store.begin(self.eva.workspace) as work:
            found = work.contacts.get(ContactId(contact))
            assert found is not None
            alone = replace(found, salesperson=None)
            work.contacts.change(alone, search_text(alone), match_key(alone))


def seated(
    browser: Browser, address: str, user: str = EVA, where: str = SALES, size: tuple[int, int] = LAPTOP
) -> Screen:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=size == PHONE,
        locale="en-GB",
        timezone_id="Europe/Oslo",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{address}/?as={user}&in={where}")
    page.wait_for_selector("body[data-ready]")
    return Screen(page)


@contextmanager
def opened(browser: Browser, database: Path) -> Iterator[Desk]:
    """A workspace whose clock begins at `NOON`, the bot connected, on a database with today's schema."""
    workspace = demo_workspace(NOON.timestamp() - time.time())
    levers = Levers(shift_clock=workspace.shift)
    with Server(MANIFEST, workspace, page=Page(levers).routes) as server:
        url, clock = f"sqlite:///{database}", PlaygroundClock(workspace)
        with connected(build(settings_for(server, url), clock, open_store(url, clock)), server) as bot:
            yield Desk(browser, Seat(server, bot))
            for context in browser.contexts:
                context.close()


def _address(name: str) -> str:
    return ".".join(re.findall(r"[a-z]+", name.lower())) + "@customer.example"
