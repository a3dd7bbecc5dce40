"""The skeleton that every payload of Slack has; what has another one did not come from Slack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.payloads.screens import Malformed


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of things of one shape."""

    each: "Shape"


@dataclass(frozen=True, slots=True)
class Keyed:
    """An object with keys of its owner's choice and values of one shape."""

    each: "Shape"


Shape = type | tuple[type, ...] | Listed | Keyed | Mapping[str, "Shape"]

OPTION: Shape = {"value": str}
ELEMENT: dict[str, Shape] = {
    "value": str,
    "selected_option": OPTION,
    "selected_options": Listed(OPTION),
    "selected_date": str,
    "selected_time": str,
    "files": Listed({"id": str, "name": str}),
}
VIEW: Shape = {
    "id": str,
    "root_view_id": str,
    "type": str,
    "callback_id": str,
    "private_metadata": str,
    "blocks": Listed({"block_id": str}),
    "state": {"values": Keyed(Keyed(ELEMENT))},
}
PAYLOAD: Shape = {
    "type": str,
    "command": str,
    "callback_id": str,
    "text": str,
    "value": str,
    "block_id": str,
    "action_id": str,
    "trigger_id": str,
    "response_url": str,
    "team_id": str,
    "user_id": str,
    "user_name": str,
    "channel_id": str,
    "team": {"id": str},
    "container": {"type": str},
    "channel": {"id": str},
    "message": {"text": str, "user": str, "ts": str},
    "actions": Listed({"action_id": str, "block_id": str, "action_ts": str, "type": str, **ELEMENT}),
    "view": VIEW,
}
MEMBER: Shape = {
    "id": str,
    "team_id": str,
    "name": str,
    "username": str,
    "real_name": str,
    "tz": str,
    "locale": str,
    "profile": {"real_name": str, "email": str},
}
_AUTHORIZED: Shape = Listed({"user_id": str, "is_bot": bool})
_ABOUT_VIEWS = frozenset({"view_submission", "view_closed"})
_CHANGE: Shape = {"type": str, "user": MEMBER}
_SENT: Shape = {"id": str, "name": str, "title": str, "filetype": str}
_EVENT: Shape = {
    "type": str,
    "user": str,
    "channel_type": str,
    "subtype": str,
    "bot_id": str,
    "files": Listed(_SENT),
}


def check(body: Mapping[str, Any]) -> None:
    """Look at everything that is read of a payload; what is missing or null is looked at where Bolt stumbles over it.

    Raises:
        Malformed: something has another shape than Slack gives it; only its place is named.
    """
    _check(body, PAYLOAD, "payload")
    if body.get("type") in _ABOUT_VIEWS:
        _need(body, "view", "payload")
        _need(body["view"], "type", "payload.view")
    for action in body.get("actions") or ():
        _need(action, "action_id", "payload.actions")
    if body.get("user") is not None:
        _check(body["user"], MEMBER, "user")
    if body.get("authorizations") is not None:
        _check(body["authorizations"], _AUTHORIZED, "authorizations")
    event = body.get("event")
    if event is not None:
        change = isinstance(event, dict) and event.get("type") == "user_change"
        _check(event, _CHANGE if change else _EVENT, "event")


def _need(part: Mapping[str, Any], name: str, place: str) -> None:
    if part.get(name) is None:
        raise Malformed(f"{place}.{name} is missing")


def _check(value: Any, shape: Shape, place: str) -> None:
    if isinstance(shape, Mapping):
        for name, inner in _object(value, place).items():
            if inner is not None and name in shape:
                _check(inner, shape[name], f"{place}.{name}")
    elif isinstance(shape, Keyed):
        for inner in _object(value, place).values():
            _check(inner, shape.each, place)
    elif isinstance(shape, Listed):
        for inner in _list(value, place):
            _check(inner, shape.each, place)
    elif not isinstance(value, shape):
        raise Malformed(f"{place} is {type(value).__name__}")


def _object(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Malformed(f"{place} is {type(value).__name__}")
    return value


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise Malformed(f"{place} is {type(value).__name__}")
    return value
