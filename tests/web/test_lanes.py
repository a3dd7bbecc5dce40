import asyncio
import threading
from collections.abc import Awaitable
from typing import Any

from posting import FORM, NOW, SECRET, Answered, asked, interaction, signed
from slack_bolt import BoltRequest, BoltResponse
from starlette.applications import Starlette

from bot.clock import FixedClock
from bot.metrics import Metrics
from bot.web import SEARCHERS, SlackDoor, with_slack

CROWD = 80
PATIENCE = 5


class Bolt:
    """Keeps every search waiting until `go`, and knows how many wait."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.searching = 0

    def dispatch(self, request: BoltRequest) -> BoltResponse:
        if request.body["type"] == "block_suggestion":
            self.searching += 1
            assert self.go.wait(PATIENCE)
        return BoltResponse(status=200)


def ask(door: Starlette, payload: dict[str, Any]) -> Awaitable[Answered]:
    raw = interaction({"team": {"id": "T1"}, "user": {"id": "U1"}, **payload})
    return asked(door, "POST", "/slack/events", [raw], signed(raw, FORM))


def test_a_crowd_of_searches_takes_turns_and_keeps_nobody_else_waiting() -> None:
    bolt = Bolt()
    door = with_slack(SlackDoor(bolt.dispatch, SECRET, FixedClock(NOW)), dict, Metrics())

    async def meet() -> tuple[int, Answered, list[Answered]]:
        crowd = [
            asyncio.ensure_future(ask(door, {"type": "block_suggestion", "value": str(place)}))
            for place in range(CROWD)
        ]
        other = await asyncio.wait_for(ask(door, {"type": "shortcut"}), PATIENCE)
        searching = bolt.searching
        bolt.go.set()
        return searching, other, await asyncio.gather(*crowd)

    searching, other, found = asyncio.run(meet())
    assert other.status == 200
    assert searching <= SEARCHERS
    assert {answer.status for answer in found} == {200}
