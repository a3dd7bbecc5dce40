"""Messages as Slack takes them, from payloads that carry more: plainer blocks, a channel, words for a detour."""

from collections.abc import Callable
from typing import Any, TypeVar

from slack_sdk import WebClient

from bot.channels import obstacle
from bot.outcomes import Permanent

Payload = dict[str, Any]
_Posted = TypeVar("_Posted")

INSTEAD = "instead"
"""Blocks that say the same, for a Slack that does not know the others."""

CHANNEL = "channel"
"""Where it goes, if not into the person's direct message."""

EXCUSES = "excuses"
"""What is said above a message that can't go to its channel, by obstacle."""

_OURS = frozenset({INSTEAD, CHANNEL, EXCUSES})
_UNKNOWN_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format"})


def words(payload: Payload) -> Payload:
    """Return what Slack gets."""
    return {name: value for name, value in payload.items() if name not in _OURS}


def plainer(payload: Payload) -> Payload | None:
    """Return the same in blocks that every Slack knows; None where there is no other way to say it."""
    return {**words(payload), "blocks": payload[INSTEAD]} if INSTEAD in payload else None


def taken(post: Callable[[Payload], _Posted], payload: Payload) -> _Posted:
    """Post a message; where Slack refuses its blocks, post the same in plainer ones.

    Raises:
        Passing, Permanent: Slack did not take it.
    """
    other = plainer(payload)
    try:
        return post(words(payload))
    except Permanent as permanent:
        if str(permanent) not in _UNKNOWN_BLOCKS or other is None:
            raise
    return post(other)


def excused(client: WebClient, payload: Payload) -> Payload:
    """Return a message without its channel where that can't have it, and with the reason above it.

    Raises:
        Passing: Slack does not answer now.
    """
    against = obstacle(client, payload[CHANNEL])
    if against is None:
        return payload
    reason = str(payload[EXCUSES][against])
    above = {"type": "context", "elements": [{"type": "plain_text", "text": reason, "emoji": False}]}
    kept = {name: value for name, value in payload.items() if name not in (CHANNEL, EXCUSES)}
    return {
        **kept,
        "blocks": [above, *payload["blocks"]],
        INSTEAD: [above, *payload[INSTEAD]],
        "text": f"{reason}\n{payload['text']}",
    }
