"""Where a digest goes, and what a Slack gets that does not know its blocks (`product.md` 10)."""

from dataclasses import replace
from typing import Any

import pytest
from office import Office
from postroom import SECOND, Postroom
from seat import MANIFEST

from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.digests import OBSTACLES, Obstacle
from bot.domain.ids import SlackUser
from bot.playground.seeds import EVA, SALES, demo_workspace
from bot.playground.server import Server
from bot.sending import NOBODY_KNOWS
from bot.views.digests import to_channel
from bot.views.kit import chart, line, message

CHART = {"data_visualization"}


def says(post: Postroom, channel: str | None = None, answer: str | None = None) -> None:
    """Write down a digest: a chart, and the same in words."""
    whole = message(line("North"), chart("Week", ["Eva"], {"47": [3]}))
    words: dict[str, Any] = {**whole, "instead": message(line("North"), line("Eva: 3"))["blocks"]}
    if channel is not None:
        words = to_channel(words, channel, post.office.people.text(post.person))
    with post.office.store.begin(post.office.workspace) as work:
        work.deliveries.say("digest", DeliveryKind.DIGEST, post.person.id, words, answer=answer)
    post.outbox.drain()


def shown(slack: Server, channel: str) -> list[list[str]]:
    """The types of the blocks of each message of the bot in a channel."""
    seen = slack.workspace.seen_by(EVA, channel)
    ours = (message for message in seen if message.author == slack.workspace.app.bot_user)
    return [[block["type"] for block in message.blocks] for message in ours]


def direct(slack: Server) -> list[list[str]]:
    return shown(slack, slack.workspace.directory.direct(EVA).id)


@pytest.fixture
def old(slack: Server) -> Any:
    slack.workspace.unknown_blocks = frozenset(CHART)
    yield slack
    slack.workspace.unknown_blocks = frozenset()


def test_a_digest_has_a_chart(post: Postroom, slack: Server) -> None:
    says(post)
    assert direct(slack) == [["rich_text", "data_visualization"]]


def test_a_slack_that_refuses_charts_gets_the_figures_in_words(post: Postroom, old: Server) -> None:
    says(post)
    assert direct(old) == [["rich_text", "rich_text"]]
    assert post.row("digest").state == DeliveryState.SENT


def test_so_does_a_response_url(post: Postroom, old: Server) -> None:
    post.answers_to("form")
    says(post, answer="form")
    assert shown(old, SALES) == [["rich_text", "rich_text"]]


def test_a_digest_goes_to_its_channel(post: Postroom, slack: Server) -> None:
    says(post, SALES)
    assert shown(slack, SALES) == [["rich_text", "data_visualization"]]
    assert direct(slack) == []


@pytest.mark.parametrize("against", Obstacle)
def test_it_comes_to_the_reader_where_the_channel_can_not_have_it(
    post: Postroom, slack: Server, against: Obstacle
) -> None:
    directory = slack.workspace.directory
    before = directory.channel(SALES)
    changes: dict[Obstacle, dict[str, Any]] = {
        Obstacle.SHARED: {"is_shared": True},
        Obstacle.ABSENT: {"members": before.members - {slack.workspace.app.bot_user}},
        Obstacle.UNREACHABLE: {"is_archived": True},
    }
    directory.put_channel(replace(before, **changes[against]))
    try:
        says(post, SALES)
    finally:
        directory.put_channel(before)
    assert shown(slack, SALES) == []
    assert direct(slack) == [["context", "rich_text", "data_visualization"]]
    assert OBSTACLES[against] in post.direct()[0]


def test_without_the_scope_for_history_it_is_said_at_most_once(office: Office) -> None:
    scopes = frozenset(MANIFEST["oauth_config"]["scopes"]["bot"])
    with Server(MANIFEST, demo_workspace(), scopes=scopes) as slack:
        post = Postroom(office, slack, office.joins("Eva", slack_id=SlackUser(EVA)))
        slack.faults.lost_reply("chat.postMessage")
        says(post)
        post.passes(SECOND)
        assert len(direct(slack)) == 1
        assert post.row("digest").state == DeliveryState.FAILED
        assert post.row("digest").reason == NOBODY_KNOWS
        post.outbox.stop()
