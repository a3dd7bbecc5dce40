"""The Events API, the changes that pages and tests wait for, and finding by label."""

import asyncio
import threading
from dataclasses import replace

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.playground.acts import NoSuchElementError
from bot.playground.changes import Change, ChangeKind
from bot.playground.finding import button_saying, field_labelled, option_saying
from bot.playground.ids import blocks_with_ids
from bot.playground.seeds import EVA, SALES, WIM
from bot.playground.server import Server
from tests.playground.conftest import Connect
from tests.playground.driving import payload_of
from tests.playground.forms import TEXT, field, option, plain


def test_home_opened_carries_the_view_once_published(
    slack: Server, client: WebClient, app: App, connect: Connect
) -> None:
    app.event("app_home_opened")(lambda: None)
    connect()
    assert "view" not in payload_of(slack.acts.open_home(EVA))["event"]
    client.views_publish(user_id=EVA, view={"type": "home", "blocks": [], "callback_id": "home"})
    event = payload_of(slack.acts.open_home(EVA))
    assert event["type"] == "event_callback"
    assert event["event"]["view"]["callback_id"] == "home"
    assert event["event"]["user"] == EVA
    assert payload_of(slack.acts.open_messages(EVA))["event"]["tab"] == "messages"


def test_message_with_a_file_in_the_direct_message(slack: Server, app: App, connect: Connect) -> None:
    app.event("message")(lambda: None)
    connect()
    file = slack.acts.upload(EVA, "contacts.csv", b"Name\nAnna\n", "text/csv")
    direct = slack.workspace.directory.direct(EVA).id
    event = payload_of(slack.acts.say(EVA, direct, "My contacts", (file,)))["event"]
    assert (event["channel_type"], event["subtype"], event["text"]) == ("im", "file_share", "My contacts")
    assert event["files"][0]["name"] == "contacts.csv"
    assert slack.acts.say(EVA, SALES, "Not subscribed to channels") is None


def test_bot_hears_its_own_messages(slack: Server, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=EVA, text="One")
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Two")
    client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    assert slack.workspace.wait_for(lambda: len(slack.sent) == 3)
    events = {sent.payload["event"].get("subtype", "new"): sent.payload["event"] for sent in slack.sent}
    assert events["new"]["bot_id"] == slack.workspace.app.bot_id
    assert events["message_changed"]["previous_message"]["text"] == "One"
    assert events["message_deleted"]["deleted_ts"] == posted["ts"]


def test_change_of_a_person(slack: Server, app: App, connect: Connect) -> None:
    app.event("user_change")(lambda: None)
    connect()
    wim = replace(slack.workspace.directory.member(WIM), tz="Europe/London", deleted=True)
    event = payload_of(slack.acts.change_member(wim))["event"]
    assert (event["user"]["id"], event["user"]["tz"], event["user"]["deleted"]) == (
        WIM,
        "Europe/London",
        True,
    )
    assert wim not in slack.workspace.directory.people()


def test_changes_reach_threads_and_coroutines(slack: Server) -> None:
    async def followed() -> Change | None:
        async for change in slack.workspace.changes.follow(pause=2):
            return change
        return None

    with slack.workspace.changes.subscribe() as stream:
        later = threading.Timer(0.1, slack.workspace.tell, (EVA, SALES, "Psst"))
        later.start()
        assert asyncio.run(followed()) == Change(ChangeKind.MESSAGE, SALES)
        assert stream.get(1) == Change(ChangeKind.MESSAGE, SALES)
        assert stream.get(0.01) is None
        later.join()


def test_waiting_gives_up(slack: Server) -> None:
    assert not slack.workspace.wait_for(lambda: False, timeout=0.05)


def test_things_are_found_by_what_they_say() -> None:
    select = {"type": "static_select", "options": [option("One"), option("Two")]}
    button = {"type": "button", "text": plain("Discard")}
    menu = {"type": "overflow", "options": [option("Open entry")]}
    blocks = blocks_with_ids(
        [field("Contact", TEXT), field("Kind", select), {"type": "actions", "elements": [button, menu]}]
    )
    assert field_labelled(blocks, "Contact").block_id == "Contact"
    assert button_saying(blocks, "Discard").element["type"] == "button"
    found = button_saying(blocks, "Open entry")
    assert option_saying(found, "Open entry")["value"] == "open entry"
    with pytest.raises(NoSuchElementError, match="Kind"):
        field_labelled(blocks, "Template")
