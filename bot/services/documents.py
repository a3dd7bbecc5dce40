"""Documents that other programs report: recorded in the log, or kept in the inbox (`product.md` 11)."""

from collections.abc import Sequence
from datetime import date

from bot.domain.ids import PersonId, SlackTeam, WorkspaceId
from bot.domain.inbox import Arrival
from bot.domain.messages import Refusal
from bot.services.bell import Bell
from bot.services.inbox import Inbox, Result
from bot.services.people import People
from storage.people import all_workspaces, workspace_of
from storage.store import Store

AT_ONCE = 20
"""So many are written in one transaction: about twenty milliseconds."""
REST_SECONDS = 0.05


class NoWorkspace(Refusal):
    """Nobody can tell whose documents these are."""


class Documents:
    """Takes documents in."""

    def __init__(self, store: Store, people: People, inbox: Inbox, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._inbox = inbox
        self._bell = bell

    @property
    def today(self) -> date:
        """The day of a document without a date."""
        return self._people.plain_text().today

    def take_in(self, team: SlackTeam | None, arrivals: Sequence[Arrival]) -> list[Result]:
        """Record documents or keep them; those that came before get what became of them.

        Many are written some at a time, so that nobody has to wait long. Broken off in between, the rest is not
        there yet; brought again, they are found by their keys.

        Raises:
            NoWorkspace: the team is not known, or not named where there are several.
            OtherContent: something else came with the key of one of them before; none was taken.
            Refusal: the database can't write now.
        """
        workspace = self._workspace(team)
        with self._store.read(workspace) as work:
            self._inbox.known(work, arrivals)
        results: list[Result] = []
        for first in range(0, len(arrivals), AT_ONCE):
            results += self._taken(workspace, arrivals[first : first + AT_ONCE])
            self._store.give_way(REST_SECONDS)
        return results

    def _taken(self, workspace: WorkspaceId, arrivals: Sequence[Arrival]) -> list[Result]:
        with self._store.begin(workspace) as work:
            results = self._inbox.record_all(work, arrivals)
            concerned = self._inbox.concerned(work, results)
        if concerned:
            self._ring(workspace, concerned)
        return results

    def _ring(self, workspace: WorkspaceId, concerned: frozenset[PersonId]) -> None:
        self._bell.ring()
        for person in concerned:
            self._bell.home_changed(workspace, person)

    def _workspace(self, team: SlackTeam | None) -> WorkspaceId:
        with self._store.reading() as connection:
            if team is not None:
                found = workspace_of(connection, team)
                known = [] if found is None else [found]
            else:
                known = all_workspaces(connection)
        if not known:
            raise NoWorkspace("Saleslog knows no such workspace. Somebody has to use it in Slack first.")
        if len(known) > 1:
            raise NoWorkspace("There are several workspaces: name one.")
        return known[0]
