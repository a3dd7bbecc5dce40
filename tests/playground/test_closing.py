"""Closing modals: by the button, by the X, by losing the client."""

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.playground.acts import NoSuchElementError
from bot.playground.seeds import EVA
from bot.playground.server import Server
from tests.playground.conftest import Connect
from tests.playground.driving import opened, payload_of, trigger
from tests.playground.forms import TEXT, field, modal


def test_closing_tells_nothing_of_the_fields(
    slack: Server, client: WebClient, app: App, connect: Connect
) -> None:
    app.view_closed("form")(lambda ack: ack())
    connect()
    form = modal(field("who", TEXT), notify_on_close=True, private_metadata="draft 7")
    view = opened(slack, client, form)
    outcome = slack.acts.close(EVA, view.id, {"who": {"it": {"value": "Anna"}}})
    payload = payload_of(outcome)
    assert payload["type"] == "view_closed"
    assert payload["is_cleared"] is False
    assert payload["view"]["id"] == view.id
    assert payload["view"]["private_metadata"] == "draft 7"
    assert payload["view"]["state"] == {"values": {}}
    assert "trigger_id" not in payload


def test_the_x_tells_of_the_root(slack: Server, client: WebClient, app: App, connect: Connect) -> None:
    app.view_closed("form")(lambda ack: ack())
    connect()
    root = opened(slack, client, modal(notify_on_close=True))
    client.views_push(trigger_id=trigger(slack), view=modal())
    outcome = slack.acts.close_all(EVA)
    payload = payload_of(outcome)
    assert payload["view"]["id"] == root.id
    assert payload["is_cleared"] is True
    assert slack.workspace.stack(EVA) == ()


def test_closing_unasked_or_losing_tells_nothing(slack: Server, client: WebClient) -> None:
    view = opened(slack, client, modal())
    assert slack.acts.close(EVA, view.id) is None
    opened(slack, client, modal(notify_on_close=True))
    slack.acts.lose(EVA)
    assert slack.workspace.stack(EVA) == ()
    assert slack.sent == []


def test_only_the_view_on_top_can_be_used(slack: Server, client: WebClient) -> None:
    root = opened(slack, client, modal())
    client.views_push(trigger_id=trigger(slack), view=modal())
    with pytest.raises(NoSuchElementError):
        slack.acts.submit(EVA, root.id)


def test_clear_on_close_takes_the_stack_along(
    slack: Server, client: WebClient, app: App, connect: Connect
) -> None:
    app.view_closed("form")(lambda ack: ack())
    connect()
    root = opened(slack, client, modal(notify_on_close=True))
    client.views_push(trigger_id=trigger(slack), view=modal(clear_on_close=True))
    top = slack.workspace.top(EVA)
    assert top
    payload = payload_of(slack.acts.close(EVA, top.id))
    assert (payload["view"]["id"], payload["is_cleared"]) == (root.id, True)
    assert slack.workspace.stack(EVA) == ()
    assert slack.acts.close_all(EVA) is None
