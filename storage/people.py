"""Workspaces, salespeople and teams."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, func, insert, or_, select, update

from bot.clock import Clock
from bot.domain.folding import fold
from bot.domain.ids import PersonId, SlackTeam, SlackUser, TeamId, WorkspaceId
from bot.domain.people import Person, Role
from storage.access import Access, Row, always
from storage.merges import merge
from storage.tables.people import salespeople, team_managers, teams, workspaces

_OF_SLACK_TEAM = select(workspaces.c.id).where(workspaces.c.slack_team == bindparam("team"))
_IN_WORKSPACE = select(salespeople).where(salespeople.c.workspace_id == bindparam("workspace"))
_BY_ID = _IN_WORKSPACE.where(salespeople.c.id == bindparam("asked"))
_BY_SLACK = _IN_WORKSPACE.where(salespeople.c.slack_id == bindparam("asked"))


def workspace_of(connection: Connection, team: SlackTeam) -> WorkspaceId | None:
    """Return the workspace of a Slack team, if it was here before."""
    found = connection.execute(_OF_SLACK_TEAM, {"team": team}).scalar()
    return None if found is None else WorkspaceId(found)


def slack_team_of(connection: Connection, workspace: WorkspaceId) -> SlackTeam:
    """Return the Slack team of a workspace."""
    query = select(workspaces.c.slack_team).where(workspaces.c.id == workspace)
    return SlackTeam(connection.execute(query).scalar_one())


def create_workspace(connection: Connection, workspace: WorkspaceId, team: SlackTeam, clock: Clock) -> None:
    """Add a workspace; its ordinal is a short number, used in the search index."""
    last = connection.execute(select(func.coalesce(func.max(workspaces.c.ordinal), 0))).scalar_one()
    connection.execute(
        insert(workspaces).values(id=workspace, ordinal=last + 1, slack_team=team, created_at=clock.now())
    )


def all_workspaces(connection: Connection) -> list[WorkspaceId]:
    """Return every workspace, the oldest first."""
    return [
        WorkspaceId(one) for one in connection.scalars(select(workspaces.c.id).order_by(workspaces.c.ordinal))
    ]


def mark_as_demo(connection: Connection, workspace: WorkspaceId) -> None:
    """Mark a workspace as the demo's: only there the clock may be moved."""
    connection.execute(update(workspaces).where(workspaces.c.id == workspace).values(demo=True))


def is_demo(connection: Connection) -> bool:
    """Whether this is a demo's database: every workspace in it is a demo's, and there is one."""
    found = connection.execute(select(workspaces.c.demo)).scalars().all()
    return bool(found) and all(found)


class People:
    """The salespeople of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def get(self, person: PersonId) -> Person | None:
        """Return one salesperson."""
        return self._asked(_BY_ID, person)

    def by_slack(self, slack_id: SlackUser) -> Person | None:
        """Return who uses this Slack id."""
        return self._asked(_BY_SLACK, slack_id)

    def by_email(self, email: str) -> Person | None:
        """Return who has this e-mail, letter case aside."""
        return self._one(salespeople.c.email == email.strip().casefold())

    def by_code(self, code: str) -> Person | None:
        """Return who has this code, letter case aside."""
        return self._one(func.lower(salespeople.c.code) == code.strip().lower())

    def many(self, wanted: frozenset[PersonId]) -> dict[PersonId, Person]:
        """Return these salespeople by id."""
        return {person.id: person for person in self._all(salespeople.c.id.in_(wanted))} if wanted else {}

    def active(self) -> list[Person]:
        """Return everybody who may be chosen as salesperson, by name."""
        return sorted(self._all(salespeople.c.active), key=lambda person: fold(person.name))

    def admins(self) -> list[Person]:
        """Return the admins whom Slack reaches."""
        return self._all(
            salespeople.c.active, salespeople.c.role == Role.ADMIN, salespeople.c.slack_id.is_not(None)
        )

    def known_as(self, query: str, limit: int) -> list[Person]:
        """Return salespeople with a word of the name that starts with `query`, also those who left."""
        return sorted(self._all(_named(query)), key=lambda person: fold(person.name))[:limit]

    def named(self, query: str, limit: int) -> list[Person]:
        """Return active salespeople with a word of the name that starts with `query`."""
        found = self._all(salespeople.c.active, _named(query))
        return sorted(found, key=lambda person: fold(person.name))[:limit]

    def team_members(self, team_ids: frozenset[TeamId]) -> frozenset[PersonId]:
        """Return the ids of everybody in these teams."""
        if not team_ids:
            return frozenset()
        query = select(salespeople.c.id).where(
            self._access.mine(salespeople), salespeople.c.team_id.in_(team_ids)
        )
        return frozenset(PersonId(row) for row in self._access.connection.scalars(query))

    def codes(self) -> set[str]:
        """Return every code in use."""
        query = select(salespeople.c.code).where(self._access.mine(salespeople))
        return set(self._access.connection.scalars(query))

    def add(self, person: Person) -> None:
        """Add a salesperson."""
        self._access.connection.execute(
            insert(salespeople).values(
                id=person.id,
                workspace_id=self._access.workspace,
                created_at=self._access.clock.now(),
                **_columns(person),
            )
        )

    def change(self, person: Person) -> None:
        """Write back a salesperson."""
        self._access.connection.execute(
            update(salespeople)
            .where(self._access.mine(salespeople), salespeople.c.id == person.id)
            .values(**_columns(person))
        )

    def merge(self, kept: Person, gone: Person) -> None:
        """Let one row of a person take over what refers to the other, which is deleted; that one never acted."""
        for team in gone.manages:
            self.let_manage(kept.id, team)
        self._access.connection.execute(
            delete(team_managers).where(
                self._access.mine(team_managers), team_managers.c.person_id == gone.id
            )
        )
        merge(self._access, kept.id, gone.id)

    def add_team(self, name: str) -> TeamId:
        """Add a team and return its id."""
        team = TeamId(self._access.ids())
        self._access.connection.execute(
            insert(teams).values(id=team, workspace_id=self._access.workspace, name=name)
        )
        return team

    def let_manage(self, person: PersonId, team: TeamId) -> None:
        """Make a person manager of a team; again does nothing."""
        self._access.connection.execute(
            self._access.insert_once(team_managers, "team_id", "person_id").values(
                workspace_id=self._access.workspace, team_id=team, person_id=person
            )
        )

    def _asked(self, query: Select[Any], asked: PersonId | SlackUser) -> Person | None:
        return next(iter(self._found(query, {"workspace": self._access.workspace, "asked": asked})), None)

    def _one(self, *conditions: Any) -> Person | None:
        return next(iter(self._all(*conditions)), None)

    def _all(self, *conditions: Any) -> list[Person]:
        return self._found(select(salespeople).where(self._access.mine(salespeople), *conditions), {})

    def _found(self, query: Select[Any], asked: Mapping[str, Any]) -> list[Person]:
        rows = self._access.connection.execute(query, asked).mappings().all()
        managed = self._managed(frozenset(row["id"] for row in rows if row["role"] != Role.SALESPERSON))
        return [_person(row, managed.get(row["id"], frozenset())) for row in rows]

    def _managed(self, ids: frozenset[int]) -> dict[int, frozenset[TeamId]]:
        if not ids:
            return {}
        query = select(team_managers.c.person_id, team_managers.c.team_id).where(
            self._access.mine(team_managers), team_managers.c.person_id.in_(ids)
        )
        managed: dict[int, frozenset[TeamId]] = {}
        for person, team in self._access.connection.execute(query):
            managed[person] = managed.get(person, frozenset()) | {TeamId(team)}
        return managed


def _named(query: str) -> ColumnElement[bool]:
    folded = fold(query).replace("%", "").replace("_", "")
    like = or_(salespeople.c.search.like(f"{folded}%"), salespeople.c.search.like(f"% {folded}%"))
    return like if folded else always()


def _person(row: Row, manages: frozenset[TeamId]) -> Person:
    return Person(
        id=PersonId(row["id"]),
        workspace=WorkspaceId(row["workspace_id"]),
        slack_id=row["slack_id"],
        code=row["code"],
        name=row["name"],
        email=row["email"],
        zone=row["zone"],
        country=row["country"],
        locale=row["locale"],
        role=Role(row["role"]),
        team=row["team_id"],
        manages=manages,
        active=row["active"],
        confirmed=row["confirmed"],
        told_zone=row["told_zone"],
        told_locale=row["told_locale"],
    )


def _columns(person: Person) -> dict[str, Any]:
    return {
        "slack_id": person.slack_id,
        "code": person.code,
        "name": person.name,
        "search": fold(person.name),
        "email": person.email.casefold() if person.email else None,
        "zone": person.zone,
        "country": person.country,
        "locale": person.locale,
        "role": person.role,
        "team_id": person.team,
        "active": person.active,
        "confirmed": person.confirmed,
        "told_zone": person.told_zone,
        "told_locale": person.told_locale,
    }
