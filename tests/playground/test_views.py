"""views.open, push, update, publish: triggers, the stack, hashes, what an update keeps."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.acts import Place
from bot.playground.seeds import EVA, WIM
from bot.playground.server import Server
from tests.playground.driving import opened, refused, trigger
from tests.playground.forms import TEXT, field, modal, option, plain

SELECT = {"type": "static_select", "options": [option("One"), option("Two")]}


def test_trigger_opens_once_and_for_three_seconds(slack: Server, client: WebClient) -> None:
    used, late = trigger(slack), trigger(slack)
    client.views_open(trigger_id=used, view=modal())
    with pytest.raises(SlackApiError) as again:
        client.views_open(trigger_id=used, view=modal())
    slack.workspace.shift(3.1)
    with pytest.raises(SlackApiError) as expired:
        client.views_open(trigger_id=late, view=modal())
    with pytest.raises(SlackApiError) as invented:
        client.views_open(trigger_id="1.2.3", view=modal())
    assert refused(again) == "exchanged_trigger_id"
    assert refused(expired) == "expired_trigger_id"
    assert refused(invented) == "invalid_trigger_id"


def test_refused_view_leaves_the_trigger_and_names_the_place(slack: Server, client: WebClient) -> None:
    unused = trigger(slack)
    with pytest.raises(SlackApiError) as wrong:
        client.views_open(trigger_id=unused, view=modal(field("a", TEXT), submit=None))
    messages = wrong.value.response["response_metadata"]["messages"]
    assert refused(wrong) == "invalid_arguments"
    assert "[json-pointer:/view/submit]" in messages[0]
    assert client.views_open(trigger_id=unused, view=modal())["ok"]


def test_stack_holds_three(slack: Server, client: WebClient) -> None:
    root = opened(slack, client, modal())
    for _ in range(2):
        client.views_push(trigger_id=trigger(slack), view=modal())
    with pytest.raises(SlackApiError) as fourth:
        client.views_push(trigger_id=trigger(slack), view=modal())
    stack = slack.workspace.stack(EVA)
    assert refused(fourth) == "push_limit_reached"
    assert [view.root_id for view in stack] == [root.id] * 3
    assert [view.previous_id for view in stack] == [None, stack[0].id, stack[1].id]
    assert slack.workspace.stack(WIM) == ()


def test_stale_hash_is_a_conflict(slack: Server, client: WebClient) -> None:
    view = opened(slack, client, modal())
    newer = client.views_update(view_id=view.id, hash=view.hash, view=modal())["view"]
    with pytest.raises(SlackApiError) as stale:
        client.views_update(view_id=view.id, hash=view.hash, view=modal())
    assert refused(stale) == "hash_conflict"
    assert client.views_update(view_id=view.id, hash=newer["hash"], view=modal())["ok"]


def test_external_id_is_unique_and_addresses_the_view(slack: Server, client: WebClient) -> None:
    view = opened(slack, client, modal(external_id="draft-1"))
    with pytest.raises(SlackApiError) as double:
        client.views_open(trigger_id=trigger(slack, WIM), view=modal(external_id="draft-1"))
    updated = client.views_update(external_id="draft-1", view=modal(external_id="draft-1"))["view"]
    assert refused(double) == "duplicate_external_id"
    assert updated["id"] == view.id


def test_closed_view_is_not_found(slack: Server, client: WebClient) -> None:
    view = opened(slack, client, modal())
    slack.acts.close_all(EVA)
    with pytest.raises(SlackApiError) as gone:
        client.views_update(view_id=view.id, view=modal())
    assert refused(gone) == "not_found"


def test_update_keeps_what_stands_at_the_same_ids(slack: Server, client: WebClient) -> None:
    view = opened(slack, client, modal(field("kept", TEXT), field("renamed", TEXT), field("other", SELECT)))
    typed = {block: {"it": {"value": "typed"}} for block in ("kept", "renamed")}
    slack.acts.fill(EVA, Place.view(view.id), typed)
    fresh = {**TEXT, "initial_value": "fresh"}
    client.views_update(
        view_id=view.id, view=modal(field("kept", fresh), field("renamed.2", fresh), field("other", TEXT))
    )
    values = slack.workspace.views.view(view.id).values
    assert values["kept"]["it"]["value"] == "typed"
    assert values["renamed.2"]["it"]["value"] == "fresh"
    assert "renamed" not in values
    assert values["other"]["it"] == {"type": "plain_text_input", "value": None}


def test_home_is_published_with_a_hash(slack: Server, client: WebClient) -> None:
    home = {"type": "home", "blocks": [{"type": "section", "text": plain("Hello")}]}
    first = client.views_publish(user_id=EVA, view=home)["view"]
    client.views_publish(user_id=EVA, view=home, hash=first["hash"])
    with pytest.raises(SlackApiError) as stale:
        client.views_publish(user_id=EVA, view=home, hash=first["hash"])
    with pytest.raises(SlackApiError) as nobody:
        client.views_publish(user_id="U0NOBODY", view=home)
    assert refused(stale) == "hash_conflict"
    assert refused(nobody) == "user_not_found"
    shown = slack.workspace.home(EVA)
    assert shown
    assert shown.blocks[0]["text"]["text"] == "Hello"
    assert slack.workspace.home(WIM) is None


def test_a_block_that_this_slack_does_not_know_is_refused_at_home_too(
    slack: Server, client: WebClient
) -> None:
    page = {"type": "home", "blocks": [{"type": "header", "text": plain("Monday")}]}
    slack.workspace.unknown_blocks = frozenset({"header"})
    with pytest.raises(SlackApiError) as wrong:
        client.views_publish(user_id=EVA, view=page)
    slack.workspace.unknown_blocks = frozenset()
    assert refused(wrong) == "invalid_arguments"
    assert client.views_publish(user_id=EVA, view=page)["ok"]
