"""What Slack says of people: do-not-disturb, and who has left (`product.md` 5)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from postroom import Postroom
from seat import MANIFEST
from slack_sdk import WebClient

from bot.domain.ids import SlackUser
from bot.playground.seeds import EVA, demo_workspace
from bot.playground.server import Server
from bot.presence import Presence

OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture
def presence(post: Postroom) -> Presence:
    return asking(post, post.slack)


def asking(post: Postroom, slack: Server) -> Presence:
    token = slack.workspace.app.bot_token
    client = WebClient(token=token, base_url=f"{slack.url}/api/", timeout=1, retry_handlers=[])
    return Presence(lambda _: client, post.office.clock)


def at_local_hour(post: Postroom, hour: int) -> datetime:
    """Let it be this hour in Oslo, for Slack and for us; return the moment."""
    workspace = post.slack.workspace
    now = datetime.fromtimestamp(workspace.clock.now(), UTC)
    there = now.astimezone(OSLO).replace(hour=hour, minute=0, second=0, microsecond=0)
    ahead = (there - now) % timedelta(days=1)
    workspace.shift(ahead.total_seconds())
    post.office.clock.move(now + ahead - post.office.clock.now())
    return post.office.clock.now()


def test_the_schedule_says_until_when_somebody_sleeps(post: Postroom, presence: Presence) -> None:
    late = at_local_hour(post, 23)
    until = presence.quiet_until(post.person)
    assert until is not None
    assert until - late == timedelta(hours=9)
    at_local_hour(post, 12)
    assert presence.quiet_until(post.person) is None


def test_without_the_scope_nobody_is_asked_about_twice(post: Postroom, slack: Server) -> None:
    with Server(MANIFEST, demo_workspace(), scopes=frozenset({"chat:write"})) as poor:
        presence = asking(post, poor)
        assert presence.quiet_until(post.person) is None
        assert presence.quiet_until(post.person) is None
        assert [call.method for call in poor.calls] == ["dnd.info"]


def test_when_slack_counts_our_questions_we_ask_later(post: Postroom, presence: Presence) -> None:
    post.slack.faults.rate_limited(30, "dnd.info")
    assert presence.quiet_until(post.person) == post.office.clock.now() + timedelta(seconds=30)


def test_a_slack_that_does_not_answer_keeps_no_reminder_back(post: Postroom, presence: Presence) -> None:
    at_local_hour(post, 23)
    post.slack.faults.broken("dnd.info")
    assert presence.quiet_until(post.person) is None
    post.slack.faults.silent("dnd.info")
    assert presence.quiet_until(post.person) is None


def test_somebody_without_slack_is_neither_quiet_nor_gone(post: Postroom, presence: Presence) -> None:
    imported = replace(post.person, slack_id=None)
    assert presence.quiet_until(imported) is None
    assert not presence.has_left(imported)


def test_who_is_deactivated_or_unknown_has_left(post: Postroom, presence: Presence) -> None:
    assert not presence.has_left(post.person)
    assert presence.has_left(replace(post.person, slack_id=SlackUser("U0NOBODY")))
    directory = post.slack.workspace.directory
    member = directory.member(EVA)
    directory.put_member(replace(member, deleted=True))
    assert presence.has_left(post.person)
    directory.put_member(member)


def test_unsure_somebody_is_still_there(post: Postroom, presence: Presence) -> None:
    post.slack.faults.broken("users.info")
    assert not presence.has_left(post.person)
    post.slack.faults.silent("users.info")
    assert not presence.has_left(post.person)
