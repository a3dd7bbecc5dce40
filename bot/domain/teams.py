"""Teams: who belongs to them, who manages them, and the Slack user group that one may follow (`product.md` 1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.folding import fold
from bot.domain.ids import PersonId, SlackUser, TeamId
from bot.domain.messages import Message, n_
from bot.domain.people import Person, Role

NAME_LIMIT = 80


class Trouble(StrEnum):
    """Why a team can't follow its user group; its members stay as they are meanwhile."""

    GONE = "gone"
    SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A user group of Slack's."""

    id: str
    handle: str
    members: frozenset[SlackUser] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team; `members` counts those who are still there."""

    id: TeamId
    name: str
    managers: tuple[Person, ...] = ()
    members: int = 0
    group: UserGroup | None = None
    followed_at: datetime | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class TeamList:
    """A page of the teams."""

    teams: tuple[Team, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class TeamPage:
    """One team with a page of its members, also those who left."""

    team: Team
    people: tuple[Person, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Typed:
    """A team as typed into its form."""

    name: str
    managers: tuple[PersonId, ...]

    @property
    def written(self) -> str:
        """The name without needless spaces."""
        return " ".join(self.name.split())

    def wrong(self, others: Iterable[Team]) -> Message | None:
        """Return what is wrong with the name; `others` are the other teams."""
        if not self.written:
            return Message("Write the name.")
        if len(self.written) > NAME_LIMIT:
            return Message("At most {limit} characters.", {"limit": NAME_LIMIT})
        if fold(self.written) in {fold(team.name) for team in others}:
            return Message("There is a team of this name already.")
        return None


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who joined a team, and the one he left for it."""

    person: Person
    left: str = ""


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What following user groups came to: who joined or left a team, and how many teams can't follow."""

    moved: frozenset[PersonId]
    troubled: int


@dataclass(frozen=True, slots=True)
class Regrouping:
    """What following a user group comes to: who joins, who leaves, and who stays in another team."""

    joins: tuple[Person, ...]
    leaves: tuple[Person, ...]


def regrouped(
    team: TeamId, group: frozenset[PersonId], people: Iterable[Person], following: frozenset[TeamId]
) -> Regrouping:
    """Return who joins and who leaves a team so that it has the members of its user group.

    Somebody in a team that follows a group of its own stays there until he is out of that group: two groups
    with the same person would else pull at him for ever. Who has left Slack stays: what he left behind falls
    to his manager.
    """
    there = [person for person in people if person.active]
    return Regrouping(
        joins=tuple(
            person
            for person in there
            if person.id in group and person.team != team and person.team not in following
        ),
        leaves=tuple(person for person in there if person.team == team and person.id not in group),
    )


def role_with(role: Role, manages: bool) -> Role:  # noqa: FBT001 - a fact, not a switch
    """Return the role of somebody after the teams that he manages have changed."""
    if role is Role.ADMIN:
        return role
    return Role.MANAGER if manages else Role.SALESPERSON


def who_can(leaders: Iterable[str]) -> Message:
    """Return "Max or an admin": who may do what somebody was refused."""
    names = tuple(dict.fromkeys(leaders))
    return Message(n_("{names} or an admin"), {"names": names}) if names else Message(n_("an admin"))
