"""Modals in the browser: filling, choosing, sending, closing."""

import re
import threading

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.playground.seeds import EVA, WIM
from bot.playground.shapes import Json
from tests.playground import gallery
from tests.playground.forms import TEXT, field, modal, option, plain
from tests.playground.page.stage import PHONE, Stage, seated

pytestmark = pytest.mark.browser

CONTACTS = ["Anna Berg · Fjordbygg AS", "Anna Bergmans · De Brug NV", "Zoë O'Connor-Ødegård"]
CONTACT = field("Contact", {"type": "external_select", "min_query_length": 0}, dispatch_action=True)
EVERY_LETTER = {"trigger_actions_on": ["on_character_entered"]}
SAVED = field(
    "Comment", {**TEXT, "multiline": True, "dispatch_action_config": EVERY_LETTER}, dispatch_action=True
)


def values(payload: Json) -> Json:
    return {block: actions["it"] for block, actions in payload["view"]["state"]["values"].items()}


def search(payload: Json) -> Json | None:
    if payload["type"] != "block_suggestion":
        return None
    found = [name for name in CONTACTS if name.casefold().startswith(payload["value"].casefold())]
    return {"options": [option(name) for name in found]}


def test_a_form_is_found_by_its_labels_and_sent_whole(stage: Stage, eva: Page) -> None:
    stage.app = search
    stage.open(modal(*gallery.FIELDS))
    form = eva.get_by_role("dialog", name="Form")
    expect(form.get_by_label("Contact")).to_be_focused()
    form.get_by_label("Contact").fill("anna b")
    eva.get_by_role("option", name="Anna Berg ·").click()
    form.get_by_label("Interaction template").click()
    eva.get_by_role("option", name="Amber").click()
    form.get_by_label("Description").fill("Agreed the price list")
    form.get_by_label("Grouped").fill("am")
    eva.keyboard.press("Enter")
    form.get_by_label("Comment").fill("Two\nlines")
    form.get_by_label("Date").fill("2026-11-20")
    form.get_by_label("Time").fill("09:30")
    form.get_by_label("Moment").fill("2026-11-20T10:00")
    form.get_by_role("radio", name="Green").check()
    form.get_by_label("Attempt failed").check()
    form.get_by_label("Languages").fill("blue")
    eva.keyboard.press("Enter")
    form.get_by_label("Salesperson").click()
    eva.get_by_role("option", name="Wim Peeters").click()
    form.get_by_label("Cost").fill("12.5")
    form.get_by_label("E-mail").fill("anna@fjordbygg.example")
    form.get_by_label("Notes").fill("Rich")
    form.get_by_label("Attachment").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"abc"}
    )
    expect(form.get_by_text("a.txt")).to_be_visible()
    form.get_by_role("button", name="Log").click()
    expect(form).to_be_hidden()
    sent = values(stage.wait("view_submission")[0])
    assert sent["Contact"]["selected_option"]["text"]["text"] == CONTACTS[0]
    assert sent["Interaction template"]["selected_option"] == gallery.COLOURS[1]
    assert sent["Grouped"]["selected_option"] == gallery.COLOURS[1]
    assert sent["Description"]["value"] == "Agreed the price list"
    assert sent["Comment"]["value"] == "Two\nlines"
    assert (sent["Date"]["selected_date"], sent["Time"]["selected_time"]) == ("2026-11-20", "09:30")
    assert sent["Moment"]["selected_date_time"] == 1795165200
    assert sent["Result"]["selected_option"] == gallery.COLOURS[0]
    assert sent["Flags"]["selected_options"] == [option("Attempt failed")]
    assert sent["Languages"]["selected_options"] == [gallery.COLOURS[0], gallery.COLOURS[2]]
    assert sent["Salesperson"]["selected_user"] == WIM
    assert sent["Cost"]["value"] == "12.5"
    assert sent["Notes"]["rich_text_value"]["elements"][0]["elements"][0]["text"] == "Rich"
    assert [file["name"] for file in sent["Attachment"]["files"]] == ["a.txt"]
    assert sent["Website"]["value"] is None


def test_a_form_is_still_filled_after_looking_elsewhere(stage: Stage, eva: Page) -> None:
    stage.open(modal(field("Who", TEXT), field("Attachment", {"type": "file_input"})))
    eva.get_by_label("Attachment").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"abc"}
    )
    expect(eva.get_by_text("a.txt")).to_be_visible()
    eva.get_by_label("Who").fill("Anna")
    eva.get_by_role("link", name="Wim Peeters").click()
    expect(eva.get_by_label("Message #sales")).to_be_focused()
    eva.get_by_role("link", name="Eva Lindqvist-Bakke").click()
    expect(eva.get_by_label("Who")).to_have_value("Anna")
    eva.get_by_role("button", name="Log").click()
    sent = values(stage.wait("view_submission")[0])
    assert sent["Attachment"]["files"][0]["name"] == "a.txt"


def test_typing_is_sent_after_a_pause_with_the_full_state(stage: Stage, eva: Page) -> None:
    stage.open(modal(field("Who", TEXT), SAVED))
    eva.get_by_label("Who").fill("Anna")
    eva.get_by_label("Comment").press_sequentially("agreed", delay=10)
    told = stage.wait("block_actions")
    assert [payload["actions"][0]["value"] for payload in told] == ["agreed"]
    assert values(told[0])["Who"]["value"] == "Anna"


def test_what_was_typed_is_sent_before_the_form_closes(stage: Stage, eva: Page) -> None:
    stage.open(modal(SAVED, notify_on_close=True, close=plain("Postpone")))
    eva.get_by_label("Comment").fill("half a thought")
    eva.get_by_role("button", name="Postpone").click()
    stage.wait("view_closed")
    assert [payload["type"] for payload in stage.heard] == ["block_actions", "view_closed"]
    assert stage.heard[0]["actions"][0]["value"] == "half a thought"


def test_words_and_caret_stay_when_the_app_changes_the_form(stage: Stage, eva: Page) -> None:
    stage.open(modal(field("Who", TEXT), field("Why", TEXT)))
    why = eva.get_by_label("Why")
    eva.get_by_label("Who").fill("Anna")
    why.press_sequentially("because")
    eva.keyboard.press("ArrowLeft")
    top = stage.workspace.top(EVA)
    assert top
    more = modal(gallery.section("Saved 14:03"), field("Who", TEXT), field("Why", TEXT), field("When", TEXT))
    stage.workspace.views.update(top.id, more)
    expect(eva.get_by_text("Saved 14:03")).to_be_visible()
    expect(why).to_be_focused()
    eva.keyboard.type("X")
    expect(why).to_have_value("becausXe")
    expect(eva.get_by_label("Who")).to_have_value("Anna")


def test_errors_stand_at_their_fields(stage: Stage, eva: Page) -> None:
    stage.app = lambda _: {"response_action": "errors", "errors": {"Date": "This date lies in the future."}}
    stage.open(modal(field("Who", TEXT), field("Date", {"type": "datepicker"})))
    eva.get_by_role("button", name="Log").click()
    expect(eva.get_by_role("alert")).to_have_text(["Please complete this required field."] * 2)
    expect(eva.get_by_label("Who")).to_be_focused()
    eva.get_by_label("Who").fill("Anna")
    eva.get_by_label("Date").fill("2099-01-01")
    eva.get_by_role("button", name="Log").click()
    expect(eva.get_by_label("Date")).to_have_accessible_description("This date lies in the future.")
    expect(eva.get_by_label("Who")).not_to_have_attribute("aria-invalid", "true")


def test_an_app_that_does_not_answer(stage: Stage, eva: Page) -> None:
    stage.error = "operation_timeout"
    stage.open(modal(field("Who", TEXT)))
    eva.get_by_label("Who").fill("Anna")
    eva.get_by_role("button", name="Log").click()
    expect(eva.get_by_role("alert")).to_have_text("We had some trouble connecting. Try again?")
    expect(eva.get_by_label("Who")).to_have_value("Anna")
    stage.error = None
    eva.get_by_role("button", name="Log").click()
    expect(eva.get_by_role("dialog")).to_be_hidden()


def test_while_the_app_thinks_the_button_is_busy(stage: Stage, eva: Page) -> None:
    thinking = threading.Event()
    stage.app = lambda _: None if thinking.wait(5) else {}
    stage.open(modal(field("Who", TEXT)))
    eva.get_by_label("Who").fill("Anna")
    eva.keyboard.press("Enter")
    log = eva.get_by_role("button", name="Log")
    expect(log).to_have_attribute("aria-busy", "true")
    expect(log).to_be_disabled()
    thinking.set()
    expect(eva.get_by_role("dialog")).to_be_hidden()
    assert len(stage.heard_of("view_submission")) == 1


def test_views_stack_and_escape_takes_all(stage: Stage, eva: Page) -> None:
    stage.open(modal(field("Who", TEXT), notify_on_close=True))
    eva.get_by_label("Who").fill("Anna")
    stage.app = lambda payload: (
        {"response_action": "push", "view": modal(field("Name", TEXT), title=plain("New contact"))}
        if payload["type"] == "view_submission"
        else None
    )
    eva.get_by_role("button", name="Log").click()
    expect(eva.get_by_role("dialog", name="New contact")).to_be_visible()
    expect(eva.get_by_label("Name")).to_be_focused()
    eva.get_by_role("button", name="Back").click()
    expect(eva.get_by_role("dialog", name="Form").get_by_label("Who")).to_have_value("Anna")
    eva.keyboard.press("Escape")
    expect(eva.get_by_role("dialog")).to_be_hidden()
    assert stage.wait("view_closed")[-1]["is_cleared"] is True


def test_keys_lead_through_a_select(stage: Stage, eva: Page) -> None:
    stage.open(
        modal(field("Template", {"type": "static_select", "options": gallery.COLOURS}), field("Who", TEXT))
    )
    template = eva.get_by_label("Template")
    expect(template).to_be_focused()
    eva.keyboard.press("ArrowDown")
    expect(eva.get_by_role("listbox")).to_be_visible()
    eva.keyboard.press("ArrowDown")
    eva.keyboard.press("ArrowDown")
    eva.keyboard.press("Enter")
    expect(template).to_have_value("Amber")
    eva.keyboard.press("ArrowDown")
    eva.keyboard.press("Escape")
    expect(eva.get_by_role("listbox")).to_be_hidden()
    expect(eva.get_by_role("dialog")).to_be_visible()
    eva.keyboard.type("nothing like it")
    expect(eva.get_by_text("No results")).to_be_visible()
    eva.keyboard.press("Tab")
    expect(template).to_have_value("Amber")


def test_a_select_that_dispatches_tells_the_choice(stage: Stage, eva: Page) -> None:
    stage.app = search
    stage.open(modal(CONTACT))
    eva.get_by_label("Contact").click()
    expect(eva.get_by_role("option")).to_have_count(3)
    eva.get_by_label("Contact").fill("zo")
    expect(eva.get_by_role("option")).to_have_count(1)
    eva.keyboard.press("Enter")
    told = stage.wait("block_actions")[0]["actions"][0]
    assert told["selected_option"]["text"]["text"] == CONTACTS[2]
    expect(eva.get_by_label("Contact")).to_have_value(CONTACTS[2])


def test_suggestions_that_fail_say_so(stage: Stage, eva: Page) -> None:
    stage.error = "operation_timeout"
    stage.open(modal(CONTACT))
    eva.get_by_label("Contact").fill("anna")
    expect(eva.get_by_text("We had some trouble loading results.")).to_be_visible()


def test_the_modal_keeps_the_focus_and_gives_it_back(stage: Stage, eva: Page) -> None:
    expect(eva.get_by_label("Message #sales")).to_be_focused()
    stage.open(modal(field("Who", TEXT)))
    expect(eva.get_by_label("Who")).to_be_focused()
    for _ in range(7):
        eva.keyboard.press("Tab")
        assert eva.evaluate("Boolean(document.activeElement.closest('[role=dialog]'))")
    eva.get_by_role("button", name="Dismiss").click()
    expect(eva.get_by_label("Message #sales")).to_be_focused()


def test_on_a_phone_the_modal_fills_the_screen(browser: Browser, stage: Stage) -> None:
    page = seated(browser, stage, size=PHONE)
    stage.open(modal(*gallery.FIELDS))
    box = page.get_by_role("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    expect(page.get_by_role("button", name="Log", exact=True)).to_be_in_viewport()
    page.context.close()


def test_a_lost_modal_tells_the_app_nothing(stage: Stage, eva: Page) -> None:
    stage.open(modal(field("Who", TEXT), notify_on_close=True))
    eva.get_by_role("button", name="Lose the modal").click()
    expect(eva.get_by_role("dialog")).to_be_hidden()
    expect(eva.get_by_role("status").filter(has_text=re.compile("not told"))).to_be_visible()
    assert stage.heard == []
