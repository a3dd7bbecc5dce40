"""One person at his screen, with the real bot in Socket Mode behind it: what scenarios act with."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import Any, cast

import yaml

from bot.app import Saleslog
from bot.domain.contacts import ContactType
from bot.domain.entries import Listed
from bot.domain.ids import WorkspaceId
from bot.domain.postponed import Draft
from bot.playground.acts import Acts, Outcome
from bot.playground.messages import Message
from bot.playground.places import Place
from bot.playground.seeds import EVA, SALES
from bot.playground.server import Server
from bot.playground.state import Workspace
from bot.playground.views import OpenView
from bot.services.contacts import Typed
from bot.settings import Settings
from bot.socket_mode import SocketMode

MANIFEST = yaml.safe_load(Path("app_manifest.yml").read_text())
PATIENCE = 10.0
PAUSE = timedelta(milliseconds=150)
"""Between two messages to one person: Slack wants a second, and what is tested need not wait for it."""
HELD = ("value", "selected_date", "selected_time", "selected_options")


class PlaygroundClock:
    """The workspace's clock, so that moving it moves the bot's too."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._workspace.clock.now(), UTC)


def settings_for(slack: Server, url: str) -> Settings:
    return Settings(
        _env_file=None,
        SLACK_BOT_TOKEN=slack.workspace.app.bot_token,
        SLACK_APP_TOKEN=slack.workspace.app.app_token,
        SLACK_API_URL=f"{slack.url}/api/",
        DATABASE_URL=url,
        SALESLOG_EXPORTS=exports_beside(url),
    )


def exports_beside(url: str) -> Path:
    """Where files wait: beside a SQLite file, else in a folder for temporary files."""
    beside = Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite") else Path(gettempdir())
    return beside / "exports"


LONGER_LIFE = 12.0
"""Of triggers, in seconds: four test processes share two cores. That three are enough is measured by the benches."""


class connected:  # noqa: N801 - reads as a phrase
    """Start a bot and bring it into the workspace."""

    def __init__(self, built: Saleslog, slack: Server) -> None:
        self._built = built
        self._slack = slack
        self._line = SocketMode(built.bolt, slack.workspace.app.app_token, built.metrics.answered)

    def __enter__(self) -> Saleslog:
        before = self._slack.sockets.connected
        self._built.outbox.sender.pause = PAUSE
        self._slack.workspace.triggers.life = LONGER_LIFE
        self._built.start()
        self._line.open()
        assert self._slack.workspace.wait_for(lambda: self._slack.sockets.connected > before)
        return self._built

    def __exit__(self, *_: object) -> None:
        self._line.close()
        self._built.stop()


@dataclass(frozen=True)
class Seat:
    """One person at his screen; Eva unless another one takes the seat."""

    slack: Server
    bot: Saleslog
    user: str = EVA
    channel: str = SALES
    since: str = ""
    """What was said before this moment is not heard."""

    def at(self, user: str) -> "Seat":
        """Return the seat of somebody else in the same workspace."""
        return replace(self, user=user)

    @property
    def acts(self) -> Acts:
        return self.slack.acts

    @property
    def workspace(self) -> WorkspaceId:
        return self.bot.people.workspace(self.slack.workspace.team.id)

    @property
    def view(self) -> OpenView:
        self.slack.workspace.wait_for(lambda: self.slack.workspace.top(self.user) is not None, PATIENCE)
        found = self.slack.workspace.top(self.user)
        assert found is not None, f"no modal is open: {self.said()}"
        return found

    def types(self, line: str) -> Outcome:
        return self.acts.command(self.user, self.channel, line)

    def block(self, field: str) -> str:
        names = [block.get("block_id", "") for block in self.view.blocks]
        return next(name for name in reversed(names) if name.partition(".")[0] == field)

    def writes(self, field: str, text: str) -> None:
        self.acts.type_into(self.user, Place.view(self.view.id), self.block(field), "field", text)

    def picks(self, field: str, value: str) -> None:
        block = self.block(field)
        option = {"selected_option": {"text": {"type": "plain_text", "text": value}, "value": value}}
        self.acts.choose(self.user, Place.view(self.view.id), block, "field", option)

    def chooses(self, field: str, label: str) -> None:
        """Choose the option that reads `label`."""
        self.picks(field, self.options(field)[label])

    def options(self, field: str) -> dict[str, str]:
        """Return what there is to choose in a select: values by label."""
        element = self.element(field)
        groups = element.get("option_groups") or [{"options": element.get("options", [])}]
        return {one["text"]["text"]: one["value"] for group in groups for one in group["options"]}

    def element(self, field: str) -> dict[str, Any]:
        """Return a field's element as the bot sent it."""
        name = self.block(field)
        found: dict[str, Any] = next(one["element"] for one in self.view.blocks if one["block_id"] == name)
        return found

    def holds(self, field: str) -> Any:
        """Return what stands in a field now."""
        held = self.view.values[self.block(field)]["field"]
        option = held.get("selected_option")
        return option["value"] if option else next((held[key] for key in HELD if held.get(key)), None)

    def labels(self) -> list[str]:
        """Return the labels of the open form, from top to bottom."""
        return [block["label"]["text"] for block in self.view.blocks if block["type"] == "input"]

    def reads(self) -> str:
        """Return everything that stands on the open modal."""
        return json.dumps(self.view.spec, ensure_ascii=False)

    def ticks(self, field: str) -> None:
        options = self.element(field)["options"]
        place = Place.view(self.view.id)
        self.acts.choose(self.user, place, self.block(field), "field", {"selected_options": options})

    def ticks_off(self, field: str) -> None:
        place = Place.view(self.view.id)
        self.acts.choose(self.user, place, self.block(field), "field", {"selected_options": []})

    def searches(self, words: str, field: str = "contact") -> dict[str, str]:
        """Type into a search and return what is offered: values by label."""
        place = Place.view(self.view.id)
        outcome = self.acts.suggest(self.user, place, self.block(field), "field", words)
        return {one["text"]["text"]: one["value"] for one in (outcome.response or {})["options"]}

    def sees(self, happened: Callable[[], object]) -> None:
        """Wait until something shows on the screen."""
        seen = self.slack.workspace.wait_for(lambda: bool(happened()), PATIENCE)
        top = self.slack.workspace.top(self.user)
        assert seen, f"never seen; said: {self.said()}; on top: {top and top.spec}"

    def sees_form(self, title: str) -> None:
        """Wait until the modal of this title is on top."""

        def on_top() -> bool:
            top = self.slack.workspace.top(self.user)
            return top is not None and top.spec["title"]["text"] == title

        self.sees(on_top)

    def leaves(self) -> None:
        """Close the modal on top by its button."""
        self.acts.close(self.user, self.view.id)

    def crosses_out(self) -> None:
        """Close everything by the X."""
        self.acts.close_all(self.user)

    @property
    def desk(self) -> str:
        """What stands on App Home."""
        home = self.slack.workspace.home(self.user)
        return json.dumps(home.spec, ensure_ascii=False) if home else ""

    def presses_at_home(self, action: str) -> Outcome:
        """Press a button of App Home, or choose it in a ⋯ menu."""
        home = self.slack.workspace.home(self.user)
        assert home is not None, "App Home was never published"
        return self._presses(Place.home(), home.blocks, action)

    def picks_day(self, field: str, day: str) -> None:
        place = Place.view(self.view.id)
        self.acts.choose(self.user, place, self.block(field), "field", {"selected_date": day})

    def picks_time(self, field: str, at: str) -> None:
        place = Place.view(self.view.id)
        self.acts.choose(self.user, place, self.block(field), "field", {"selected_time": at})

    def presses(self, action: str) -> Outcome:
        """Press a button of the open modal."""
        return self._presses(Place.view(self.view.id), self.view.blocks, action)

    def presses_on(self, message: Message, action: str) -> Outcome:
        """Press a button of a message, or choose it in its ⋯ menu."""
        return self._presses(Place.message(message.channel, message.ts), message.blocks, action)

    def _presses(self, place: Place, blocks: Iterable[dict[str, Any]], action: str) -> Outcome:
        for block in blocks:
            for element in _pressable(block):
                if element.get("action_id") == action:
                    return self.acts.press(self.user, place, block["block_id"], action)
                for option in element.get("options", ()):
                    if option["value"].partition(":")[0] == action:
                        chosen = {"selected_option": option}
                        return self.acts.press(
                            self.user, place, block["block_id"], element["action_id"], chosen
                        )
        raise AssertionError(f"no {action} on: {[*blocks]}")

    def submits(self) -> Outcome:
        return self.acts.submit(self.user, self.view.id)

    def messages(self) -> list[Message]:
        """Everything the bot said to this person, here and in the direct message, oldest first."""
        workspace = self.slack.workspace
        places = {self.channel, workspace.directory.direct(self.user).id}
        seen = [message for place in places for message in workspace.seen_by(self.user, place)]
        heard = (one for one in seen if one.author == workspace.app.bot_user and one.ts > self.since)
        return sorted(heard, key=lambda one: one.ts)

    def said(self) -> list[str]:
        return [message.text for message in self.messages()]

    def hears(self, words: str) -> Message:
        """Wait for a message with these words, and return it."""
        found = self.slack.workspace.wait_for(lambda: any(words in text for text in self.said()), PATIENCE)
        assert found, (
            f"nobody said {words!r}, only: {self.said()}; calls: {[c.method for c in self.slack.calls]}"
        )
        return next(message for message in reversed(self.messages()) if words in message.text)

    def knows(self, name: str, **facts: Any) -> int:
        """Make a contact by this name and return its id."""
        actor = self.person
        typed = Typed(type=facts.pop("type", ContactType.PERSON), name=name, **facts)
        return self.bot.services["contacts"].create(actor, f"test:{name}", typed).id

    @property
    def person(self) -> Any:
        people = self.bot.people
        known = people.known(self.workspace, self.user)
        if known is None:
            member = self.slack.workspace.directory.member(self.user)
            known = people.admit_unconfirmed(self.workspace, self.user, member.real_name)
        return known

    @property
    def today(self) -> date:
        """The person's own day."""
        return cast("date", self.bot.people.text(self.person).today)

    def logged(self) -> list[Listed]:
        """Return this person's entries that are not canceled, newest first."""
        return cast("list[Listed]", self.bot.services["entries"].latest(self.person, 20))

    def waiting(self) -> list[Draft]:
        """Return this person's postponed interactions, newest first."""
        return [draft for draft, _ in self.bot.services["postponed"].waiting(self.person)]


def _pressable(block: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the elements of a block that can be pressed: in a row, or beside its words."""
    return [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ())]
