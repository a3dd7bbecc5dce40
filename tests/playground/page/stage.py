"""A workspace with an app that does what the test says, and a browser before it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from playwright.sync_api import Browser, Page

from bot.playground.delivery import Envelope, Reply
from bot.playground.ids import blocks_with_ids
from bot.playground.messages import Message
from bot.playground.page import Levers
from bot.playground.page import Page as PlaygroundPage
from bot.playground.seeds import EVA, SALES, demo_workspace
from bot.playground.server import Server
from bot.playground.shapes import Json
from tests.playground.conftest import MANIFEST

App = Callable[[Json], Json | None]
LAPTOP, PHONE, SMALL_PHONE = (1280, 800), (390, 844), (375, 667)


def silent(payload: Json) -> None:
    """An app that acknowledges everything and says nothing."""


@dataclass
class Stage:
    """`app` answers payloads; `error` is what comes instead of an acknowledgement; `heard` are all payloads."""

    app: App = silent
    error: str | None = None
    heard: list[Json] = field(default_factory=list)
    restarts: int = 0

    def __post_init__(self) -> None:
        self.workspace = demo_workspace()
        levers = Levers(shift_clock=self.workspace.shift, restart_bot=self._restart)
        page = PlaygroundPage(levers)
        self.server = Server(MANIFEST, self.workspace, delivery=self, page=page.routes)

    def deliver(self, envelope: Envelope) -> Reply:
        self.heard.append(envelope.payload)
        return Reply(self.error) if self.error else Reply(None, self.app(envelope.payload), 0.004)

    def heard_of(self, type: str) -> list[Json]:
        return [payload for payload in self.heard if payload.get("type") == type]

    def wait(self, type: str, count: int = 1) -> list[Json]:
        """The payloads of this type, as soon as there are so many."""
        assert self.workspace.wait_for(lambda: len(self.heard_of(type)) >= count), self.heard
        return self.heard_of(type)

    def post(self, *blocks: Json, only_for: str = "", channel: str = SALES, text: str = "") -> Message:
        bot = self.workspace.app.bot_user
        message = Message(channel, "", bot, text, tuple(blocks_with_ids(blocks)), only_for=only_for)
        return self.workspace.messages.post(replace(message, bot_id=self.workspace.app.bot_id))

    def open(self, view: Json, user: str = EVA) -> None:
        self.workspace.views.open(user, view)

    def _restart(self) -> None:
        self.restarts += 1


def seated(
    browser: Browser,
    stage: Stage,
    user: str = EVA,
    where: str = SALES,
    size: tuple[int, int] = LAPTOP,
) -> Page:
    """A browser in which `user` looks at `where`."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=size != LAPTOP)
    context.set_default_timeout(5000)
    page = context.new_page()
    page.on("pageerror", _raise)
    page.goto(f"{stage.server.url}/?as={user}&in={where}")
    page.wait_for_selector("body[data-ready]")
    return page


def _raise(error: Exception) -> None:
    """A script of the page broke."""
    raise error
