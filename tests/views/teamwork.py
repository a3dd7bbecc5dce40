"""Views of teams, and of who reads what."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain.ids import PersonId, TeamId
from bot.domain.people import Visibility
from bot.domain.teams import Move, Team, TeamList, TeamPage, Trouble, UserGroup
from bot.views import setup, teams
from tests.views.things import META, NOW, TEXT, Say, eva

Page = Callable[[Say], dict[str, Any]]


def north(say: Say, number: int = 7, leaders: int = 2, **facts: Any) -> Team:
    managers = tuple(
        replace(eva(say), id=PersonId(30 + one), name=say("Zoë O'Connor-Ødegård"), active=one != 1)
        for one in range(leaders)
    )
    return Team(id=TeamId(number), name=say("North Sea"), managers=managers, members=12, **facts)


def group(say: Say) -> UserGroup:
    return UserGroup("S0SALES001", say("sales-team"))


def one(say: Say, people: int, **facts: Any) -> TeamPage:
    members = tuple(
        replace(eva(say), id=PersonId(50 + place), name=say("Wim Peeters"), active=place != people - 1)
        for place in range(people)
    )
    return TeamPage(north(say, **facts), members, 1 if people == 20 else 0, 10 if people == 20 else 1)


def fifty(say: Say) -> dict[str, Any]:
    shown = tuple(north(say, number, leaders=9 if number == 8 else 2) for number in range(7, 26))
    lost = north(say, 26, leaders=0, group=group(say), trouble=Trouble.GONE)
    return teams.teams(TeamList((*shown, lost), 1, 3), TEXT, teams.deleted(north(say), TEXT))


def moved(say: Say) -> dict[str, Any]:
    moves = [Move(eva(say), say("South Sea")), *(Move(eva(say)) for _ in range(7))]
    return teams.team(one(say, 3), TEXT, teams.added(moves, TEXT))


MODALS: dict[str, Page] = {
    "teams": fifty,
    "teams, none": lambda _: teams.teams(TeamList((), 0, 1), TEXT),
    "team": lambda say: teams.team(one(say, 20), TEXT),
    "team, empty": lambda say: teams.team(one(say, 0, leaders=0), TEXT, teams.added([], TEXT)),
    "team, joined": moved,
    "team, following": lambda say: teams.team(one(say, 3, group=group(say), followed_at=NOW), TEXT),
    "team, following nothing": lambda say: teams.team(
        one(say, 2, group=group(say), trouble=Trouble.SCOPE), TEXT
    ),
    "team, new": lambda _: teams.form(META, None, TEXT),
    "team, edit": lambda say: teams.form(META, north(say), TEXT),
    "team, add": lambda say: teams.add_form(META, north(say), TEXT),
    "team, follow": lambda say: teams.follow_form(META, north(say), TEXT),
    "team, looking": lambda _: teams.looking(TEXT),
    "team, follows": lambda say: teams.followed(north(say, group=group(say)), TEXT),
    "setup, visibility": lambda _: setup.visibility_form(Visibility.TEAM, META, TEXT),
}
