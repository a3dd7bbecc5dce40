"""A file is attached to an entry in the browser: a wrong one is refused, another replaced, and Undo brings it back."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from bot.playground.seeds import EVA
from tests.docxes import packed, parts
from tests.journeys.desk import Desk
from tests.journeys.screen import Screen

pytestmark = pytest.mark.browser

OFFER = b"%PDF-1.7\nForty chairs\n%%EOF\n"
TALL = (1280, 1000)


def gives(eva: Screen, file: Path, button: str) -> Locator:
    form = eva.titled("Attach file")
    form.get_by_label("File").set_input_files(file)
    expect(form.get_by_text(file.name)).to_be_visible()
    form.get_by_role("button", name=button, exact=True).click()
    return form


def test_a_file_is_attached_replaced_and_brought_back(desk: Desk, tmp_path: Path) -> None:
    offer, macros, photo = (tmp_path / name for name in ("offer.pdf", "offer.docx", "photo.png"))
    offer.write_bytes(OFFER)
    macros.write_bytes(packed(parts() | {"word/vbaProject.bin": b"x"}))
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40) + b"IEND\xaeB`\x82")
    eva = desk.sits(size=TALL)
    eva.writes("/log call Anna Berg 15m sent the offer as:OUTGOING")
    logged = eva.said("Logged: Outgoing call")
    logged.get_by_role("button", name="More actions").click()
    logged.get_by_role("menuitem", name="Open entry").click()
    eva.titled("Interaction log entry").get_by_role("button", name="Attach file").click()
    expect(gives(eva, macros, "Attach")).to_contain_text("The file holds macros: save it without them")
    gives(eva, offer, "Attach")
    said = eva.titled("Attachment")
    expect(said).to_contain_text("offer.pdf is attached now.")
    said.get_by_role("button", name="Close").first.click()
    entry = eva.titled("Interaction log entry")
    expect(entry).to_contain_text("Attachment  offer.pdf · 1 kB")
    entry.get_by_role("button", name="Show attachment").click()
    eva.titled("Attachment").get_by_role("button", name="Close").first.click()
    assert desk.received(EVA) == [OFFER]
    entry.get_by_role("button", name="Replace file").click()
    expect(eva.titled("Attach file")).to_contain_text("This file takes the place of: offer.pdf · 1 kB")
    gives(eva, photo, "Replace")
    eva.titled("Attachment").get_by_role("button", name="Close").first.click()
    expect(entry).to_contain_text("photo.png")
    entry.get_by_role("button", name="History").click()
    expect(eva.titled("History")).to_contain_text("Attachment  offer.pdf → photo.png")
    for title in ("History", "Interaction log entry"):
        eva.titled(title).get_by_role("button", name="Close", exact=True).last.click()
    eva.closed()
    eva.writes("/log undo")
    expect(eva.said("has the file that it had before")).to_be_visible()
