"""What Slack posts, opened: a command, an interaction or an event, or why it can't be Slack's."""

import json
from typing import Any
from urllib.parse import parse_qsl

DEEPEST = 50
MOST_FIELDS = 200
_TEXTS = """
    type id team_id user_id channel_id enterprise_id app_installed_team_id trigger_id bot_id thread_ts ts hash
    callback_id private_metadata response_url command action_id block_id action_ts
"""
_OBJECTS = """
    view event message previous_message container item assistant_thread function_data state values profile
    selected_option
"""
_LISTS = "actions authorizations response_urls blocks"
_TEXTS_OR_OBJECTS = "user team channel enterprise"
_KIND_OF: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(_TEXTS.split(), (str,)),
    **dict.fromkeys(_OBJECTS.split(), (dict,)),
    **dict.fromkeys(_LISTS.split(), (list,)),
    **dict.fromkeys(_TEXTS_OR_OBJECTS.split(), (str, dict)),
}
_OF_OBJECTS = frozenset({"actions", "authorizations", "response_urls"})
_PUNCTUATION = {
    "%22": '"',
    "%3A": ":",
    "%2C": ",",
    "%7B": "{",
    "%7D": "}",
    "%5B": "[",
    "%5D": "]",
    "%20": " ",
}


class Unreadable(Exception):  # noqa: N818 - what was posted is at fault, not we
    """Slack would never post this; the text says what is wrong, never what was posted."""


def opened(raw: bytes, content_type: str) -> dict[str, Any]:
    """Return the fields of a request's body.

    Raises:
        Unreadable: it is not what its type says, too deep, or not of the shape that Slack sends.
    """
    text = _decoded(raw)
    if content_type == "application/json":
        return _shaped(_parsed(text))
    fields = _fields(text)
    if "payload" in fields:
        return _shaped(_parsed(fields["payload"]))
    if "command" not in fields and "ssl_check" not in fields:
        raise Unreadable("a form without payload or command")
    return dict(fields)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8") from None


def _fields(text: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(_unpunctuated(text), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise Unreadable("too many fields") from None


def _unpunctuated(text: str) -> str:
    """Decode what most of escaped JSON is made of; `unquote` takes a millisecond for a form's payload alone.

    None of it can be part of another escape, or means anything in a form.
    """
    for escape, sign in _PUNCTUATION.items():
        text = text.replace(escape, sign)
    return text


def _parsed(text: str) -> dict[str, Any]:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None
    if not isinstance(parsed, dict):
        raise Unreadable("not a JSON object")
    return parsed


def _shaped(body: dict[str, Any]) -> dict[str, Any]:
    _check_depth(body)
    if not isinstance(body.get("type"), str):
        raise Unreadable("no type")
    return _part(body)


def _part(part: dict[str, Any]) -> dict[str, Any]:
    """Return a part whose well-known names have values of their kind, as what comes after us trusts.

    A well-known name with null is left out: Bolt takes it for one that is there.
    """
    return {
        name: _value(name, value) if name in _KIND_OF else value
        for name, value in part.items()
        if value is not None or name not in _KIND_OF
    }


def _value(name: str, value: Any) -> Any:
    if not isinstance(value, _KIND_OF[name]):
        raise Unreadable(f"{name} of another kind")
    if isinstance(value, list) and name in _OF_OBJECTS:
        return _parts(name, value)
    return _part(value) if isinstance(value, dict) and name != "values" else value


def _parts(name: str, values: list[Any]) -> list[Any]:
    if name == "actions" and not values:
        raise Unreadable("no actions")
    if not all(isinstance(value, dict) for value in values):
        raise Unreadable(f"{name} of another kind")
    return [_part(value) for value in values]


def _check_depth(body: dict[str, Any]) -> None:
    level: list[Any] = [body]
    for _ in range(DEEPEST):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return
    raise Unreadable("too deep")


def _children(value: Any) -> list[Any]:
    inside = value.values() if isinstance(value, dict) else value
    return [child for child in inside if isinstance(child, dict | list)]
