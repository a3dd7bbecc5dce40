"""Small steps that many tests take."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.post import Outcome
from bot.playground.seeds import EVA
from bot.playground.server import Server
from bot.playground.views import OpenView


def trigger(slack: Server, user: str = EVA) -> str:
    return slack.workspace.triggers.issue(user)


def opened(slack: Server, client: WebClient, view: dict[str, Any], user: str = EVA) -> OpenView:
    client.views_open(trigger_id=trigger(slack, user), view=view)
    top = slack.workspace.top(user)
    assert top
    return top


def refused(error: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(error.value.response["error"])


def payload_of(outcome: Outcome | None) -> dict[str, Any]:
    """Of an act that the bot acknowledged."""
    assert outcome
    assert outcome.acked, outcome
    assert outcome.sent
    return outcome.sent.payload
