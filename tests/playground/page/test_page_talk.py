"""Conversations in the browser: writing, commands, shortcuts, messages of the app, two people at once."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.playground.seeds import EVA, GENERAL, SALES, WIM
from tests.playground import gallery
from tests.playground.forms import TEXT, field, option, plain
from tests.playground.page.stage import SMALL_PHONE, Stage, seated

pytestmark = pytest.mark.browser


def test_one_writes_and_the_other_reads(browser: Browser, stage: Stage, eva: Page) -> None:
    wim = seated(browser, stage, WIM)
    eva.get_by_label("Message #sales").fill("Anna wants *forty* more")
    eva.keyboard.press("Enter")
    message = wim.get_by_role("article", name="Eva Lindqvist-Bakke").last
    expect(message).to_contain_text("Anna wants forty more")
    expect(message.locator("b", has_text="forty")).to_be_visible()
    expect(eva.get_by_label("Message #sales")).to_have_value("")
    wim.context.close()


def test_a_command_is_completed_and_sent(stage: Stage, eva: Page) -> None:
    box = eva.get_by_label("Message #sales")
    box.press_sequentially("/fo")
    expect(eva.get_by_role("option", name="/form")).to_contain_text("A form")
    eva.keyboard.press("Enter")
    expect(box).to_have_value("/form ")
    expect(eva.get_by_text("/form", exact=True).last).to_be_visible()
    eva.keyboard.type("call Anna")
    eva.keyboard.press("Enter")
    assert stage.workspace.wait_for(lambda: bool(stage.heard))
    assert (stage.heard[0]["command"], stage.heard[0]["text"]) == ("/form", "call Anna")


def test_a_whole_command_is_sent_by_one_enter(stage: Stage, eva: Page) -> None:
    eva.get_by_label("Message #sales").fill("/form")
    eva.keyboard.press("Enter")
    assert stage.workspace.wait_for(lambda: bool(stage.heard))


def test_shift_enter_makes_a_line_and_an_unknown_command_is_slacks_to_refuse(stage: Stage, eva: Page) -> None:
    box = eva.get_by_label("Message #sales")
    box.fill("one")
    eva.keyboard.press("Shift+Enter")
    eva.keyboard.type("two")
    expect(box).to_have_value("one\ntwo")
    box.fill("/nonsense")
    eva.keyboard.press("Enter")
    refusal = eva.locator("article.ephemeral").last
    expect(refusal).to_contain_text("Only visible to you")
    expect(refusal).to_contain_text("/nonsense is not a valid command.")


def test_what_is_only_for_one_is_not_seen_by_others(browser: Browser, stage: Stage, eva: Page) -> None:
    wim = seated(browser, stage, WIM)
    stage.post(gallery.section("Logged for you"), only_for=EVA)
    stage.post(gallery.section("For everybody"))
    expect(wim.get_by_text("For everybody")).to_be_visible()
    expect(wim.get_by_text("Logged for you")).to_have_count(0)
    expect(eva.locator("article.ephemeral")).to_contain_text("Logged for you")
    wim.context.close()


def test_buttons_menus_and_fields_of_a_message(stage: Stage, eva: Page) -> None:
    select = {"type": "static_select", "action_id": "which", "options": gallery.COLOURS}
    buttons = {
        "type": "actions",
        "block_id": "a",
        "elements": [gallery.button("Undo", value="7"), gallery.OVERFLOW],
    }
    stage.post(gallery.section("Colour?", accessory=select), buttons)
    message = eva.get_by_role("article").last
    message.get_by_role("button", name="Undo").click()
    assert stage.wait("block_actions")[0]["actions"][0]["value"] == "7"
    message.get_by_role("button", name="More actions").click()
    expect(eva.get_by_role("menuitem", name="Edit result")).to_be_focused()
    eva.keyboard.press("ArrowDown")
    eva.keyboard.press("Enter")
    assert stage.wait("block_actions", 2)[1]["actions"][0]["selected_option"] == option("Open entry")
    message.get_by_label("Colour?").fill("blue")
    eva.keyboard.press("Enter")
    told = stage.wait("block_actions", 3)[2]
    assert told["actions"][0]["selected_option"] == gallery.COLOURS[2]
    assert told["message"]["text"] == ""


def test_a_button_that_asks_first(stage: Stage, eva: Page) -> None:
    discard = gallery.button("Discard", style="danger", confirm=gallery.ASKING)
    stage.post({"type": "actions", "elements": [discard]})
    eva.get_by_role("button", name="Discard").click()
    question = eva.get_by_role("alertdialog", name="Discard this draft?")
    expect(question).to_contain_text("What you typed for Anna Berg is gone then.")
    question.get_by_role("button", name="Keep it").click()
    expect(question).to_be_hidden()
    assert stage.heard == []
    eva.get_by_role("button", name="Discard").click()
    question.get_by_role("button", name="Discard").click()
    stage.wait("block_actions")


def test_a_button_asks_about_what_the_message_says_now(stage: Stage, eva: Page) -> None:
    post = stage.post(_asking("“city Bergen” is taken back."))
    expect(eva.get_by_role("button", name="Go back")).to_be_visible()
    now = (_asking("“city Oslo” is taken back."),)
    stage.workspace.messages.edit(SALES, post.ts, lambda one: replace(one, blocks=now))
    stage.post(gallery.header("It was changed"))
    expect(eva.get_by_role("article").filter(has_text="It was changed")).to_be_visible()
    eva.get_by_role("button", name="Go back").click()
    expect(eva.get_by_role("alertdialog")).to_contain_text("“city Oslo” is taken back.")


def test_an_app_that_does_not_answer_a_button(stage: Stage, eva: Page) -> None:
    stage.error = "operation_timeout"
    stage.post({"type": "actions", "elements": [gallery.button("Undo")]})
    eva.get_by_role("button", name="Undo").click()
    expect(eva.locator("article.ephemeral")).to_contain_text("We had some trouble connecting.")


def test_shortcuts_of_the_composer_and_of_a_message(stage: Stage, eva: Page) -> None:
    eva.get_by_role("button", name="Shortcuts", exact=True).click()
    eva.get_by_role("menuitem", name="From anywhere").click()
    assert stage.wait("shortcut")[0]["callback_id"] == "anywhere"
    message = eva.get_by_role("article").filter(has_text="De Brug NV")
    message.hover()
    message.get_by_role("button", name="Message shortcuts").click()
    eva.get_by_role("menuitem", name="From a message").click()
    told = stage.wait("message_action")[0]
    assert told["callback_id"] == "this_message"
    assert told["message"]["text"].startswith("Just off the phone with De Brug NV")


def test_a_file_for_the_app(stage: Stage, eva: Page) -> None:
    eva.get_by_role("link", name="Saleslog").click()
    eva.get_by_role("link", name="Messages").click()
    eva.locator("#attachments").set_input_files(
        {"name": "c.csv", "mimeType": "text/csv", "buffer": b"name\nAnna"}
    )
    expect(eva.get_by_role("listitem").filter(has_text="c.csv")).to_be_visible()
    eva.get_by_label("Message Saleslog").press("Enter")
    expect(eva.get_by_role("article").last.get_by_role("link", name="c.csv")).to_be_visible()
    heard = [payload["event"] for payload in stage.heard_of("event_callback")]
    assert [one["type"] for one in heard] == ["app_home_opened", "app_home_opened", "message"]
    assert heard[-1]["files"][0]["name"] == "c.csv"
    with eva.expect_download() as download:
        eva.get_by_role("link", name="c.csv").click()
    assert download.value.path().read_bytes() == b"name\nAnna"


def test_home_is_drawn_when_the_app_publishes_it(stage: Stage, eva: Page) -> None:
    eva.get_by_role("link", name="Saleslog").click()
    expect(eva.get_by_text("has not drawn its Home yet")).to_be_visible()
    blocks = [gallery.header("Good morning, Eva"), field("Find", TEXT, dispatch_action=True)]
    stage.workspace.views.publish(EVA, {"type": "home", "blocks": blocks})
    expect(eva.get_by_role("heading", name="Good morning, Eva")).to_be_visible()
    eva.get_by_label("Find").fill("anna")
    eva.keyboard.press("Enter")
    assert stage.wait("block_actions")[0]["actions"][0]["value"] == "anna"


def test_what_is_new_elsewhere_is_marked(stage: Stage, eva: Page) -> None:
    stage.post(gallery.section("News"), channel=GENERAL)
    general = eva.get_by_role("link", name="general")
    expect(general).to_have_class("new")
    general.click()
    expect(eva.get_by_text("News")).to_be_visible()
    expect(eva.get_by_role("link", name="general")).not_to_have_class("new")


def test_another_person_is_one_click_away(eva: Page) -> None:
    eva.get_by_role("link", name="Wim Peeters").click()
    eva.wait_for_url(f"**/?as={WIM}&in={SALES}")
    expect(eva.get_by_role("link", name="Wim Peeters")).to_have_attribute("aria-current", "true")


def test_on_a_phone_the_side_column_is_a_drawer(browser: Browser, stage: Stage) -> None:
    page = seated(browser, stage, size=SMALL_PHONE)
    expect(page.get_by_role("link", name="general")).to_be_hidden()
    page.get_by_role("button", name="People and channels").click()
    page.get_by_role("link", name="general").click()
    expect(page.get_by_label("Message #general")).to_be_visible()
    assert page.evaluate("[...document.querySelectorAll('*')].every(e => e.scrollWidth <= innerWidth)")
    page.context.close()


def test_everything_is_drawn(stage: Stage, eva: Page) -> None:
    stage.post(*gallery.TEXTS)
    stage.post(*gallery.LAYOUTS)
    article = eva.get_by_role("article").last
    expect(article.get_by_role("img", name="Bar chart, Interactions per day.")).to_be_visible()
    expect(article.get_by_role("table").first).to_contain_text("Eva")
    expect(eva.locator(".unknown")).to_have_count(0)
    mentioned = eva.locator("article .mention").evaluate_all("all => all.map(one => one.dataset.mention)")
    assert mentioned == [EVA, SALES, "here", EVA, WIM, SALES, "here"]


def _asking(words: str) -> dict[str, Any]:
    confirm = {**gallery.ASKING, "text": plain(words)}
    return {"type": "actions", "block_id": "acts", "elements": [gallery.button("Go back", confirm=confirm)]}
