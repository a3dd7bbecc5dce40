"""What Slack would send: signed bodies of commands, choices and submissions."""

import json
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlencode

from addressbook import TEAM, user

_STAMPS = count(1)
_CHOSEN = {
    "external_select": "selected_option",
    "static_select": "selected_option",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "plain_text_input": "value",
    "checkboxes": "selected_options",
}


@dataclass(frozen=True, slots=True)
class Letter:
    """One request, and by what the Web API call that answers it is recognised."""

    raw: bytes
    mark: str = ""


def command(seat: int, text: str = "") -> Letter:
    """Return a slash command; its trigger id tells it from all others."""
    trigger = f"trigger-{next(_STAMPS)}"
    fields = {
        "command": "/log",
        "text": text,
        "team_id": TEAM,
        "team_domain": "bench",
        "channel_id": "C1",
        "channel_name": "sales",
        "user_id": user(seat),
        "user_name": "seller",
        "api_app_id": "A1",
        "trigger_id": trigger,
        "response_url": "",
    }
    return Letter(urlencode(fields).encode(), trigger)


def suggestion(seat: int, query: str, view: dict[str, Any]) -> Letter:
    """Return what Slack asks while somebody types into the contact field."""
    payload = {
        **_about("block_suggestion", seat),
        "container": {"type": "view", "view_id": "V1"},
        "action_id": "field",
        "block_id": "contact",
        "value": query,
        "view": {**view, "id": "V1", "state": {"values": {}}},
    }
    return _posted(payload)


def submission(seat: int, view: dict[str, Any], typed: dict[str, Any]) -> Letter:
    """Return a form filled in with `typed`, and otherwise as it was opened."""
    payload = {
        **_about("view_submission", seat),
        "trigger_id": f"trigger-{next(_STAMPS)}",
        "view": filled(view, typed),
        "response_urls": [],
    }
    return _posted(payload)


def filled(view: dict[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
    """Return a view as Slack tells of it, with what was typed into it."""
    values = {
        block["block_id"]: {"field": _held(block["element"], typed.get(block["block_id"]))}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    return {**view, "id": "V1", "root_view_id": "V1", "state": {"values": values}}


def _held(element: dict[str, Any], typed: Any) -> dict[str, Any]:
    key = _CHOSEN[element["type"]]
    initial = element.get(key.replace("selected", "initial")) or element.get("initial_value")
    return {"type": element["type"], key: initial if typed is None else typed}


def option(value: object) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": "chosen"}, "value": str(value)}


def _about(type: str, seat: int) -> dict[str, Any]:
    return {
        "type": type,
        "token": "t",
        "team": {"id": TEAM, "domain": "bench"},
        "api_app_id": "A1",
        "enterprise": None,
        "user": {"id": user(seat), "username": "seller", "name": "seller", "team_id": TEAM},
    }


def _posted(payload: dict[str, Any]) -> Letter:
    return Letter(urlencode({"payload": json.dumps(payload)}).encode())
