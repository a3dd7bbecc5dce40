"""The top bar and the developers' drawer."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from bot.playground.faults import FaultKind
from tests.playground import gallery
from tests.playground.page.stage import Stage

pytestmark = pytest.mark.browser


def test_the_clock_moves_for_everybody(stage: Stage, eva: Page) -> None:
    before = stage.workspace.clock.now()
    eva.get_by_role("button", name="+1 week").click()
    assert stage.workspace.wait_for(lambda: stage.workspace.clock.now() > before + 604_000)
    eva.get_by_role("button", name="Next morning").click()
    expect(eva.locator(".bar-clock")).to_contain_text("09:00")
    now = datetime.fromtimestamp(stage.workspace.clock.now(), ZoneInfo("Europe/Oslo"))
    assert (now.hour, now.minute) == (9, 0)


def test_slack_answers_badly_on_demand(stage: Stage, eva: Page) -> None:
    eva.get_by_role("button", name="Slack answers").click()
    eva.get_by_role("menuitemradio", name="429").click()
    expect(eva.get_by_role("button", name="Slack answers 429")).to_be_visible()
    assert [fault.kind for fault in stage.server.faults.standing()] == [FaultKind.RATE_LIMITED]
    eva.get_by_role("button", name="Slack answers").click()
    eva.get_by_role("menuitemradio", name="normally").click()
    expect(eva.get_by_role("button", name="Slack answers normally")).to_be_visible()
    assert stage.server.faults.standing() == ()


def test_the_bot_is_restarted(stage: Stage, eva: Page) -> None:
    eva.get_by_role("button", name="Restart bot").click()
    expect(eva.get_by_role("status").filter(has_text="The bot was restarted.")).to_be_visible()
    assert stage.restarts == 1


def test_the_drawer_shows_payloads_and_the_bots_log(stage: Stage, eva: Page) -> None:
    stage.post({"type": "actions", "elements": [gallery.button("Undo", value="7")]})
    eva.get_by_role("button", name="Under the hood").click()
    eva.get_by_role("button", name="Undo").click()
    entry = eva.get_by_role("complementary", name="Under the hood").locator("details.entry").first
    expect(entry).to_contain_text("block_actions")
    expect(entry).to_contain_text("acknowledged in 4 ms")
    entry.locator("summary").first.click()
    expect(entry).to_contain_text('"T0PLAYGRND"')
    stage.workspace.journal.write("bot", "ready")
    expect(eva.locator(".log")).to_contain_text("ready")
    expect(entry).to_contain_text('"T0PLAYGRND"')
