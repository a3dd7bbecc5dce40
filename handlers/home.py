"""App Home: published when it is opened, and after each change."""

import hashlib
import json
import logging
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.messages import Refusal
from bot.domain.people import Person, Role
from bot.outcomes import code_of
from bot.services.home import Home
from bot.services.people import People
from bot.views.plainly import REFUSALS, has_figures, in_words
from handlers.routes import Routes
from handlers.surface import Surface
from handlers.turns import Turns

_log = logging.getLogger(__name__)


def register(routes: Routes) -> None:
    """Add the listener."""
    routes.events["app_home_opened"] = opened


def opened(mark: str, homes: "Homes", actor: Person, slack: Surface) -> None:
    """Publish the page of somebody who looks at it, unless it is the one that Slack shows him."""
    homes.open(actor, slack.client, mark)


class Homes:
    """Publishes App Home for people who have opened it, and only when it changed.

    A change of one person shows at once on his own page, and a few seconds later on that of who manages him:
    what a whole team does in that time is one change there.
    """

    def __init__(self, home: Home, people: People) -> None:
        self._home = home
        self._people = people
        self._seen: dict[PersonId, str] = {}
        self._waiting: dict[PersonId, WorkspaceId] = {}
        self._admins: dict[PersonId, WorkspaceId] = {}
        self._undrawn: set[WorkspaceId] = set()
        self._turns = Turns()

    def open(self, actor: Person, client: WebClient, mark: str) -> None:
        """Publish the page of somebody who looks at one with this mark: another process may have published it."""
        self._seen[actor.id] = mark
        self.publish(actor, client)

    def publish(self, actor: Person, client: WebClient) -> None:
        """Publish the page, if it is not what Slack shows already; one after the other, so the newest stands."""
        with self._turns.of(str(actor.id)):
            view = self._home.page(actor)
            self._note(actor)
            written = hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()
            if self._seen.get(actor.id) != written:
                self._show(actor, client, {**view, "private_metadata": written})
                self._seen[actor.id] = written

    def refresh(self, workspace: WorkspaceId, person: PersonId, client: WebClient) -> None:
        """Publish the page anew for somebody who has opened it before, and let who manages him wait for it."""
        if not self._seen:
            return
        for leader in self._home.watchers(workspace, person) & self._seen.keys():
            self._waiting[leader] = workspace
        self._again(workspace, person, client)

    def let_admins_wait(self) -> None:
        """Let admins' pages be looked at again: jobs fail, and messages do not arrive, by nobody's act."""
        self._waiting |= self._admins

    def look_again(self, client: WebClient) -> None:
        """Publish the pages that wait; one that Slack does not take now waits on."""
        for leader in list(self._waiting):
            workspace = self._waiting.pop(leader)
            try:
                self._again(workspace, leader, client)
            except (SlackApiError, Refusal, OSError, HTTPException) as error:
                _log.warning("App Home of %s waits: %s", leader, type(error).__name__)
                self._waiting[leader] = workspace

    def _note(self, actor: Person) -> None:
        if actor.role is Role.ADMIN:
            self._admins[actor.id] = actor.workspace
        else:
            self._admins.pop(actor.id, None)

    def _again(self, workspace: WorkspaceId, person: PersonId, client: WebClient) -> None:
        known = person in self._seen
        actor = self._people.of(workspace, person) if known else None
        if actor is not None:
            self.publish(actor, client)

    def _show(self, actor: Person, client: WebClient, view: dict[str, Any]) -> None:
        """Publish a view; its charts in words where Slack, or the plan of the workspace, refuses them."""
        user = actor.slack_id or ""
        if actor.workspace in self._undrawn:
            view = in_words(view)
        try:
            client.views_publish(user_id=user, view=view)
        except SlackApiError as error:
            if code_of(error) not in REFUSALS or not has_figures(view):
                raise
            client.views_publish(user_id=user, view=in_words(view))
            self._undrawn.add(actor.workspace)
