"""The workspace: everything that a Slack workspace with one app in it knows."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.changes import ChangeKind, Changes
from bot.playground.clock import Clock
from bot.playground.files import Files
from bot.playground.journal import Journal
from bot.playground.messages import SLACKBOT, Message, Messages
from bot.playground.people import Directory, Member, Team
from bot.playground.tickets import ResponseUrls, Triggers
from bot.playground.views import OpenView, Views


@dataclass(frozen=True, slots=True)
class Installation:
    """The app as installed here."""

    app_id: str = "A0SALESLOG"
    bot_id: str = "B0SALESLOG"
    bot_user: str = "U0SALESLOG"
    name: str = "Saleslog"
    handle: str = "saleslog"
    bot_token: str = "xoxb-playground-0001"  # noqa: S105 - it opens nothing but this emulator
    app_token: str = "xapp-playground-0001"  # noqa: S105


class Workspace:
    """Ask its parts directly; whoever changes more than one thing holds `lock`.

    `unknown_blocks` are types of blocks that this Slack refuses, as if they had not been invented yet.
    Reading from any thread is safe: the records are frozen and the lists are copies. `address` is the URL of
    the server without a slash at its end, empty until one serves this workspace.
    """

    def __init__(self, team: Team | None = None, app: Installation | None = None) -> None:
        self.lock = threading.RLock()
        self.address = ""
        self.team = team or Team()
        self.app = app or Installation()
        self.clock = Clock()
        self.changes = Changes(self.lock)
        self.directory = Directory(self.changes, _bot_member(self.app))
        self.messages = Messages(self.changes, self.clock)
        self.views = Views(self.changes)
        self.files = Files(self.changes)
        self.triggers = Triggers(self.clock)
        self.response_urls = ResponseUrls(self.clock, self.team.id)
        self.journal = Journal(self.changes, self.clock)
        self.unknown_blocks: frozenset[str] = frozenset()

    def shift(self, seconds: float) -> None:
        """Moves the workspace's clock."""
        self.clock.shift(seconds)
        self.changes.tell(ChangeKind.CLOCK)

    def wait_for(self, predicate: Callable[[], bool], timeout: float = 5.0) -> bool:
        return self.changes.wait_for(predicate, timeout)

    def seen_by(self, user: str, channel: str) -> tuple[Message, ...]:
        """What this person sees in the channel, oldest first, ephemeral messages included."""
        return self.messages.seen_by(user, channel)

    def stack(self, user: str) -> tuple[OpenView, ...]:
        """The modals of this person, the root first."""
        return self.views.stack(user)

    def top(self, user: str) -> OpenView | None:
        return self.views.top(user)

    def home(self, user: str) -> OpenView | None:
        return self.views.home(user)

    def tell(self, user: str, channel: str, text: str) -> Message:
        """Slack's own word to one person, as after a command that failed."""
        return self.messages.post(Message(channel, "", SLACKBOT, text, only_for=user))


def _bot_member(app: Installation) -> Member:
    return Member(app.bot_user, app.handle, app.name, color="2b6cb0", is_bot=True)
