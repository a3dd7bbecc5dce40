"""Payloads that Slack would never send: acknowledged, one line in the log, nothing falls out, nothing is told."""

import copy
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import Office, Silence
from slack_sdk import WebClient

from bot.clock import FixedClock
from bot.services.choices import Choices
from bot.services.message import Guess
from handlers.acks import Ack
from handlers.home import Homes
from handlers.middleware import Desk, Request
from handlers.register import _Finder, routes
from handlers.turns import Turns
from storage.store import Store, open_store

CANARY = "canary-5f1e"
ABOUT = {
    "team": {"id": "T0NORTH", "domain": "north"},
    "user": {"id": "U0EVA", "username": "eva", "name": "eva", "team_id": "T0NORTH"},
    "trigger_id": "1.2.3",
}
VIEW = {
    "id": "V1",
    "root_view_id": "V1",
    "type": "modal",
    "callback_id": "interaction",
    "private_metadata": '{"form_id": "abc"}',
    "blocks": [{"type": "input", "block_id": "comment", "element": {"type": "plain_text_input"}}],
    "state": {
        "values": {
            "contact": {"field": {"type": "external_select", "selected_option": {"value": "12"}}},
            "comment": {"field": {"type": "plain_text_input", "value": CANARY}},
            "date": {"field": {"type": "datepicker", "selected_date": "2026-11-20"}},
        }
    },
}
FIELD = {
    "type": "plain_text_input",
    "action_id": "field",
    "block_id": "comment",
    "value": CANARY,
    "action_ts": "1.0",
}
OVERFLOW = {"type": "overflow", "action_id": "rest", "block_id": "b", "selected_option": {"value": "undo:12"}}
BODIES: dict[str, dict[str, Any]] = {
    "command": {
        "command": "/log",
        "text": f"call Anna {CANARY}",
        "team_id": "T0NORTH",
        "user_id": "U0EVA",
        "user_name": "eva",
        "channel_id": "C1",
        "trigger_id": "1.2.3",
    },
    "submission": {"type": "view_submission", **ABOUT, "view": VIEW},
    "closing": {"type": "view_closed", **ABOUT, "view": VIEW, "is_cleared": False},
    "action": {
        "type": "block_actions",
        **ABOUT,
        "container": {"type": "view"},
        "view": VIEW,
        "actions": [FIELD],
    },
    "choice": {
        "type": "block_suggestion",
        **ABOUT,
        "container": {"type": "view"},
        "view": VIEW,
        "block_id": "contact",
        "action_id": "field",
        "value": CANARY,
    },
    "shortcut": {
        "type": "message_action",
        "callback_id": "log_message",
        **ABOUT,
        "message": {"text": CANARY, "user": "U0WIM", "ts": "1.0"},
        "channel": {"id": "C1"},
    },
    "event": {
        "type": "event_callback",
        "team_id": "T0NORTH",
        "event": {"type": "user_change", "user": {"id": "U0EVA", "profile": {"real_name": "Eva"}}},
    },
}
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=20),
    st.sampled_from(
        ["\x00", "\ud800", "9" * 40, "undo:", "undo:x", "{", '{"form_id": 5}', "[]", "12:12", "<!channel>"]
    ),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=2),
)


class Receipts:
    """An acknowledgement, counted."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, **_answer: object) -> None:
        self.count += 1


@pytest.fixture
def desk(sqlite_url: str, clock: FixedClock) -> Iterator[Callable[[str, dict[str, Any]], int]]:
    """Bring a payload of a kind to the desk, and count the acknowledgements."""
    store = open_store(sqlite_url, clock)
    yield _desk(store, clock)
    store.close()


def _desk(store: Store, clock: FixedClock) -> Callable[[str, dict[str, Any]], int]:
    office = Office(store, clock)
    office.joins("Eva")
    services = {
        "people": office.people,
        "forms": office.forms,
        "interactions": office.interactions,
        "postponed": office.postponed,
        "tasks": office.tasks,
        "entries": office.entries,
        "undo": office.undo,
        "contacts": office.contacts,
        "home": office.home,
        "quick_log": office.quick_log,
        "guess": Guess(store),
        "choices": Choices(store),
        "turns": Turns(),
        "homes": Homes(office.home, office.people),
        "bell": Silence(),
    }
    finder = _Finder(routes("/log", "/contact", "/segment"))
    nobody = WebClient(token="xoxb-secret", base_url="http://127.0.0.1:9/api/", timeout=1, retry_handlers=[])
    desk = Desk(office.people, services)

    def brought(kind: str, body: dict[str, Any]) -> int:
        receipts = Receipts()
        ack = Ack(receipts)  # type: ignore[arg-type]
        desk.receive(Request(route=getattr(finder, kind), ack=ack, body=body, client=nobody))
        return receipts.count

    return brought


def places(value: object, at: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Every place within a payload."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for key, one in inner for place in places(one, (*at, key)))]


def replaced(body: dict[str, Any], place: tuple[Any, ...], junk: object) -> dict[str, Any]:
    changed = copy.deepcopy(body)
    around = changed
    for key in place[:-1]:
        around = around[key]
    around[place[-1]] = junk
    return changed


@pytest.mark.parametrize("kind", BODIES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choose=st.data())
def test_nothing_falls_out_and_no_typed_word_is_logged(
    desk: Callable[[str, dict[str, Any]], int],
    caplog: pytest.LogCaptureFixture,
    kind: str,
    choose: st.DataObject,
) -> None:
    caplog.set_level(logging.DEBUG, "handlers")
    caplog.clear()
    place = choose.draw(st.sampled_from(places(BODIES[kind])[1:]))
    body = replaced(BODIES[kind], place, choose.draw(JUNK))
    assert desk(kind, body) == 1
    assert CANARY not in caplog.text
    assert "xoxb-secret" not in caplog.text


@pytest.mark.parametrize("kind", BODIES)
@pytest.mark.parametrize(
    "body", [{}, {"type": []}, {"user": "x", "team": 5}, {"event": [], "team_id": "T0NORTH"}]
)
def test_a_body_of_another_kind_is_acknowledged_with_one_line(
    desk: Callable[[str, dict[str, Any]], int],
    caplog: pytest.LogCaptureFixture,
    kind: str,
    body: dict[str, Any],
) -> None:
    caplog.set_level(logging.INFO, "handlers")
    assert desk(kind, body) == 1
    assert [record.levelname for record in caplog.records if record.name.startswith("handlers")] == [
        "WARNING"
    ]
