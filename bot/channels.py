"""Whether a channel may have a team's digest: never one that another company reads."""

from slack_sdk import WebClient

from bot.domain.digests import Obstacle
from bot.outcomes import Permanent, judged

_SHARED = ("is_ext_shared", "is_shared", "is_pending_ext_shared")


def obstacle(client: WebClient, channel: str) -> Obstacle | None:
    """Return what stands against telling a channel of a team, None where nothing does.

    Raises:
        Passing: Slack does not answer now.
    """
    try:
        with judged():
            told = client.conversations_info(channel=channel)["channel"]
    except Permanent:
        return Obstacle.UNREACHABLE
    if any(told.get(name) for name in _SHARED):
        return Obstacle.SHARED
    if told.get("is_archived"):
        return Obstacle.UNREACHABLE
    return None if told.get("is_member") else Obstacle.ABSENT
