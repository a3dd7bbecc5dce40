"""Teams: their members, their managers, the user groups that they follow."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update

from bot.domain.folding import fold
from bot.domain.ids import PersonId, TeamId
from bot.domain.people import Person
from bot.domain.teams import Team, Trouble, UserGroup, role_with
from storage.access import Access, Row
from storage.people import People
from storage.tables.digests import digest_runs, digests
from storage.tables.people import salespeople, team_managers, teams


class Teams:
    """The teams of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._people = People(access)

    def all(self) -> list[Team]:
        """Return every team, by name."""
        return sorted(self._found(), key=lambda team: fold(team.name))

    def get(self, team: TeamId) -> Team | None:
        """Return one team."""
        return next(iter(self._found(teams.c.id == team)), None)

    def following(self) -> list[Team]:
        """Return the teams that follow a user group, by name."""
        return [team for team in self.all() if team.group is not None]

    def people(self, team: TeamId) -> list[Person]:
        """Return who belongs to a team by name, also those who left."""
        query = select(salespeople.c.id).where(self._access.mine(salespeople), salespeople.c.team_id == team)
        ids = frozenset(PersonId(one) for one in self._access.connection.scalars(query))
        return sorted(
            self._people.many(ids).values(), key=lambda person: (not person.active, fold(person.name))
        )

    def managers(self, team: TeamId) -> list[Person]:
        """Return who manages a team and is still there, by name."""
        query = select(team_managers.c.person_id).where(
            self._access.mine(team_managers), team_managers.c.team_id == team
        )
        ids = frozenset(PersonId(one) for one in self._access.connection.scalars(query))
        found = (person for person in self._people.many(ids).values() if person.active)
        return sorted(found, key=lambda person: fold(person.name))

    def rename(self, team: TeamId, name: str) -> None:
        """Give a team another name."""
        self._change(team, name=name)

    def let_manage(self, team: TeamId, managers: frozenset[PersonId]) -> frozenset[PersonId]:
        """Let exactly these manage a team; their roles follow. Return whose role may have changed.

        The digests of who manages it no longer end.
        """
        before = self._managers_of(team)
        for person in managers - before:
            self._people.let_manage(person, team)
        for person in before - managers:
            self._dismiss(team, person)
        changed = before ^ managers
        self._follow_roles(changed)
        return changed

    def delete(self, team: TeamId) -> None:
        """Delete a team: its members stay without one, its digests end."""
        self.let_manage(team, frozenset())
        self._end_digests(digests.c.team_id == team)
        self._access.connection.execute(
            update(salespeople)
            .where(self._access.mine(salespeople), salespeople.c.team_id == team)
            .values(team_id=None)
        )
        self._access.connection.execute(delete(teams).where(self._access.mine(teams), teams.c.id == team))

    def move(self, people: frozenset[PersonId], team: TeamId) -> None:
        """Let people belong to a team, and to no other."""
        self._belong(people, team)

    def take_out(self, people: frozenset[PersonId]) -> None:
        """Let people belong to no team."""
        self._belong(people, None)

    def follow(self, team: TeamId, group: str, handle: str) -> None:
        """Let a team follow a user group."""
        self._change(team, user_group=group, group_handle=handle, followed_at=None, trouble=None)

    def stop_following(self, team: TeamId) -> None:
        """Let a team follow no user group."""
        self._change(team, user_group=None, group_handle="", followed_at=None, trouble=None)

    def followed(self, team: TeamId, handle: str, at: datetime) -> None:
        """Note when the members were last those of the user group, and how it is called."""
        self._change(team, group_handle=handle, followed_at=at, trouble=None)

    def troubled(self, team: TeamId, code: str) -> None:
        """Note why a team can't follow."""
        self._change(team, trouble=code)

    def _belong(self, people: frozenset[PersonId], team: TeamId | None) -> None:
        self._access.connection.execute(
            update(salespeople)
            .where(self._access.mine(salespeople), salespeople.c.id.in_(people))
            .values(team_id=team)
        )

    def _change(self, team: TeamId, **values: Any) -> None:
        statement = update(teams).where(self._access.mine(teams), teams.c.id == team)
        self._access.connection.execute(statement.values(**values))

    def _managers_of(self, team: TeamId) -> frozenset[PersonId]:
        query = select(team_managers.c.person_id).where(
            self._access.mine(team_managers), team_managers.c.team_id == team
        )
        return frozenset(PersonId(one) for one in self._access.connection.scalars(query))

    def _dismiss(self, team: TeamId, person: PersonId) -> None:
        self._end_digests((digests.c.team_id == team) & (digests.c.person_id == person))
        self._access.connection.execute(
            delete(team_managers).where(
                self._access.mine(team_managers),
                team_managers.c.team_id == team,
                team_managers.c.person_id == person,
            )
        )

    def _end_digests(self, meant: ColumnElement[bool]) -> None:
        ended = select(digests.c.id).where(self._access.mine(digests), meant)
        self._access.connection.execute(
            delete(digest_runs).where(self._access.mine(digest_runs), digest_runs.c.digest_id.in_(ended))
        )
        self._access.connection.execute(delete(digests).where(self._access.mine(digests), meant))

    def _follow_roles(self, changed: frozenset[PersonId]) -> None:
        managing = select(team_managers.c.person_id).where(self._access.mine(team_managers)).distinct()
        leaders = frozenset(PersonId(one) for one in self._access.connection.scalars(managing))
        for person in self._people.many(changed).values():
            role = role_with(person.role, person.id in leaders)
            self._access.connection.execute(
                update(salespeople)
                .where(self._access.mine(salespeople), salespeople.c.id == person.id)
                .values(role=role)
            )

    def _found(self, *conditions: ColumnElement[bool]) -> list[Team]:
        query = select(teams).where(self._access.mine(teams), *conditions)
        rows = self._access.connection.execute(query).mappings().all()
        counts, leaders = self._counts(), self._leaders([row["id"] for row in rows])
        return [_team(row, leaders.get(row["id"], ()), counts.get(row["id"], 0)) for row in rows]

    def _counts(self) -> dict[int, int]:
        query = (
            select(salespeople.c.team_id, func.count())
            .where(self._access.mine(salespeople), salespeople.c.active, salespeople.c.team_id.is_not(None))
            .group_by(salespeople.c.team_id)
        )
        return {row[0]: row[1] for row in self._access.connection.execute(query)}

    def _leaders(self, ids: Sequence[int]) -> dict[int, tuple[Person, ...]]:
        query = select(team_managers.c.team_id, team_managers.c.person_id).where(
            self._access.mine(team_managers), team_managers.c.team_id.in_(ids)
        )
        pairs = self._access.connection.execute(query).all()
        people = self._people.many(frozenset(PersonId(person) for _, person in pairs))
        by_name = sorted(pairs, key=lambda pair: fold(people[pair[1]].name))
        return {team: tuple(people[person] for one, person in by_name if one == team) for team, _ in pairs}


def _team(row: Row, managers: tuple[Person, ...], members: int) -> Team:
    return Team(
        id=TeamId(row["id"]),
        name=row["name"],
        managers=managers,
        members=members,
        group=UserGroup(row["user_group"], row["group_handle"]) if row["user_group"] else None,
        followed_at=row["followed_at"],
        trouble=Trouble(row["trouble"]) if row["trouble"] else None,
    )
