"""What views, handlers and the manifest agree upon."""

import inspect
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot.views import ids
from bot.views.ids import Action, Callback
from handlers.register import routes
from handlers.routes import Routes

MANIFEST = yaml.safe_load(Path("app_manifest.yml").read_text(encoding="utf-8"))
SCHEMA = json.loads(Path("tests/architecture/manifest.schema.json").read_text(encoding="utf-8"))
READ = {"command", "shortcut", "press", "view", "closing", "query", "member", "mark", "words", "desk", "sent"}
GIVEN = {"ack", "slack", "actor", "text", "homes", "turns", "user_groups"}
SERVICES = {
    "people",
    "teams",
    "following",
    "forms",
    "choices",
    "interactions",
    "postponed",
    "tasks",
    "lists",
    "snoozes",
    "entries",
    "entry_lists",
    "entry_acts",
    "entry_exports",
    "entry_files",
    "histories",
    "inbox_answers",
    "mails",
    "campaigns",
    "opportunities",
    "reminder_policy",
    "checklists",
    "undo",
    "purge",
    "deletions",
    "contacts",
    "cards",
    "contact_removal",
    "removals",
    "erasure",
    "imports",
    "calls",
    "person_files",
    "home",
    "guess",
    "quick_log",
    "segments",
    "headers",
    "lines",
    "preview",
    "preferences",
    "departures",
    "digests",
    "attachments",
    "templates",
    "template_groups",
    "template_languages",
    "template_setup",
    "number_series",
    "jobs",
    "membership",
    "pasting",
    "saved_criteria",
    "runs",
    "logged_segments",
}
SILENT = {Callback.NOTICE, Callback.JOBS, Callback.DISCARDED, Callback.LIST, Callback.PREVIEW}


@pytest.fixture
def table() -> Routes:
    return routes("/log", "/contact", "/segment")


def test_the_manifest_is_valid() -> None:
    jsonschema.Draft7Validator(SCHEMA).validate(MANIFEST)


def test_commands_and_shortcuts_of_the_manifest_are_those_that_are_heard(table: Routes) -> None:
    features = MANIFEST["features"]
    assert {one["command"] for one in features["slash_commands"]} == set(table.commands)
    assert {one["callback_id"] for one in features["shortcuts"]} == set(table.shortcuts)
    heard = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert {event.partition(".")[0] for event in heard} >= set(table.events)


def test_every_button_has_a_listener_and_every_listener_a_button(table: Routes) -> None:
    heard = set(table.actions)
    assert heard - {ids.FIELD} == {action.value for action in Action} - {Action.MORE}
    views = "".join(path.read_text(encoding="utf-8") for path in Path("bot/views").glob("*.py"))
    unused = [action.name for action in Action if f"Action.{action.name}" not in views]
    assert unused == []


def test_every_form_has_a_listener(table: Routes) -> None:
    forms = {callback.value for callback in Callback} - SILENT - set(table.shortcuts)
    assert forms == set(table.submissions)
    assert set(table.closings) <= forms


def test_listeners_name_only_what_there_is(table: Routes) -> None:
    known = READ | GIVEN | SERVICES
    named = {name for listener in table.everything() for name in inspect.signature(listener).parameters}
    assert named <= known


def test_sentences_for_people_are_marked_for_translation() -> None:
    """A literal sentence handed to a block without `text(…)` could never be translated."""
    bare = re.compile(r"kit\.(?:button|primary|line|header|small|bold)\(\s*[\"'][A-Z]")
    found = [path for path in Path("bot/views").glob("*.py") if bare.search(path.read_text(encoding="utf-8"))]
    assert found == []
