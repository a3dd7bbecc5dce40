"""Fifty people at once while Slack is slow: everybody is answered, nobody waits for others."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from desks import Desks
from hatchery import Hatchery

from bot.playground.acts import Outcome
from bot.playground.delivery import PATIENCE
from bot.playground.people import Channel, ChannelKind, Member
from bot.playground.seeds import SALES
from bot.playground.server import Server

CROWD = [f"U0CROWD{number:03d}" for number in range(50)]
SLACK_TAKES = 0.3


def comes_in(slack: Server) -> None:
    for number, user in enumerate(CROWD):
        slack.workspace.directory.put_member(Member(user, f"p{number}", f"Person {number}"))
    members = frozenset({*CROWD, slack.workspace.app.bot_user})
    slack.workspace.directory.put_channel(Channel(SALES, "sales", ChannelKind.PUBLIC, members))


def everything(slack: Server, desks: Desks) -> list[Callable[[str], Outcome | None]]:
    """What people do in Slack, one kind of each."""
    return [
        lambda user: slack.acts.command(user, SALES, "/log"),
        lambda user: desks.types_into(user, "comment", "Agreed the price list"),
        desks.submits,
        lambda user: desks.presses(user, "more_fields"),
        lambda user: desks.searches(user, "Anna 0"),
    ]


def test_fifty_people_at_once_are_all_answered_in_time(
    slack: Server, hatchery: Hatchery, sqlite_url: str
) -> None:
    comes_in(slack)
    desks = Desks(slack, sqlite_url)
    hatchery.bot(slack, sqlite_url)
    acts = everything(slack, desks)
    with ThreadPoolExecutor(len(CROWD)) as people:
        list(
            people.map(
                desks.opens_empty, [user for number, user in enumerate(CROWD) if number % 5 in (1, 3, 4)]
            )
        )
        list(people.map(desks.opens, CROWD[2::5]))
        slack.faults.slow(SLACK_TAKES)
        outcomes = list(people.map(lambda turn: acts[turn[0] % 5](turn[1]), enumerate(CROWD)))
    late = [one for one in outcomes if one is None or not one.acked or one.seconds >= PATIENCE]
    assert late == []
    assert len(desks.forms_logged()) == 10
