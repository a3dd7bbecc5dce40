"""What people who have left leave behind."""

from sqlalchemy import func, select, update

from bot.domain.ids import FormId, PersonId, TeamId
from bot.domain.interactions import Form
from bot.domain.postponed import Draft, DraftState
from storage.access import Access
from storage.postponed import written
from storage.tables.deliveries import answers
from storage.tables.interactions import drafts, tasks
from storage.tables.people import salespeople, team_managers


class Departures:
    """The drafts and follow-ups of a workspace whose owners have left."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def waiting(self) -> dict[PersonId, int]:
        """Return who has left, and how many postponed interactions of his wait."""
        query = (
            select(drafts.c.owner_id, func.count())
            .join(
                salespeople,
                (salespeople.c.workspace_id == drafts.c.workspace_id)
                & (salespeople.c.id == drafts.c.owner_id),
            )
            .where(
                self._access.mine(drafts),
                ~salespeople.c.active,
                drafts.c.state == DraftState.OPEN,
                drafts.c.kept,
            )
            .group_by(drafts.c.owner_id)
        )
        return {PersonId(owner): number for owner, number in self._access.connection.execute(query)}

    def follow_ups(self) -> dict[PersonId, int]:
        """Return who has left, and how many follow-ups of his are open."""
        query = (
            select(tasks.c.salesperson_id, func.count())
            .join(
                salespeople,
                (salespeople.c.workspace_id == tasks.c.workspace_id)
                & (salespeople.c.id == tasks.c.salesperson_id),
            )
            .where(self._access.mine(tasks), ~salespeople.c.active, tasks.c.closed_at.is_(None))
            .group_by(tasks.c.salesperson_id)
        )
        return {PersonId(owner): number for owner, number in self._access.connection.execute(query)}

    def managed_teams(self) -> frozenset[TeamId]:
        """Return the teams with a manager who is still there."""
        query = (
            select(team_managers.c.team_id)
            .join(
                salespeople,
                (salespeople.c.workspace_id == team_managers.c.workspace_id)
                & (salespeople.c.id == team_managers.c.person_id),
            )
            .where(
                self._access.mine(team_managers), salespeople.c.active, salespeople.c.slack_id.is_not(None)
            )
        )
        return frozenset(TeamId(team) for team in self._access.connection.scalars(query))

    def hand_over(self, draft: Draft, heir: PersonId, form: Form) -> bool:
        """Give a draft to its heir, awake; False when somebody took, finished or discarded it first."""
        moved = self._access.connection.execute(
            update(drafts)
            .where(
                self._access.mine(drafts),
                drafts.c.id == draft.id,
                drafts.c.owner_id == draft.owner,
                drafts.c.state == DraftState.OPEN,
                drafts.c.revision == draft.revision,
            )
            .values(owner_id=heir, form=written(form), snoozed_until=None, revision=draft.revision + 1)
        )
        if moved.rowcount:
            self._readdress(draft.form_id, heir)
        return bool(moved.rowcount)

    def _readdress(self, form_id: FormId, heir: PersonId) -> None:
        """Let what is said of a form reach its heir from now on, in a message of his own."""
        self._access.connection.execute(
            update(answers)
            .where(self._access.mine(answers), answers.c.key == form_id)
            .values(person_id=heir, response_url=None, response_expires_at=None, channel=None, ts=None)
        )
