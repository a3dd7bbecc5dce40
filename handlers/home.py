"""App Home: published when it is opened, and after each change."""

import hashlib
import json

from slack_sdk import WebClient

from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.people import Person
from bot.services.home import Home
from bot.services.people import People
from handlers.routes import Routes
from handlers.surface import Surface
from handlers.turns import Turns


def register(routes: Routes) -> None:
    """Add the listener."""
    routes.events["app_home_opened"] = opened


def opened(homes: "Homes", actor: Person, slack: Surface) -> None:
    """Publish the page of somebody who looks at it."""
    homes.publish(actor, slack.client)


class Homes:
    """Publishes App Home for people who have opened it, and only when it changed."""

    def __init__(self, home: Home, people: People) -> None:
        self._home = home
        self._people = people
        self._seen: dict[PersonId, str] = {}
        self._turns = Turns()

    def publish(self, actor: Person, client: WebClient) -> None:
        """Publish the page, if it is not what Slack shows already; one after the other, so the newest stands."""
        with self._turns.of(str(actor.id)):
            view = self._home.page(actor)
            written = hashlib.sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()
            if self._seen.get(actor.id) != written:
                client.views_publish(user_id=actor.slack_id or "", view=view)
                self._seen[actor.id] = written

    def refresh(self, workspace: WorkspaceId, person: PersonId, client: WebClient) -> None:
        """Publish the page anew for somebody who has opened it before."""
        known = person in self._seen
        actor = self._people.of(workspace, person) if known else None
        if actor is not None:
            self.publish(actor, client)
