"""What every method of the Web API has in hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.events import Happenings
from bot.playground.manifest import Manifest
from bot.playground.payloads import Payloads
from bot.playground.people import Channel, ChannelKind
from bot.playground.shapes import Json, SlackError
from bot.playground.state import Workspace

_YES = (True, 1, "true", "True", "1")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where calls are answered; `scopes` are the granted ones."""

    workspace: Workspace
    manifest: Manifest
    scopes: frozenset[str]
    payloads: Payloads
    happenings: Happenings
    socket_url: Callable[[], str]

    def require(self, *accepted: str) -> None:
        """Any one of the scopes will do."""
        if accepted and not self.scopes.intersection(accepted):
            provided = ",".join(sorted(self.scopes))
            raise SlackError("missing_scope", extra={"needed": accepted[0], "provided": provided})

    def require_for(self, channel: Channel, right: str) -> None:
        """The scope `right` ("read", "history") for this kind of conversation."""
        self.require(f"{_FAMILY[channel.kind]}:{right}")

    @property
    def bot_user(self) -> str:
        return self.workspace.app.bot_user


@dataclass(frozen=True, slots=True)
class Args:
    """Arguments of a call, from a query, a form or JSON; the readers raise Slack's errors."""

    values: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return default if value is None else str(value)

    def required(self, name: str, error: str = "invalid_arguments") -> str:
        value = self.text(name)
        if not value:
            raise SlackError(error, f"missing required field: {name}")
        return value

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isdigit():
            raise SlackError("invalid_arguments", f"{name} is no number")
        return int(value)

    def flag(self, name: str) -> bool:
        return self.values.get(name) in _YES

    def mapping(self, name: str) -> Json:
        value = self.values.get(name)
        if not isinstance(value, dict):
            raise SlackError("invalid_arguments", f"missing required field: {name}")
        return value


Run = Callable[[Desk, Args], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """`scopes`: any one of them; empty when none is needed or it depends on the conversation."""

    run: Run
    scopes: tuple[str, ...] = field(default=())
    is_for_app_token: bool = False


_FAMILY = {
    ChannelKind.PUBLIC: "channels",
    ChannelKind.PRIVATE: "groups",
    ChannelKind.DIRECT: "im",
}


def page_of(items: list[Json], args: Args, default_limit: int) -> tuple[list[Json], str]:
    """One page by `limit` and `cursor`, and the cursor of the next page (empty at the end)."""
    cursor = args.text("cursor")
    if cursor and not cursor.isdigit():
        raise SlackError("invalid_cursor")
    start, limit = int(cursor or 0), args.number("limit", default_limit) or default_limit
    end = start + limit
    return items[start:end], str(end) if end < len(items) else ""
