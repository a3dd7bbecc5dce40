"""Fields, buttons, suggestions and shortcuts: what the app hears."""

from slack_bolt import App
from slack_sdk import WebClient

from bot.playground.acts import Place
from bot.playground.seeds import EVA, SALES
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
