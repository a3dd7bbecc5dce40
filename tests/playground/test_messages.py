"""chat.*, conversations.*: who may say what where, and what is read back."""

from dataclasses import replace

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.messages import Message
from bot.playground.people import Channel, ChannelKind
from bot.playground.seeds import EVA, GENERAL, LEFT, OTHER_BOT, SALES, WIM, demo_workspace
from bot.playground.server import Server
from tests.playground.conftest import MANIFEST
from tests.playground.driving import refused
from tests.playground.forms import plain

SECTION = {"type": "section", "text": plain("Logged")}
KEY = {"event_type": "delivery", "event_payload": {"key": "7"}}


def test_direct_message_by_person_or_conversation(slack: Server, client: WebClient) -> None:
    direct = client.conversations_open(users=EVA)["channel"]["id"]
    by_person = client.chat_postMessage(channel=EVA, text="Hello")
    by_conversation = client.chat_postMessage(channel=direct, text="Again", blocks=[SECTION])
    assert by_person["channel"] == by_conversation["channel"] == direct
    seen = slack.workspace.seen_by(EVA, direct)
    assert [message.text for message in seen] == ["Hello", "Again"]
    assert seen[1].blocks[0]["block_id"]
    assert float(by_person["ts"]) < float(by_conversation["ts"])


@pytest.mark.parametrize(
    ("channel", "text", "error"),
    [
        ("C0NOWHERE", "x", "channel_not_found"),
        ("U0NOBODY", "x", "user_not_found"),
        (LEFT, "x", "account_inactive"),
        (OTHER_BOT, "x", "cannot_dm_bot"),
        (GENERAL, "x", "not_in_channel"),
        (SALES, "", "no_text"),
        (SALES, "x" * 40_001, "msg_too_long"),
    ],
)
def test_what_is_not_said(client: WebClient, channel: str, text: str, error: str) -> None:
    with pytest.raises(SlackApiError) as no:
        client.api_call("chat.postMessage", json={"channel": channel, "text": text})
    assert refused(no) == error


def test_archived_channel_and_wrong_blocks_and_metadata(slack: Server, client: WebClient) -> None:
    with pytest.raises(SlackApiError) as blocks:
        client.chat_postMessage(channel=SALES, text="x", blocks=[{"type": "section"}])
    with pytest.raises(SlackApiError) as metadata:
        client.chat_postMessage(channel=SALES, text="x", metadata={"event_type": "delivery"})
    slack.workspace.directory.archive(SALES)
    with pytest.raises(SlackApiError) as archived:
        client.chat_postMessage(channel=SALES, text="x")
    assert refused(blocks) == "invalid_blocks"
    assert refused(metadata) == "invalid_metadata_format"
    assert refused(archived) == "is_archived"


def test_update_keeps_what_is_not_given(slack: Server, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=EVA, text="One", blocks=[SECTION], metadata=KEY)
    channel, ts = posted["channel"], posted["ts"]
    client.chat_update(channel=channel, ts=ts, text="Two")
    updated = slack.workspace.messages.message(channel, ts)
    assert (updated.text, len(updated.blocks), updated.metadata) == ("Two", 1, KEY)
    assert updated.edited_ts
    client.chat_update(channel=channel, ts=ts, text="Three", blocks=[])
    assert slack.workspace.messages.message(channel, ts).blocks == ()
    client.chat_delete(channel=channel, ts=ts)
    with pytest.raises(SlackApiError) as gone:
        client.chat_update(channel=channel, ts=ts, text="Four")
    assert refused(gone) == "message_not_found"


def test_only_own_messages_are_changed(slack: Server, client: WebClient) -> None:
    theirs = slack.workspace.messages.history(SALES)[0]
    with pytest.raises(SlackApiError) as update:
        client.chat_update(channel=SALES, ts=theirs.ts, text="x")
    with pytest.raises(SlackApiError) as delete:
        client.chat_delete(channel=SALES, ts=theirs.ts)
    assert refused(update) == "cant_update_message"
    assert refused(delete) == "cant_delete_message"


def test_ephemeral_is_for_one_and_cannot_be_changed(slack: Server, client: WebClient) -> None:
    ts = client.chat_postEphemeral(channel=SALES, user=EVA, text="Only you")["message_ts"]
    assert slack.workspace.seen_by(EVA, SALES)[-1].text == "Only you"
    assert slack.workspace.seen_by(WIM, SALES)[-1].text != "Only you"
    assert ts not in [message["ts"] for message in _history(slack, client)]
    with pytest.raises(SlackApiError) as change:
        client.chat_update(channel=SALES, ts=ts, text="x")
    with pytest.raises(SlackApiError) as stranger:
        client.chat_postEphemeral(channel=SALES, user="U0GUY00001", text="x")
    assert refused(change) == "message_not_found"
    assert refused(stranger) == "user_not_in_channel"
    slack.acts.lose(EVA)
    assert slack.workspace.seen_by(EVA, SALES)[-1].text != "Only you"


def test_history_newest_first_with_metadata_on_demand(slack: Server, client: WebClient) -> None:
    direct = client.conversations_open(users=EVA)["channel"]["id"]
    stamps = [client.chat_postMessage(channel=direct, text=f"{n}", metadata=KEY)["ts"] for n in range(5)]
    bare = client.conversations_history(channel=direct, limit=2)
    assert [message["text"] for message in bare["messages"]] == ["4", "3"]
    assert "metadata" not in bare["messages"][0]
    cursor = bare["response_metadata"]["next_cursor"]
    following = client.conversations_history(
        channel=direct, limit=2, cursor=cursor, include_all_metadata=True
    )
    assert [message["text"] for message in following["messages"]] == ["2", "1"]
    assert following["messages"][0]["metadata"] == KEY
    since = client.conversations_history(channel=direct, oldest=stamps[3])
    assert [message["text"] for message in since["messages"]] == ["4"]
    including = client.conversations_history(channel=direct, oldest=stamps[3], inclusive=True)
    assert [message["text"] for message in including["messages"]] == ["4", "3"]


def test_history_needs_the_scope_of_its_kind(slack: Server, client: WebClient) -> None:
    with pytest.raises(SlackApiError) as scope:
        client.conversations_history(channel=SALES)
    assert refused(scope) == "missing_scope"
    assert scope.value.response["needed"] == "channels:history"
    assert "im:history" in scope.value.response["provided"].split(",")


def test_channel_tells_of_itself(slack: Server, client: WebClient) -> None:
    told = client.conversations_info(channel=SALES)["channel"]
    assert (told["name"], told["is_member"], told["is_im"]) == ("sales", True, False)
    assert EVA in client.conversations_members(channel=SALES)["members"]


def test_permalink_of_a_message(slack: Server, client: WebClient) -> None:
    message = slack.workspace.messages.history(SALES)[0]
    link = client.chat_getPermalink(channel=SALES, message_ts=message.ts)["permalink"]
    assert link.endswith(f"/archives/{SALES}/p{message.ts.replace('.', '')}")


def test_thread_is_read_from_its_parent(slack: Server, client: WebClient) -> None:
    direct = client.conversations_open(users=EVA)["channel"]["id"]
    parent = slack.workspace.messages.post(Message(direct, "", EVA, "Question"))
    slack.workspace.messages.post(replace(parent, ts="", text="Aside"))
    client.chat_postMessage(channel=direct, text="Answer", thread_ts=parent.ts)
    thread = client.conversations_replies(channel=direct, ts=parent.ts)["messages"]
    assert [message["text"] for message in thread] == ["Question", "Answer"]


def _history(slack: Server, client: WebClient) -> list[dict[str, str]]:
    direct = client.conversations_open(users=EVA)["channel"]["id"]
    assert client.conversations_history(channel=direct)["ok"]
    return [{"ts": message.ts} for message in slack.workspace.messages.history(SALES)]


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        (f"{EVA},{WIM}", "invalid_user_combination"),
        (LEFT, "user_disabled"),
        (OTHER_BOT, "cannot_dm_bot"),
    ],
)
def test_direct_messages_that_are_not_opened(client: WebClient, users: str, error: str) -> None:
    with pytest.raises(SlackApiError) as no:
        client.api_call("conversations.open", json={"users": users})
    assert refused(no) == error


def test_conversations_are_opened_again_and_listed(slack: Server, client: WebClient) -> None:
    direct = client.conversations_open(users=EVA, return_im=True)["channel"]
    assert (direct["is_im"], direct["user"]) == (True, EVA)
    assert client.conversations_open(channel=direct["id"])["channel"]["id"] == direct["id"]
    names = {channel["name"] for channel in client.conversations_list()["channels"]}
    assert names == {"sales", "general"}
    assert len(client.conversations_list(types="im")["channels"]) == 4


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"cursor": "abc"}, "invalid_cursor"),
        ({"limit": "many"}, "invalid_arguments"),
        ({"channel": "D0WRONG"}, "channel_not_found"),
    ],
)
def test_history_that_is_not_read(
    slack: Server, client: WebClient, arguments: dict[str, str], error: str
) -> None:
    direct = slack.workspace.directory.direct(EVA).id
    with pytest.raises(SlackApiError) as no:
        client.conversations_history(**{"channel": direct, **arguments})
    with pytest.raises(SlackApiError) as thread:
        client.conversations_replies(channel=direct, ts="1.1")
    assert (refused(no), refused(thread)) == (error, "thread_not_found")


def test_writing_where_one_is_not(slack: Server, client: WebClient) -> None:
    private = Channel("G0PRIVATE1", "board", ChannelKind.PRIVATE, frozenset({EVA}))
    theirs = Channel("D0THEIRS01", "", ChannelKind.DIRECT, frozenset({EVA, WIM}))
    for channel in (private, theirs):
        slack.workspace.directory.put_channel(channel)
    with pytest.raises(SlackApiError) as outside:
        client.chat_postMessage(channel=private.id, text="x")
    with pytest.raises(SlackApiError) as between:
        client.chat_postMessage(channel=theirs.id, text="x")
    with pytest.raises(SlackApiError) as reading:
        client.conversations_info(channel=theirs.id)
    assert refused(outside) == "not_in_channel"
    assert refused(between) == refused(reading) == "channel_not_found"


def test_without_a_messages_tab_nothing_is_sent() -> None:
    features = {**MANIFEST["features"], "app_home": {"home_tab_enabled": True}}
    with Server({**MANIFEST, "features": features}, demo_workspace()) as server:
        token = server.workspace.app.bot_token
        client = WebClient(token=token, base_url=f"{server.url}/api/", retry_handlers=[])
        with pytest.raises(SlackApiError) as closed:
            client.chat_postMessage(channel=EVA, text="x")
    assert refused(closed) == "messages_tab_disabled"


def test_update_is_checked_too(client: WebClient) -> None:
    posted = client.chat_postMessage(channel=EVA, text="x")
    with pytest.raises(SlackApiError) as wrong:
        client.chat_update(channel=posted["channel"], ts=posted["ts"], text="x", blocks=[{"type": "section"}])
    assert refused(wrong) == "invalid_blocks"
