"""Where a person presses something: a view, a message or the App Home."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.playground.messages import Message
from bot.playground.shapes import Json, Values
from bot.playground.state import Workspace
from bot.playground.values import Field, field_at, fields_of, merged_all, surviving_values
from bot.playground.views import OpenView


class PlaceKind(StrEnum):
    VIEW = "view"
    MESSAGE = "message"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Place:
    """Made by `Place.view(view_id)`, `Place.message(channel, ts)`, `Place.home()`."""

    kind: PlaceKind
    id: str = ""
    channel: str = ""

    @classmethod
    def view(cls, view_id: str) -> "Place":
        return cls(PlaceKind.VIEW, view_id)

    @classmethod
    def message(cls, channel: str, ts: str) -> "Place":
        return cls(PlaceKind.MESSAGE, ts, channel)

    @classmethod
    def home(cls) -> "Place":
        return cls(PlaceKind.HOME)


class NoSuchElementError(LookupError):
    """The person's screen does not show what the act wants to use."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as one person sees it now: exactly one of `view` and `message` is there."""

    user: str
    blocks: list[Json]
    values: Values
    view: OpenView | None = None
    message: Message | None = None

    def field(self, block_id: str, action_id: str) -> Field:
        found = field_at(self.blocks, block_id, action_id)
        if found is None:
            there = ", ".join(f"{field.block_id}/{field.action_id}" for field in fields_of(self.blocks))
            raise NoSuchElementError(f"no {block_id}/{action_id} here, only: {there or 'nothing'}")
        return found


def spot_at(workspace: Workspace, user: str, place: Place) -> Spot:
    if place.kind is PlaceKind.MESSAGE:
        return _message_spot(workspace, user, place)
    view = workspace.home(user) if place.kind is PlaceKind.HOME else _modal(workspace, user, place.id)
    if view is None:
        raise NoSuchElementError(f"{user} has no such view open")
    return Spot(user, view.blocks, view.values, view=view)


def keep_values(workspace: Workspace, spot: Spot, values: Values) -> Spot:
    """Remembers what the person filled in."""
    if spot.message:
        workspace.messages.put_values(spot.user, spot.message, values)
        return replace(spot, values=values)
    if spot.view is None or spot.values == values:
        return spot
    view = workspace.views.put(replace(spot.view, values=values))
    return replace(spot, view=view, values=values)


def keep_given(workspace: Workspace, spot: Spot, given: Values) -> Spot:
    """The same for everything that a page sends along."""
    return keep_values(workspace, spot, merged_all(spot.values, given))


def _modal(workspace: Workspace, user: str, view_id: str) -> OpenView | None:
    return next((view for view in workspace.stack(user) if view.id == view_id), None)


def _message_spot(workspace: Workspace, user: str, place: Place) -> Spot:
    message = workspace.messages.message(place.channel, place.id)
    if message.only_for not in ("", user):
        raise NoSuchElementError(f"{user} does not see this message")
    blocks = list(message.blocks)
    values = surviving_values(workspace.messages.values(user, message), blocks)
    return Spot(user, blocks, values, message=message)
