"""Who is told of which team, when, and which periods were told already."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, select, update

from bot.domain.digests import Cadence, NamedTeam, Period, Schedule, Subscription
from bot.domain.ids import DigestId, PersonId, TeamId, WorkspaceId
from storage.access import Access, Row
from storage.tables.digests import digest_runs, digests
from storage.tables.people import salespeople, team_managers, teams


class Digests:
    """The digests of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def get(self, digest: DigestId) -> Subscription | None:
        """Return one digest."""
        return next(iter(self._all(digests.c.id == digest)), None)

    def of_person(self, person: PersonId) -> list[Subscription]:
        """Return the digests that a manager gets, by team."""
        return self._all(digests.c.person_id == person)

    def everybody(self) -> list[Subscription]:
        """Return every digest of the workspace, by team."""
        return self._all()

    def enroll(self, team: TeamId, person: PersonId, schedule: Schedule, next_at: datetime | None) -> None:
        """Begin to tell a manager of a team; whom we tell already is told as before."""
        self._access.connection.execute(
            self._access.insert_once(digests, "team_id", "person_id"),
            {
                "id": self._access.ids(),
                "workspace_id": self._access.workspace,
                "team_id": team,
                "person_id": person,
                "next_at": next_at,
                **_columns(schedule),
            },
        )

    def forget(self, digest: DigestId) -> None:
        """Stop telling somebody who does not manage the team any more."""
        for table, column in ((digest_runs, digest_runs.c.digest_id), (digests, digests.c.id)):
            self._access.connection.execute(delete(table).where(self._access.mine(table), column == digest))

    def change(self, digest: DigestId, schedule: Schedule, next_at: datetime | None) -> None:
        """Tell at other times, or elsewhere."""
        self._access.connection.execute(
            update(digests)
            .where(self._access.mine(digests), digests.c.id == digest)
            .values(next_at=next_at, **_columns(schedule))
        )

    def claim(self, digest: DigestId, seen: datetime, next_at: datetime | None) -> bool:
        """Move on to the next moment; False when another process was first."""
        moved = self._access.connection.execute(
            update(digests)
            .where(self._access.mine(digests), digests.c.id == digest, digests.c.next_at == seen)
            .values(next_at=next_at)
        )
        return bool(moved.rowcount)

    def tell(self, digest: DigestId, period: Period, at: datetime) -> bool:
        """Note that a period is told of, as it stood at a moment; False when it was told before."""
        told = self._access.connection.execute(
            self._access.insert_once(digest_runs, "digest_id", "cadence", "first"),
            {
                "workspace_id": self._access.workspace,
                "digest_id": digest,
                "cadence": period.cadence,
                "first": period.first,
                "composed_at": at,
            },
        )
        return bool(told.rowcount)

    def told_before(self, digest: DigestId, first: date) -> datetime | None:
        """Return the moment of the last report of a period that began before a day."""
        query = select(func.max(digest_runs.c.composed_at)).where(
            self._access.mine(digest_runs), digest_runs.c.digest_id == digest, digest_runs.c.first < first
        )
        found: datetime | None = self._access.connection.scalar(query)
        return found

    def teams(self, wanted: frozenset[TeamId] | None = None) -> list[NamedTeam]:
        """Return these teams, or all of them, by name."""
        query = select(teams.c.id, teams.c.name).where(self._access.mine(teams)).order_by(teams.c.name)
        found = [NamedTeam(TeamId(team), name) for team, name in self._access.connection.execute(query)]
        return found if wanted is None else [team for team in found if team.id in wanted]

    def managers(self, team: TeamId) -> list[str]:
        """Return the names of a team's managers who are still there."""
        query = (
            select(salespeople.c.name)
            .join(
                team_managers,
                and_(
                    team_managers.c.workspace_id == salespeople.c.workspace_id,
                    team_managers.c.person_id == salespeople.c.id,
                ),
            )
            .where(self._access.mine(team_managers), team_managers.c.team_id == team, salespeople.c.active)
            .order_by(salespeople.c.name)
        )
        return list(self._access.connection.scalars(query))

    def _all(self, *conditions: ColumnElement[bool]) -> list[Subscription]:
        query = with_team().where(self._access.mine(digests), *conditions)
        rows = self._access.connection.execute(query.order_by(teams.c.name, digests.c.id)).mappings()
        return [subscription_of(row) for row in rows]


def with_team() -> Select[Any]:
    """Return the query of digests with the names of their teams."""
    named = and_(teams.c.workspace_id == digests.c.workspace_id, teams.c.id == digests.c.team_id)
    return select(digests, teams.c.name).join(teams, named)


def _columns(schedule: Schedule) -> dict[str, object]:
    return {
        "cadence": schedule.cadence,
        "weekday": schedule.weekday,
        "at": schedule.at,
        "channel": schedule.channel,
    }


def subscription_of(row: Row) -> Subscription:
    """Return the domain value of a row."""
    return Subscription(
        id=DigestId(row["id"]),
        workspace=WorkspaceId(row["workspace_id"]),
        team=NamedTeam(TeamId(row["team_id"]), row["name"]),
        person=PersonId(row["person_id"]),
        schedule=Schedule(
            cadence=Cadence(row["cadence"]), weekday=row["weekday"], at=row["at"], channel=row["channel"]
        ),
        next_at=row["next_at"],
    )
