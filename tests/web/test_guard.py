import asyncio
import logging
from datetime import timedelta

import pytest
from posting import FORM, NOW, SECRET, asked, call, command, interaction, post, signed
from starlette.applications import Starlette
from starlette.routing import Route

from bot.clock import FixedClock
from bot.guard import LARGEST_BYTES, Answer, Guard, Letter

JSON = "application/json"
PRESS = {
    "type": "block_actions",
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "actions": [{"action_id": "undo"}],
}


class Bot:
    """Answers every letter with its number, after what `answers` says."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.refused: list[str] = []
        self.statuses: list[int] = []

    async def answer(self, letter: Letter) -> Answer:
        self.letters.append(letter)
        status = self.statuses.pop(0) if self.statuses else 200
        return Answer(status, f"answer {len(self.letters)}".encode())


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
def door(bot: Bot, clock: FixedClock) -> Starlette:
    guard = Guard(bot.answer, SECRET, clock, bot.refused.append)
    return Starlette(routes=[Route("/slack/events", guard)])


@pytest.mark.parametrize(
    ("raw", "content_type", "fields"),
    [
        (command("drafts"), FORM, {"command": "/log", "text": "drafts"}),
        (command("payload of the truck"), FORM, {"text": "payload of the truck"}),
        (interaction(PRESS), FORM, {"type": "block_actions"}),
        (b'{"type": "url_verification", "challenge": "3eZ"}', JSON, {"challenge": "3eZ"}),
        (
            b'{"type": "event_callback", "event": {"type": "x", "user": {"id": "U"}}}',
            JSON + "; charset=utf-8",
            {},
        ),
        (b"ssl_check=1&token=x", FORM, {"ssl_check": "1"}),
    ],
)
def test_what_slack_signed_is_let_in_and_read(
    raw: bytes, content_type: str, fields: dict[str, str], door: Starlette, bot: Bot
) -> None:
    assert post(door, raw, signed(raw, content_type))[:2] == (200, "answer 1")
    assert fields.items() <= bot.letters[0].body.items()


def test_headers_of_a_retry_are_passed_on(door: Starlette, bot: Bot) -> None:
    raw = b'{"type": "event_callback", "event": {"type": "x"}}'
    headers = {
        **signed(raw, JSON),
        "x-slack-retry-num": "1",
        "x-slack-retry-reason": "http_timeout",
        "x-other": "1",
    }
    post(door, raw, headers)
    assert bot.letters[0].headers == {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}


BODY = command("call Anna")
GOOD = signed(BODY)


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in GOOD.items() if key != name}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (signed(BODY, secret="another"), 401),
        (signed(b"other body"), 401),
        (signed(BODY, at=NOW - timedelta(seconds=301)), 401),
        (signed(BODY, at=NOW + timedelta(seconds=301)), 401),
        (without("x-slack-signature"), 401),
        (without("x-slack-request-timestamp"), 401),
        ({**GOOD, "x-slack-request-timestamp": "abc"}, 401),
        ({**GOOD, "x-slack-request-timestamp": ""}, 401),
        ({**GOOD, "x-slack-request-timestamp": "1" * 400}, 401),
        ({**GOOD, "x-slack-request-timestamp": "-1"}, 401),
        ({**GOOD, "x-slack-request-timestamp": "1e9"}, 401),
        ({**GOOD, "x-slack-signature": ""}, 401),
        ({**GOOD, "x-slack-signature": "v0=é"}, 401),
        ({**GOOD, "x-slack-signature": GOOD["x-slack-signature"].upper()}, 401),
        ({**GOOD, "content-type": "text/plain"}, 415),
        (without("content-type"), 415),
    ],
)
def test_what_slack_did_not_sign_is_refused(
    headers: dict[str, str], status: int, door: Starlette, bot: Bot
) -> None:
    answer = post(door, BODY, headers)
    assert answer.status == status
    assert bot.letters == []
    assert bot.refused == [answer.text]


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_five_minutes_either_way_are_allowed(seconds: int, door: Starlette) -> None:
    assert post(door, BODY, signed(BODY, at=NOW + timedelta(seconds=seconds)))[0] == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])
def test_only_posts_are_heard(method: str, door: Starlette, bot: Bot) -> None:
    answer = call(door, method, "/slack/events", b"", GOOD)
    assert (answer.status, answer.headers["allow"]) == (405, "POST")
    assert bot.letters == []


def test_a_large_body_is_refused_whatever_it_says_of_its_length(door: Starlette, bot: Bot) -> None:
    raw = command("x" * LARGEST_BYTES)
    assert post(door, raw, signed(raw))[0] == 413
    chunks = [raw[at : at + 9000] for at in range(0, len(raw), 9000)]
    assert asyncio.run(asked(door, "POST", "/slack/events", chunks, signed(raw))).status == 413
    lied = post(door, BODY, {**GOOD, "content-length": "9" * 5000})
    assert lied[0] == 413
    assert bot.letters == []


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (b"", FORM),
        (b"", JSON),
        (b"{", JSON),
        (b"[]", JSON),
        (b"5", JSON),
        (b"null", JSON),
        (b"{}", JSON),
        (b'{"type": 5}', JSON),
        (b"[" * 20_000, JSON),
        (b'{"type": "x", "a": ' + b'{"a":' * 20_000 + b"1" + b"}" * 20_001, JSON),
        (b'{"type": "x", "a": ' + b"[" * 60 + b"]" * 60 + b"}", JSON),
        (b'{"type": "x", "n": ' + b"1" * 5000 + b"}", JSON),
        (b'\xff\xfe{"type": "x"}', JSON),
        (b"payload=", FORM),
        (b"payload=%7B", FORM),
        (b"payload=[]", FORM),
        (b"a=1", FORM),
        (b"&".join(b"a%d=1" % number for number in range(500)), FORM),
        (b'{"type": "event_callback", "event": 5}', JSON),
        (b'{"type": "event_callback", "event": {"type": "x", "user": 5}}', JSON),
        (b'{"type": "x", "authorizations": [5]}', JSON),
        (interaction({"type": "block_actions", "actions": []}), FORM),
        (interaction({"type": "block_actions", "actions": ["x"]}), FORM),
        (interaction({"type": "block_actions", "actions": {}}), FORM),
        (interaction({"type": "view_submission", "view": "x"}), FORM),
        (interaction({"type": "view_submission", "view": {"state": {"values": []}}}), FORM),
        (interaction({"type": "shortcut", "user": ["U1"]}), FORM),
        (interaction({"type": "shortcut", "response_urls": [1]}), FORM),
    ],
)
def test_what_slack_would_never_send_is_refused_though_it_is_signed(
    raw: bytes, content_type: str, door: Starlette, bot: Bot
) -> None:
    assert post(door, raw, signed(raw, content_type))[0] == 400
    assert bot.letters == []


def test_a_replay_gets_the_first_answer_and_has_no_second_effect(door: Starlette, bot: Bot) -> None:
    assert [post(door, BODY, GOOD)[:2] for _ in range(3)] == [(200, "answer 1")] * 3
    assert len(bot.letters) == 1


def test_the_same_words_a_second_later_are_not_a_replay(door: Starlette, bot: Bot) -> None:
    post(door, BODY, GOOD)
    assert post(door, BODY, signed(BODY, at=NOW + timedelta(seconds=1)))[:2] == (200, "answer 2")


def test_as_long_as_a_signature_is_valid_its_answer_is_known(
    door: Starlette, bot: Bot, clock: FixedClock
) -> None:
    early = signed(BODY, at=NOW + timedelta(seconds=300))
    post(door, BODY, early)
    clock.move(timedelta(seconds=600))
    assert post(door, BODY, early)[:2] == (200, "answer 1")
    clock.move(timedelta(seconds=1))
    assert post(door, BODY, early)[0] == 401


def test_an_answer_that_failed_is_not_the_first_answer(door: Starlette, bot: Bot) -> None:
    bot.statuses = [500]
    assert post(door, BODY, GOOD)[:2] == (500, "answer 1")
    assert post(door, BODY, GOOD)[:2] == (200, "answer 2")


def test_forgers_do_not_flood_the_log_and_nothing_they_wrote_is_in_it(
    door: Starlette, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot.guard")
    forged = signed(command("canary"), secret="another")
    for _ in range(200):
        post(door, command("canary"), forged)
    assert [record.message for record in caplog.records] == [
        "refused a request (401): forged signature, 1 times"
    ]
    clock.move(timedelta(seconds=61))
    post(door, command("canary"), forged)
    assert caplog.records[-1].message == "refused a request (401): forged signature, 200 times"
    assert "canary" not in caplog.text


def test_a_deep_but_honest_view_is_let_in(door: Starlette) -> None:
    inner: dict[str, object] = {"type": "rich_text"}
    for _ in range(40):
        inner = {"elements": inner}
    raw = interaction({"type": "view_submission", "view": {"callback_id": "x", "blocks": [inner]}})
    assert post(door, raw, signed(raw))[0] == 200
