"""Commands, their answers, and the limits of response URLs."""

from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk.webhook import WebhookClient

from bot.playground.acts import Place
from bot.playground.seeds import EVA, GENERAL, SALES, WIM
from bot.playground.server import Server
from tests.playground.conftest import Connect
from tests.playground.driving import payload_of
from tests.playground.forms import plain


def test_what_a_command_carries(slack: Server, app: App, connect: Connect) -> None:
    app.command("/form")(lambda ack: ack())
    connect()
    payload = payload_of(slack.acts.command(EVA, SALES, "/form  call @wim in #sales <b> & @nobody"))
    assert payload["command"] == "/form"
    assert payload["text"] == f"call <@{WIM}> in <#{SALES}|sales> &lt;b&gt; &amp; @nobody"
    assert (payload["user_id"], payload["channel_id"], payload["channel_name"]) == (EVA, SALES, "sales")
    assert payload["response_url"].startswith(slack.url)


def test_text_as_typed_without_escaping(slack: Server, app: App, connect: Connect) -> None:
    app.command("/raw")(lambda ack: ack())
    connect()
    payload = payload_of(slack.acts.command(EVA, SALES, "/raw call @wim <b> & https://x.example"))
    assert payload["text"] == "call @wim <b> & https://x.example"


def test_answer_in_the_acknowledgement(slack: Server, app: App, connect: Connect) -> None:
    app.command("/form")(lambda ack: ack("Only for you"))
    connect()
    slack.acts.command(EVA, SALES, "/form")
    assert slack.workspace.seen_by(EVA, SALES)[-1].text == "Only for you"
    assert slack.workspace.seen_by(WIM, SALES)[-1].text != "Only for you"


def test_unknown_command_is_said_by_slack(slack: Server) -> None:
    assert slack.acts.command(EVA, SALES, "/leave now").error == "unknown_command"
    assert slack.workspace.seen_by(EVA, SALES)[-1].text == "/leave is not a valid command."


def test_nobody_connected(slack: Server) -> None:
    assert slack.acts.command(EVA, SALES, "/form").error == "dispatch_failed"
    last = slack.workspace.seen_by(EVA, SALES)[-1]
    assert (last.author, last.text) == ("slackbot", "/form failed with the error dispatch_failed")


@pytest.fixture
def url(slack: Server, app: App, connect: Connect) -> str:
    app.command("/form")(lambda ack: ack())
    connect()
    return str(payload_of(slack.acts.command(EVA, GENERAL, "/form"))["response_url"])


def test_response_url_serves_five_times(slack: Server, url: str) -> None:
    answers = [WebhookClient(url).send(text=f"{n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[5].body
    assert [message.text for message in slack.workspace.seen_by(EVA, GENERAL)[-5:]] == list("01234")


def test_response_url_lives_half_an_hour(slack: Server, url: str) -> None:
    slack.workspace.shift(29 * 60)
    assert WebhookClient(url).send(text="in time").status_code == 200
    slack.workspace.shift(61)
    late = WebhookClient(url).send(text="late")
    assert late.status_code == 404
    assert "expired_url" in late.body


def test_response_url_in_channel_and_refusals(slack: Server, url: str) -> None:
    assert WebhookClient(url).send(text="For all", response_type="in_channel").status_code == 200
    assert slack.workspace.seen_by(WIM, GENERAL)[-1].text == "For all"
    wrong = WebhookClient(url).send(text="x", blocks=[{"type": "section"}])
    assert (wrong.status_code, "invalid_blocks" in wrong.body) == (400, True)
    assert WebhookClient(url).send(text="").status_code == 400


def test_button_on_an_ephemeral_message_replaces_it(slack: Server, app: App, connect: Connect) -> None:
    undo = {"type": "button", "action_id": "undo", "text": plain("Undo"), "value": "op-1"}
    blocks = [{"type": "actions", "block_id": "b", "elements": [undo]}]
    app.command("/form")(lambda ack: ack(text="Logged", blocks=blocks))

    @app.action("undo")
    def undone(ack: Ack, body: dict[str, Any]) -> None:
        WebhookClient(body["response_url"]).send(text="Undone", replace_original=True, blocks=[])
        ack()

    connect()
    slack.acts.command(EVA, SALES, "/form")
    message = slack.workspace.seen_by(EVA, SALES)[-1]
    payload = payload_of(slack.acts.press(EVA, Place.message(SALES, message.ts), "b", "undo"))
    assert payload["actions"][0]["value"] == "op-1"
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    replaced = slack.workspace.seen_by(EVA, SALES)[-1]
    assert (replaced.ts, replaced.text, replaced.blocks, replaced.only_for) == (message.ts, "Undone", (), EVA)


def test_message_is_deleted_by_its_button(slack: Server, app: App, connect: Connect) -> None:
    button = {"type": "button", "action_id": "go", "text": plain("Go")}
    app.command("/form")(
        lambda ack: ack(text="x", blocks=[{"type": "actions", "block_id": "b", "elements": [button]}])
    )
    app.action("go")(lambda ack: ack())
    connect()
    slack.acts.command(EVA, SALES, "/form")
    message = slack.workspace.seen_by(EVA, SALES)[-1]
    payload = payload_of(slack.acts.press(EVA, Place.message(SALES, message.ts), "b", "go"))
    assert WebhookClient(payload["response_url"]).send(delete_original=True).status_code == 200
    assert slack.workspace.seen_by(EVA, SALES)[-1].ts != message.ts


def test_message_of_a_person_is_not_replaced(slack: Server) -> None:
    theirs = slack.workspace.messages.history(SALES)[0]
    url = slack.url + slack.workspace.response_urls.issue(EVA, SALES, theirs.ts)
    answer = WebhookClient(url).send(text="x", replace_original=True)
    assert (answer.status_code, "cant_update_message" in answer.body) == (400, True)


def test_answer_that_slack_refuses_is_told(slack: Server, app: App, connect: Connect) -> None:
    app.command("/form")(lambda ack: ack(text="x", blocks=[{"type": "section"}]))
    connect()
    assert slack.acts.command(EVA, SALES, "/form").error == "invalid_blocks"
    assert slack.workspace.seen_by(EVA, SALES)[-1].text == "/form failed with the error invalid_blocks"
    assert "/blocks/0" in slack.workspace.journal.lines[-1].text


def test_links_are_wrapped_where_escaped(slack: Server, app: App, connect: Connect) -> None:
    app.command("/form")(lambda ack: ack())
    connect()
    payload = payload_of(slack.acts.command(EVA, SALES, "/form see https://x.example/a?b=1&c=2"))
    assert payload["text"] == "see <https://x.example/a?b=1&amp;c=2>"
