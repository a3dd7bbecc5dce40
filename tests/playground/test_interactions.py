"""Fields, buttons, suggestions and shortcuts: what the app hears."""

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.playground.acts import NoSuchElementError, Place
from bot.playground.seeds import EVA, SALES, WIM
from bot.playground.server import Server
from bot.playground.submissions import TROUBLE
from tests.playground.conftest import Connect
from tests.playground.driving import opened, payload_of
from tests.playground.forms import TEXT, field, modal, option, plain

CHARACTERS = {"trigger_actions_on": ["on_character_entered"]}
DISPATCHING = {**TEXT, "dispatch_action_config": CHARACTERS}
SELECT = {"type": "static_select", "options": [option("One"), option("Two")]}


def test_every_action_carries_the_full_state(
    slack: Server, client: WebClient, app: App, connect: Connect
) -> None:
    app.action("it")(lambda ack: ack())
    connect()
    form = modal(
        field("text", DISPATCHING, dispatch_action=True),
        field("quiet", TEXT),
        field("kind", SELECT, dispatch_action=True),
        {"type": "actions", "block_id": "more", "elements": [{"type": "button", "text": plain("More")}]},
    )
    view = opened(slack, client, form)
    place = Place.view(view.id)
    assert slack.acts.type_into(EVA, place, "quiet", "it", "kept") is None
    slack.acts.type_into(EVA, place, "text", "it", "Ann")
    outcome = slack.acts.choose(EVA, place, "kind", "it", {"selected_option": option("Two")})
    payload = payload_of(outcome)
    values = payload["view"]["state"]["values"]
    assert values["text"]["it"]["value"] == "Ann"
    assert values["quiet"]["it"]["value"] == "kept"
    assert values["kind"]["it"]["selected_option"]["value"] == "two"
    assert payload["container"] == {"type": "view", "view_id": view.id}
    assert payload["actions"][0]["type"] == "static_select"
    assert payload["actions"][0]["selected_option"]["value"] == "two"
    assert "response_url" not in payload
    assert [sent.payload["actions"][0]["block_id"] for sent in slack.sent] == ["text", "kind"]


def test_suggestions(slack: Server, client: WebClient, app: App, connect: Connect) -> None:
    offers = [{"options": [option("Anna")]}, {"options": [{"text": plain(""), "value": "x"}]}]
    app.options("it")(lambda ack: ack(**offers.pop(0)))
    connect()
    view = opened(slack, client, modal(field("who", {"type": "external_select", "min_query_length": 2})))
    place = Place.view(view.id)
    assert slack.acts.suggest(EVA, place, "who", "it", "a").error == "query_too_short"
    found = slack.acts.suggest(EVA, place, "who", "it", "an")
    assert found.response == {"options": [option("Anna")]}
    payload = payload_of(found)
    assert (payload["type"], payload["block_id"], payload["value"]) == ("block_suggestion", "who", "an")
    assert payload["view"]["state"] == {"values": {}}
    assert slack.acts.suggest(EVA, place, "who", "it", "ann").error == "invalid_options"


def test_unanswered_button_in_a_modal_is_trouble(slack: Server, client: WebClient) -> None:
    button = {"type": "button", "text": plain("More"), "action_id": "more"}
    view = opened(slack, client, modal({"type": "actions", "block_id": "b", "elements": [button]}))
    outcome = slack.acts.press(EVA, Place.view(view.id), "b", "more")
    assert outcome.error == "dispatch_failed"
    assert slack.workspace.views.view(view.id).notice == TROUBLE


def test_shortcuts_carry_a_trigger(slack: Server, app: App, connect: Connect) -> None:
    app.shortcut("anywhere")(lambda ack: ack())
    app.shortcut("this_message")(lambda ack: ack())
    connect()
    message = slack.workspace.messages.history(SALES)[0]
    anywhere = slack.acts.global_shortcut(EVA, "anywhere")
    here = slack.acts.message_shortcut(EVA, "this_message", SALES, message.ts)
    assert payload_of(anywhere)["type"] == "shortcut"
    payload = payload_of(here)
    assert payload["type"] == "message_action"
    assert payload["trigger_id"]
    assert payload["message"]["text"] == message.text
    assert payload["channel"] == {"id": SALES, "name": "sales"}
    assert payload["response_url"].startswith(slack.url)
    assert slack.acts.global_shortcut(EVA, "unheard_of").error == "unknown_shortcut"


def test_enter_is_sent_where_the_field_asks_for_it(
    slack: Server, client: WebClient, app: App, connect: Connect
) -> None:
    app.action("it")(lambda ack: ack())
    connect()
    form = modal(field("find", TEXT, dispatch_action=True), field("quiet", TEXT))
    place = Place.view(opened(slack, client, form).id)
    assert slack.acts.type_into(EVA, place, "find", "it", "anna") is None
    assert payload_of(slack.acts.press_enter(EVA, place, "find", "it"))["actions"][0]["value"] == "anna"
    assert slack.acts.press_enter(EVA, place, "quiet", "it") is None


def test_rich_text_files_and_emptied_fields(slack: Server, client: WebClient) -> None:
    rich, files = {"type": "rich_text_input"}, {"type": "file_input"}
    view = opened(slack, client, modal(field("rich", rich), field("files", files), field("text", TEXT)))
    place = Place.view(view.id)
    slack.acts.type_into(EVA, place, "rich", "it", "Hello")
    slack.acts.type_into(EVA, place, "text", "it", "x")
    slack.acts.type_into(EVA, place, "text", "it", "")
    slack.acts.attach(EVA, place, "files", "it", (slack.acts.upload(EVA, "a.csv", b"a"),))
    values = slack.workspace.views.view(view.id).values
    assert values["rich"]["it"]["rich_text_value"]["type"] == "rich_text"
    assert values["text"]["it"]["value"] is None
    assert values["files"]["it"]["files"][0]["name"] == "a.csv"


def test_select_in_a_message_is_remembered_for_the_person(
    slack: Server, client: WebClient, app: App, connect: Connect
) -> None:
    app.action("kind")(lambda ack: ack())
    app.action("go")(lambda ack: ack())
    connect()
    select, button = (
        {**SELECT, "action_id": "kind"},
        {"type": "button", "text": plain("Go"), "action_id": "go"},
    )
    blocks = [{"type": "actions", "block_id": "b", "elements": [select, button]}]
    posted = client.chat_postMessage(channel=SALES, text="Pick", blocks=blocks)
    place = Place.message(SALES, posted["ts"])
    slack.acts.choose(EVA, place, "b", "kind", {"selected_option": option("Two")})
    hers = payload_of(slack.acts.press(EVA, place, "b", "go"))
    his = payload_of(slack.acts.press(WIM, place, "b", "go"))
    assert hers["state"]["values"]["b"]["kind"]["selected_option"]["value"] == "two"
    assert his["state"]["values"]["b"]["kind"]["selected_option"] is None
    assert hers["message"]["ts"] == hers["container"]["message_ts"] == posted["ts"]
    assert hers["channel"]["id"] == SALES


def test_unanswered_button_in_a_message_is_told_to_the_person(slack: Server, client: WebClient) -> None:
    button = {"type": "button", "text": plain("Go"), "action_id": "go"}
    blocks = [{"type": "section", "block_id": "b", "text": plain("x"), "accessory": button}]
    posted = client.chat_postMessage(channel=SALES, text="x", blocks=blocks)
    slack.acts.press(EVA, Place.message(SALES, posted["ts"]), "b", "go")
    assert slack.workspace.seen_by(EVA, SALES)[-1].text == TROUBLE
    slack.acts.global_shortcut(EVA, "anywhere")
    direct = slack.workspace.directory.direct(EVA).id
    assert slack.workspace.seen_by(EVA, direct)[-1].text == "From anywhere failed: dispatch_failed"


def test_what_is_not_on_the_screen_cannot_be_used(slack: Server, client: WebClient) -> None:
    view = opened(slack, client, modal(field("who", TEXT)))
    ephemeral = client.chat_postEphemeral(channel=SALES, user=EVA, text="x")["message_ts"]
    with pytest.raises(NoSuchElementError, match="who/it"):
        slack.acts.press(EVA, Place.view(view.id), "b", "go")
    with pytest.raises(NoSuchElementError):
        slack.acts.press(WIM, Place.view(view.id), "who", "it")
    with pytest.raises(NoSuchElementError):
        slack.acts.press(WIM, Place.message(SALES, ephemeral), "b", "go")
    with pytest.raises(NoSuchElementError):
        slack.acts.press(EVA, Place.home(), "b", "go")


def test_elements_deep_within_a_home(slack: Server, client: WebClient, app: App, connect: Connect) -> None:
    app.action("go")(lambda ack: ack())
    connect()
    go = {"type": "button", "text": plain("Go"), "action_id": "go"}
    inner = {"type": "actions", "block_id": "inner", "elements": [go]}
    card = {"type": "card", "block_id": "card", "title": plain("Card"), "actions": [go]}
    blocks = [
        {"type": "container", "title": plain("Box"), "child_blocks": [inner]},
        {"type": "carousel", "elements": [card]},
    ]
    client.views_publish(user_id=EVA, view={"type": "home", "blocks": blocks})
    for block_id in ("inner", "card"):
        payload = payload_of(slack.acts.press(EVA, Place.home(), block_id, "go"))
        assert payload["view"]["type"] == "home"
        assert payload["actions"][0]["block_id"] == block_id
