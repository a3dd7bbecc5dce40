"""Eva hands in e-mails as files; one is of somebody she does not know yet."""

from pathlib import Path

import pytest
from mails.letters import an_email
from playwright.sync_api import expect

from bot.playground.seeds import EVA
from tests.journeys.desk import Desk
from tests.journeys.screen import Screen

pytestmark = pytest.mark.browser


def hands_in(eva: Screen, file: Path, raw: bytes) -> None:
    file.write_bytes(raw)
    eva.page.get_by_label("Files for the message").set_input_files(file)
    expect(eva.page.get_by_label("Attached files")).to_contain_text(file.name)
    eva.composer.press("Enter")


def test_an_email_of_somebody_unknown_is_answered_and_the_next_one_logs_itself(
    desk: Desk, tmp_path: Path
) -> None:
    workspace = desk.server.workspace
    her = workspace.directory.member(EVA).email
    eva = desk.sits(EVA, workspace.directory.direct(EVA).id)
    asked = an_email("How much for 40?", "Hello Eva", From="Bo Dahl <bo@dahl.example>", To=her)
    hands_in(eva, tmp_path / "how much.eml", asked)
    news = eva.said("1 thing that arrived waits for your answer.")
    expect(news).to_contain_text("Incoming e-mail · Bo Dahl · bo@dahl.example: no contact was found")
    news.get_by_role("button", name="Open the inbox").click()
    eva.titled("Inbox").get_by_role("button", name="New contact Bo Dahl").click()
    expect(eva.titled("Inbox")).to_contain_text("Logged: Incoming e-mail · Bo Dahl")
    eva.presses("Close")
    told = an_email("Prices for 40", "Hello Bo", From=her, To="bo@dahl.example", Message_ID="<2@n.example>")
    hands_in(eva, tmp_path / "prices.eml", told)
    said = eva.said("✓ Logged: E-mail · Bo Dahl")
    expect(said).to_contain_text("“Prices for 40”")
    said.get_by_role("button", name="Open entry").click()
    expect(eva.form).to_contain_text("Prices-for-40.eml")
