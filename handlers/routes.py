"""Our own table of listeners: Bolt matches listeners one by one, a dictionary does not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import signature
from typing import Any

Listener = Callable[..., None]


@dataclass(slots=True)
class Routes:
    """Which listener hears what; each names the things it needs by its parameters."""

    commands: dict[str, Listener] = field(default_factory=dict)
    shortcuts: dict[str, Listener] = field(default_factory=dict)
    actions: dict[str, Listener] = field(default_factory=dict)
    submissions: dict[str, Listener] = field(default_factory=dict)
    closings: dict[str, Listener] = field(default_factory=dict)
    choices: dict[str, Listener] = field(default_factory=dict)
    events: dict[str, Listener] = field(default_factory=dict)
    fields: dict[str, Listener] = field(default_factory=dict)
    """What hears an input that changed, by the form it stands in; of all others `interactions.changed` hears."""

    writing: set[str] = field(default_factory=set)
    """Actions that change data: these are written first and acknowledged then."""

    def writes(self, action: str, listener: Listener) -> None:
        """Add a button that changes data."""
        self.actions[action] = listener
        self.writing.add(action)

    def everything(self) -> list[Listener]:
        """Return every listener."""
        tables = (
            self.commands,
            self.shortcuts,
            self.actions,
            self.submissions,
            self.closings,
            self.choices,
            self.events,
            self.fields,
        )
        return [listener for table in tables for listener in table.values()]


@dataclass(frozen=True, slots=True)
class Heard:
    """A request that found its listener, with what was read from it."""

    listener: Listener
    things: Mapping[str, Any]
    acks_first: bool


def ignore() -> None:
    """Hear something that asks for nothing."""


def call(listener: Listener, things: Mapping[str, Any]) -> None:
    """Call a listener with the things its parameters name."""
    listener(**{name: things[name] for name in signature(listener).parameters})
