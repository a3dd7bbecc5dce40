"""Interactions counted day by day, and the names of the teams they are counted for."""

from datetime import date

from sqlalchemy import func, select

from bot.domain.entries import Filter
from bot.domain.ids import LoggedId, PersonId, TeamId
from bot.domain.people import Scope
from bot.domain.team_figures import Tally
from storage.access import Access
from storage.entries import joined, within
from storage.entry_filters import matching
from storage.tables.interactions import entries
from storage.tables.people import salespeople, team_managers, teams
from storage.tables.segments import segment_entries


class Weeks:
    """Counts by the entry's own date; `wanted` names the salespeople and the days, as for a list."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def per_day(self, wanted: Filter) -> dict[date, int]:
        """Return how many interactions there were on each day that had one."""
        query = (
            select(entries.c.date, func.count())
            .where(self._access.mine(entries), *matching(wanted))
            .group_by(entries.c.date)
        )
        return {day: int(count) for day, count in self._access.connection.execute(query)}

    def tally(self, wanted: Filter, scope: Scope) -> Tally:
        """Return interactions, contacts and minutes, as far as a reader may see the entries."""
        figures = (
            func.count(),
            func.count(func.distinct(entries.c.contact_id)),
            func.coalesce(func.sum(entries.c.duration), 0),
        )
        query = select(*figures) if scope.everything else joined().with_only_columns(*figures)
        seen = () if scope.everything else (within(scope),)
        counted = query.where(self._access.mine(entries), *matching(wanted), *seen)
        return Tally(*map(int, self._access.connection.execute(counted).one()))

    def busy(self, wanted: Filter) -> frozenset[PersonId]:
        """Return which salespeople had an interaction."""
        query = select(entries.c.salesperson_id).where(self._access.mine(entries), *matching(wanted))
        found = self._access.connection.scalars(query.distinct())
        return frozenset(PersonId(one) for one in found if one is not None)

    def salespeople_of(self, logged: LoggedId) -> frozenset[PersonId]:
        """Return the salespeople of the entries of a logged segment."""
        query = (
            select(entries.c.salesperson_id)
            .join(
                segment_entries,
                (segment_entries.c.workspace_id == entries.c.workspace_id)
                & (segment_entries.c.entry_id == entries.c.id),
            )
            .where(self._access.mine(segment_entries), segment_entries.c.logged_id == logged)
            .distinct()
        )
        found = self._access.connection.scalars(query)
        return frozenset(PersonId(one) for one in found if one is not None)

    def teams(self, wanted: frozenset[TeamId]) -> dict[TeamId, str]:
        """Return the names of these teams."""
        query = select(teams.c.id, teams.c.name).where(
            self._access.mine(teams), teams.c.id.in_(sorted(wanted))
        )
        return {TeamId(team): name for team, name in self._access.connection.execute(query)}

    def leaders_by_team(self) -> list[tuple[str, int]]:
        """Return every team by name, with the number of managers who are still there."""
        managing = (team_managers.c.workspace_id == teams.c.workspace_id) & (
            team_managers.c.team_id == teams.c.id
        )
        present = (
            (salespeople.c.workspace_id == team_managers.c.workspace_id)
            & (salespeople.c.id == team_managers.c.person_id)
            & salespeople.c.active
        )
        query = (
            select(teams.c.name, func.count(salespeople.c.id))
            .outerjoin(team_managers, managing)
            .outerjoin(salespeople, present)
            .where(self._access.mine(teams))
            .group_by(teams.c.id, teams.c.name)
        )
        return [(name, number) for name, number in self._access.connection.execute(query)]

    def leaders_of(self, person: PersonId) -> frozenset[PersonId]:
        """Return who manages the team of a salesperson."""
        query = (
            select(team_managers.c.person_id)
            .join(
                salespeople,
                (salespeople.c.workspace_id == team_managers.c.workspace_id)
                & (salespeople.c.team_id == team_managers.c.team_id),
            )
            .where(self._access.mine(salespeople), salespeople.c.id == person)
        )
        return frozenset(PersonId(one) for one in self._access.connection.scalars(query))
