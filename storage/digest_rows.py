"""The digests of all workspaces: whose time has come, who is missing, who is too many."""

from typing import Any

from sqlalchemy import Select, and_, select

from bot.domain.digests import Subscription
from bot.domain.ids import PersonId, TeamId, WorkspaceId
from storage.digests import subscription_of, with_team
from storage.store import Store
from storage.tables.digests import digests
from storage.tables.people import salespeople, team_managers

_MANAGES = and_(
    team_managers.c.workspace_id == digests.c.workspace_id,
    team_managers.c.team_id == digests.c.team_id,
    team_managers.c.person_id == digests.c.person_id,
)


class DigestRows:
    """The digests of all workspaces; what is due is claimed in the workspace's own transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Subscription]:
        """Return every digest that is not paused, and is of a team that its reader manages."""
        query = with_team().join(team_managers, _MANAGES).where(digests.c.next_at.is_not(None))
        return self._found(query.order_by(digests.c.next_at))

    def missing(self) -> list[tuple[WorkspaceId, TeamId, PersonId]]:
        """Return who manages a team and is not told of it."""
        query = (
            select(team_managers.c.workspace_id, team_managers.c.team_id, team_managers.c.person_id)
            .join(
                salespeople,
                and_(
                    salespeople.c.workspace_id == team_managers.c.workspace_id,
                    salespeople.c.id == team_managers.c.person_id,
                ),
            )
            .outerjoin(digests, _MANAGES)
            .where(digests.c.id.is_(None), salespeople.c.active, salespeople.c.slack_id.is_not(None))
        )
        with self._store.reading() as connection:
            found = connection.execute(query).all()
        return [(WorkspaceId(one), TeamId(team), PersonId(person)) for one, team, person in found]

    def stale(self) -> list[Subscription]:
        """Return the digests of those who do not manage the team any more."""
        query = with_team().outerjoin(team_managers, _MANAGES).where(team_managers.c.team_id.is_(None))
        return self._found(query)

    def _found(self, query: Select[Any]) -> list[Subscription]:
        with self._store.reading() as connection:
            return [subscription_of(row) for row in connection.execute(query).mappings()]
