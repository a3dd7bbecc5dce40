import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from posting import FORM, NOW, SECRET, Answered, call, command, interaction, post, signed
from seat import MANIFEST, settings_for
from starlette.applications import Starlette

from bot.app import Saleslog, build
from bot.clock import FixedClock
from bot.metrics import Metrics
from bot.playground.seeds import EVA, demo_workspace
from bot.playground.server import Server
from bot.web import SlackDoor, with_slack, without_slack
from storage.store import open_store

WELL = {"database": True, "scheduler": True}


@pytest.fixture
def slack() -> Iterator[Server]:
    with Server(MANIFEST, demo_workspace()) as server:
        yield server


@pytest.fixture
def saleslog(slack: Server, sqlite_url: str) -> Iterator[Saleslog]:
    """The real bot, heard by HTTP."""
    clock = FixedClock(NOW)
    built = build(settings_for(slack, sqlite_url), clock, open_store(sqlite_url, clock))
    built.start()
    yield built
    built.stop()


@pytest.fixture
def door(saleslog: Saleslog) -> Starlette:
    return with_slack(SlackDoor(saleslog.bolt.dispatch, SECRET, FixedClock(NOW)), lambda: WELL, Metrics())


def said(slack: Server) -> list[str]:
    return [made.method for made in slack.calls]


def log(slack: Server, text: str) -> bytes:
    team = slack.workspace.team.id
    return command(text, team_id=team, user_id=EVA, channel_id="C1", trigger_id="1.2.canary")


def sent(door: Starlette, raw: bytes, content_type: str = FORM) -> Answered:
    return post(door, raw, signed(raw, content_type))


def test_slacks_first_question_is_answered(door: Starlette) -> None:
    raw = b'{"type": "url_verification", "token": "x", "challenge": "3eZbrw"}'
    answer = sent(door, raw, "application/json")
    assert (answer.status, json.loads(answer.text)) == (200, {"challenge": "3eZbrw"})


def test_a_command_reaches_the_bot_even_with_the_word_that_bolt_stumbles_over(
    door: Starlette, slack: Server
) -> None:
    assert sent(door, log(slack, "about payload")).status == 200


def test_what_nobody_listens_to_is_no_error_of_ours(door: Starlette) -> None:
    assert sent(door, interaction({"type": "nothing"})).status == 404
    assert call(door, "POST", "/slack/elsewhere").status == 404


ABOUT = {"team": {"id": "T1"}, "user": {"id": "U1"}}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"type": "view_submission", **ABOUT}, "payload.view is missing"),
        ({"type": "view_closed", **ABOUT, "view": None}, "payload.view is missing"),
        (
            {"type": "view_submission", **ABOUT, "view": {"callback_id": "x", "blocks": [1]}},
            "payload.view.blocks is int",
        ),
        (
            {"type": "view_submission", **ABOUT, "view": {"type": "modal", "state": {"values": {"date": 1}}}},
            "payload.view.state.values is int",
        ),
        ({"type": "view_submission", **ABOUT, "view": {"callback_id": "x"}}, "payload.view.type is missing"),
        (
            {"type": "block_actions", **ABOUT, "actions": [{"block_id": "b"}]},
            "payload.actions.action_id is missing",
        ),
        (
            {"type": "block_actions", **ABOUT, "actions": [{"action_id": "log", "value": [1]}]},
            "payload.actions.value is list",
        ),
        ({"type": "shortcut", "callback_id": "log_interaction", "user": "U1"}, "user is str"),
        ({"type": "event_callback", "event": {"type": "user_change", "user": "U1"}}, "event.user is str"),
    ],
)
def test_what_slack_would_never_send_is_answered_calmly_with_one_line_in_the_log(
    door: Starlette, caplog: pytest.LogCaptureFixture, body: dict[str, Any], told: str
) -> None:
    assert sent(door, interaction(body)).status == 200
    assert sent(door, json.dumps({**body, "again": 1}).encode(), "application/json").status == 200
    assert [record.getMessage() for record in caplog.records] == [f"malformed: {told}"] * 2
    counted = call(door, "GET", "/metrics").text
    assert 'saleslog_requests_total{status="200"} 2.0' in counted


def test_requests_and_refusals_are_counted(door: Starlette) -> None:
    sent(door, interaction({"type": "nothing"}))
    post(door, command(), signed(command(), secret="another"))
    counted = call(door, "GET", "/metrics").text
    assert 'saleslog_requests_total{status="404"} 1.0' in counted
    assert 'saleslog_refused_total{reason="forged signature"} 1.0' in counted
    assert "saleslog_answer_seconds_bucket" in counted
    assert 'saleslog_alive{part="database"} 1.0' in counted


@pytest.mark.parametrize(
    ("parts", "status", "told"),
    [
        (WELL, 200, {"database": "ok", "scheduler": "ok"}),
        ({**WELL, "scheduler": False}, 503, {"database": "ok", "scheduler": "down"}),
    ],
)
def test_health_says_which_part_is_down(parts: Mapping[str, bool], status: int, told: dict[str, str]) -> None:
    answer = call(without_slack(lambda: parts, Metrics(), FixedClock(NOW)), "GET", "/health")
    assert (answer.status, json.loads(answer.text)) == (status, told)


def test_without_http_mode_there_is_no_door_for_slack() -> None:
    assert (
        post(without_slack(lambda: WELL, Metrics(), FixedClock(NOW)), command(), signed(command())).status
        == 404
    )


NAMES = """
    type user team view event message channel container actions authorizations response_urls state values
    blocks callback_id private_metadata trigger_id block_id action_id selected_option value command text
    user_id team_id enterprise is_enterprise_install bot_id profile hash id response_url is_cleared item
    thread_ts
"""
KINDS = """
    block_actions view_submission view_closed block_suggestion shortcut message_action event_callback
    url_verification interactive_message dialog_submission workflow_step_edit function_executed
    app_home_opened user_change message interaction log undo
"""
NAME = st.sampled_from(NAMES.split())
KIND = st.sampled_from(KINDS.split())
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | KIND
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAME, inner, max_size=6),
    max_leaves=25,
)
BODIES = st.builds(
    lambda body, kind: {**body, "type": kind},
    st.dictionaries(NAME, VALUES, max_size=8),
    KIND,
)
QUIETLY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUIETLY
@given(body=BODIES)
def test_whatever_is_signed_never_breaks_the_bot(body: dict[str, Any], door: Starlette) -> None:
    for raw, content_type in (
        (interaction(body), FORM),
        (json.dumps(body).encode(), "application/json"),
    ):
        assert sent(door, raw, content_type).status < 500


@QUIETLY
@given(
    raw=st.binary(max_size=200),
    content_type=st.sampled_from([FORM, "application/json"]),
    text=st.text(max_size=50),
)
def test_nor_do_bytes_and_words_without_sense(
    raw: bytes, content_type: str, text: str, door: Starlette
) -> None:
    assert sent(door, raw, content_type).status < 500
    assert sent(door, command(text.encode("utf-8", "replace").decode())).status < 500
