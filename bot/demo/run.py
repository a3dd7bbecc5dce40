"""`saleslog demo`: the playground in this process, the real bot in a child, on a database of its own."""

import signal
import socket
import threading
import webbrowser
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from bot.demo.child import Child
from bot.demo.documents import ADDRESS, SECRET
from bot.demo.seed import seed
from bot.domain.ids import SlackTeam, SlackUser
from bot.domain.people import Profile
from bot.manifest import shipped
from bot.playground.page import Page
from bot.playground.page_levers import Levers
from bot.playground.people import Member
from bot.playground.seeds import demo_workspace
from bot.playground.server import Server
from bot.playground.state import Workspace
from bot.time_machine import read_offset, write_offset

FOLDER = Path("var/demo")
PORT = 8765
READY_SECONDS = 30.0


def main(port: int, *, open_browser: bool, folder: Path = FOLDER) -> None:
    """Run the demo until it is interrupted; its folder keeps what was logged."""
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    demo = Demo(folder)
    try:
        address = demo.start(port)
        _greet(address, demo.workspace)
        if demo.without_teams:
            _advise(folder)
        if open_browser:
            webbrowser.open(address)
        over.wait()
        Console().print("\nGood bye.")
    finally:
        demo.stop()


class Demo:
    """A playground with the bot in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._offset = folder / "clock"
        self.workspace = demo_workspace()
        levers = Levers(shift_clock=self._shift, restart_bot=self._restart)
        self.server = Server(shipped(), self.workspace, page=Page(levers).routes)
        self._child: Child | None = None
        self._port = _free_port()
        self.without_teams = False
        """Whether an older version made the database: its teams and their eight weeks are missing."""

    def start(self, port: int) -> str:
        """Fill the database at first, start playground and bot, and return the page's address."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / ADDRESS).write_text(f"http://127.0.0.1:{self._port}", encoding="utf-8")
        url = f"sqlite:///{self._folder.resolve() / 'saleslog.db'}"
        team = SlackTeam(self.workspace.team.id)
        self.without_teams = not seed(url, team, _profiles(self.workspace), self._folder)
        self.workspace.shift(read_offset(self._offset).total_seconds())
        self.server.start(port)
        self._child = Child(self._settings(url), self._log)
        self._bring(self._child)
        return self.server.url

    def stop(self) -> None:
        """Stop the bot, then the playground."""
        if self._child is not None:
            self._child.stop()
        self.server.stop()

    def _settings(self, url: str) -> dict[str, str]:
        return {
            "SALESLOG_ENV_FILE": "",
            "SLACK_BOT_TOKEN": self.workspace.app.bot_token,
            "SLACK_APP_TOKEN": self.workspace.app.app_token,
            "SLACK_API_URL": f"{self.server.url}/api/",
            "DATABASE_URL": url,
            "SALESLOG_CLOCK_OFFSET_FILE": str(self._offset),
            "SALESLOG_BACKUPS": str(self._folder / "backups"),
            "SALESLOG_EXPORTS": str(self._folder / "exports"),
            "PORT": str(self._port),
            "SALESLOG_DOCUMENTS_SECRET": SECRET,
        }

    def _shift(self, seconds: float) -> None:
        self.workspace.shift(seconds)
        write_offset(self._offset, read_offset(self._offset) + timedelta(seconds=seconds))

    def _bring(self, child: Child) -> None:
        """Start the bot and wait until it listens."""
        child.start()
        self.workspace.wait_for(lambda: self.server.sockets.connected > 0, READY_SECONDS)

    def _restart(self) -> None:
        if self._child is not None:
            self._child.kill()
            self.workspace.wait_for(lambda: self.server.sockets.connected == 0, READY_SECONDS)
            self._bring(self._child)

    def _log(self, line: str) -> None:
        self.workspace.journal.write("bot", line)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def _profiles(workspace: Workspace) -> list[Profile]:
    members = (member for member in workspace.directory.people() if not (member.deleted or member.is_bot))
    return [_profile(member) for member in members if not member.is_restricted]


def _profile(member: Member) -> Profile:
    return Profile(
        slack_id=SlackUser(member.id),
        name=member.real_name,
        email=member.email or None,
        zone=member.tz,
        locale=member.locale,
        admin=member.is_admin,
        guest=member.is_restricted,
        bot=member.is_bot,
        deactivated=member.deleted,
        foreign=False,
    )


def _greet(address: str, workspace: Workspace) -> None:
    names = ", ".join(profile.name for profile in _profiles(workspace))
    console = Console(soft_wrap=True, highlight=False)
    console.print(
        f"\nSaleslog's demo is at [bold]{address}[/bold]\nYou can be {names}.\n\nThree things to try:"
    )
    console.print("  1. /log             the form; close it half-way and look at Home")
    console.print("  2. /log call Anna 15m positive agreed the price list !fri")
    console.print("  3. Be Max, and open Home: the week of his team, eight weeks behind it")
    console.print("For a fourth be Ada, and let another program report an invoice; Home then asks about it:")
    console.print("     .venv/bin/python -m bot.demo.documents sales_invoice 103021 --company 'Fjordbygg AS'")
    console.print("\nCtrl-C stops it.", markup=False)


def _advise(folder: Path) -> None:
    """Say how to get what an older version did not make."""
    words = f"An older version made this demo: it has no teams. Delete {folder} to begin anew with them."
    Console(soft_wrap=True, highlight=False).print(words, markup=False)
