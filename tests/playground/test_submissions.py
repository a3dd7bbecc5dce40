"""Submitting a modal: what Slack checks, what the app hears, what its answers do."""

from dataclasses import dataclass
from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.playground.delivery import Envelope, Reply
from bot.playground.seeds import EVA, SALES, demo_workspace
from bot.playground.server import Server
from bot.playground.submissions import TROUBLE
from tests.playground.conftest import MANIFEST, Connect
from tests.playground.driving import opened, payload_of
from tests.playground.forms import TEXT, field, modal, option, plain


@dataclass
class Canned:
    """A bot that answers everything with the same, which Bolt would not let pass."""

    answer: dict[str, Any]

    def deliver(self, envelope: Envelope) -> Reply:
        return Reply(None, self.answer)


SELECT = {"type": "static_select", "options": [option("One"), option("Two")]}


def test_slack_looks_at_the_fields_before_the_app_hears(slack: Server, client: WebClient) -> None:
    form = modal(
        field("required", TEXT),
        field("optional", TEXT, optional=True),
        field("short", {**TEXT, "min_length": 3}),
        field("mail", {"type": "email_text_input"}),
        field("minutes", {"type": "number_input", "is_decimal_allowed": False, "max_value": "60"}),
    )
    view = opened(slack, client, form)
    given = {"short": "ab", "mail": "anna", "minutes": "61"}
    outcome = slack.acts.submit(EVA, view.id, {block: {"it": {"value": v}} for block, v in given.items()})
    assert not outcome.acked
    assert set(outcome.errors) == {"required", "short", "mail", "minutes"}
    assert slack.workspace.views.view(view.id).errors == outcome.errors
    assert slack.sent == []


def test_submission_tells_everything(slack: Server, client: WebClient, app: App, connect: Connect) -> None:
    app.view("form")(lambda ack: ack())
    connect()
    form = modal(field("who", TEXT), field("kind", SELECT, optional=True), private_metadata="draft 7")
    view = opened(slack, client, form)
    outcome = slack.acts.submit(EVA, view.id, {"who": {"it": {"value": "Anna"}}})
    payload = payload_of(outcome)
    assert payload["type"] == "view_submission"
    assert payload["user"]["id"] == EVA
    assert payload["trigger_id"]
    assert payload["view"]["private_metadata"] == "draft 7"
    assert payload["view"]["state"]["values"] == {
        "who": {"it": {"type": "plain_text_input", "value": "Anna"}},
        "kind": {"it": {"type": "static_select", "selected_option": None}},
    }


def test_answers_to_a_submission(slack: Server, client: WebClient, app: App, connect: Connect) -> None:
    answers: list[dict[str, Any]] = [
        {"response_action": "errors", "errors": {"who": "Nobody is called so"}},
        {"response_action": "push", "view": modal(callback_id="form")},
        {},
        {"response_action": "update", "view": modal(callback_id="form", title=plain("Second"))},
        {"response_action": "clear"},
    ]

    @app.view("form")
    def submitted(ack: Ack) -> None:
        ack(**answers.pop(0))

    connect()
    root = opened(slack, client, modal(field("who", TEXT, optional=True)))
    assert slack.acts.submit(EVA, root.id).errors == {"who": "Nobody is called so"}
    assert slack.workspace.views.view(root.id).errors == {"who": "Nobody is called so"}
    assert slack.acts.submit(EVA, root.id).error is None
    pushed = slack.workspace.top(EVA)
    assert pushed
    assert pushed.previous_id == root.id
    slack.acts.submit(EVA, pushed.id)
    assert slack.workspace.stack(EVA)[-1].id == root.id
    slack.acts.submit(EVA, root.id)
    assert slack.workspace.views.view(root.id).spec["title"]["text"] == "Second"
    slack.acts.submit(EVA, root.id)
    assert slack.workspace.stack(EVA) == ()


def test_errors_at_no_input_are_trouble(slack: Server, client: WebClient, app: App, connect: Connect) -> None:
    app.view("form")(lambda ack: ack(response_action="errors", errors={"nowhere": "x"}))
    connect()
    view = opened(slack, client, modal(field("who", TEXT, optional=True)))
    assert slack.acts.submit(EVA, view.id).error == "invalid_errors"
    assert slack.workspace.views.view(view.id).notice == TROUBLE
    assert "nowhere" in slack.workspace.journal.lines[-1].text


def test_two_presses_of_submit_are_two_submissions(
    slack: Server, client: WebClient, app: App, connect: Connect
) -> None:
    app.view("form")(lambda ack: ack())
    connect()
    view = opened(slack, client, modal(field("who", TEXT, optional=True)))
    first = slack.acts.submit(EVA, view.id)
    assert first.sent
    slack.acts.post.repeat(first.sent)
    slack.acts.post.repeat_in_new_envelope(first.sent)
    original, again, anew = slack.sent
    assert original.envelope_id == again.envelope_id != anew.envelope_id
    assert original.payload == again.payload == anew.payload


@pytest.mark.parametrize(
    ("element", "held"),
    [
        ({**TEXT, "max_length": 2}, {"value": "abc"}),
        ({"type": "url_text_input"}, {"value": "no link"}),
        ({"type": "number_input", "is_decimal_allowed": False}, {"value": "1.5"}),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, {"value": "1.5"}),
        (
            {"type": "multi_static_select", "options": SELECT["options"], "max_selected_items": 1},
            {"selected_options": SELECT["options"]},
        ),
    ],
)
def test_fields_that_slack_does_not_let_through(
    slack: Server, client: WebClient, element: dict[str, Any], held: dict[str, Any]
) -> None:
    view = opened(slack, client, modal(field("it", element)))
    outcome = slack.acts.submit(EVA, view.id, {"it": {"it": {"type": element["type"], **held}}})
    assert list(outcome.errors) == ["it"]
    assert outcome.error == "invalid_fields"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"response_action": "shrug"}, "invalid_response_action"),
        ({"response_action": "update"}, "invalid_arguments"),
        ({"response_action": "push", "view": modal(field("a", TEXT), submit=None)}, "invalid_arguments"),
    ],
)
def test_wrong_answers_are_trouble(answer: dict[str, Any], error: str) -> None:
    with Server(MANIFEST, demo_workspace(), delivery=Canned(answer)) as slack:
        view = slack.workspace.views.open(EVA, modal())
        assert slack.acts.submit(EVA, view.id).error == error
        assert slack.workspace.views.view(view.id).notice == TROUBLE


def test_unanswered_submission_keeps_the_form(slack: Server, client: WebClient) -> None:
    view = opened(slack, client, modal(field("who", TEXT)))
    outcome = slack.acts.submit(EVA, view.id, {"who": {"it": {"value": "Anna"}}})
    kept = slack.workspace.views.view(view.id)
    assert outcome.error == "dispatch_failed"
    assert (kept.notice, kept.values["who"]["it"]["value"]) == (TROUBLE, "Anna")


def test_answer_to_a_form_that_is_lost_meanwhile(
    slack: Server, client: WebClient, app: App, connect: Connect
) -> None:
    @app.view("form")
    def submitted(ack: Ack) -> None:
        slack.acts.lose(EVA)
        ack(response_action="update", view=modal())

    connect()
    view = opened(slack, client, modal())
    assert slack.acts.submit(EVA, view.id).error is None
    assert slack.workspace.stack(EVA) == ()


def test_conversation_that_asks_for_a_response_url(
    slack: Server, client: WebClient, app: App, connect: Connect
) -> None:
    app.view("form")(lambda ack: ack())
    connect()
    select = {"type": "conversations_select", "response_url_enabled": True, "initial_conversation": SALES}
    view = opened(slack, client, modal(field("where", select)))
    urls = payload_of(slack.acts.submit(EVA, view.id))["response_urls"]
    assert (urls[0]["channel_id"], urls[0]["block_id"], urls[0]["action_id"]) == (SALES, "where", "it")
    assert urls[0]["response_url"].startswith(slack.url)
