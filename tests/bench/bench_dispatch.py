"""What Bolt and our table cost before and after a listener's own work, with every listener registered."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

from addressbook import TEAM, user
from bench import Line, Sizes, beside, middle
from slack_bolt import Ack, App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.bolt import PromptBolt
from handlers.middleware import Desk, Request
from handlers.register import attach, routes

TIMES = 2_000
REACH = 300e-6
BODY = {
    "type": "block_actions",
    "team": {"id": TEAM},
    "user": {"id": user(1)},
    "trigger_id": "1.2.3",
    "actions": [{"action_id": "undo", "value": "1", "type": "button", "block_id": "b", "action_ts": "1.0"}],
}


class Idle:
    """A desk that finds the listener and does not call it."""

    def receive(self, request: Request) -> None:
        request.route(request.body)
        request.ack()


def lines(sizes: Sizes) -> list[Line]:
    """Return the lines of this bench."""
    ours, bare = _ours(), _bare()
    pairs = [beside(_asking(ours), _asking(bare), TIMES) for _ in range(sizes.runs)]
    figure, floor = middle(run for run, _ in pairs), middle(run for _, run in pairs)
    return [
        Line(
            work="dispatch of a button with every listener registered, its work left out",
            figure=f"{figure * 1e6:.0f} µs",
            floor=f"{floor * 1e6:.0f} µs",
            ratio=figure / floor,
            reach="≤ 300 µs",
            reached=figure <= REACH,
        )
    ]


def _ours() -> App:
    app = PromptBolt(WebClient(token="xoxb-bench"), None, ThreadPoolExecutor(4))
    attach(app, cast("Desk", Idle()), routes("/log", "/contact", "/segment"))
    return app


def _bare() -> App:
    """Return Bolt with one listener, heard in the thread that asks."""
    app = App(
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=None, bot_token="xoxb-bench"),
        request_verification_enabled=False,
        process_before_response=True,
    )
    app.action("undo")(_acknowledge)
    return app


def _acknowledge(ack: Ack) -> None:
    ack()


def _asking(app: App) -> Any:
    def ask() -> None:
        answer = app.dispatch(BoltRequest(body=BODY, mode="socket_mode"))
        assert answer.status == 200

    return ask
