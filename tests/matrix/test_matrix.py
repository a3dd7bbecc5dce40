"""Everything that is registered, tried as everybody under each visibility, with the ids of Eva's things."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.clock import FixedClock
from handlers.log import SUBCOMMANDS
from handlers.register import routes
from storage.store import open_store
from tests.conftest import NOW
from tests.matrix.decisions import (
    ACTIONS,
    CHOICES,
    CLOSINGS,
    COMMANDS,
    EVENTS,
    FORMS,
    LOOKED_AT_WHILE_TYPING,
    SHORTCUTS,
)
from tests.matrix.world import (
    ARRIVED,
    DRAFT,
    ENTRY,
    MARKERS,
    SEGMENT,
    TASK,
    USERS,
    Ids,
    World,
    furnish,
    world,
)

NOBODY: frozenset[str] = frozenset()
SHARED = ENTRY | SEGMENT
READS: dict[tuple[str, str], frozenset[str]] = {
    ("everyone", "same team"): SHARED,
    ("everyone", "other team"): SHARED,
    ("everyone", "manager"): SHARED | TASK,
    ("everyone", "other manager"): SHARED,
    ("everyone", "admin"): SHARED | TASK | ARRIVED,
    ("team", "same team"): SHARED,
    ("team", "other team"): NOBODY,
    ("team", "manager"): SHARED | TASK,
    ("team", "other manager"): NOBODY,
    ("team", "admin"): SHARED | TASK | ARRIVED,
    ("own", "same team"): NOBODY,
    ("own", "other team"): NOBODY,
    ("own", "manager"): SHARED | TASK,
    ("own", "other manager"): NOBODY,
    ("own", "admin"): SHARED | TASK | ARRIVED,
    ("everyone", "deactivated"): NOBODY,
    ("everyone", "guest"): NOBODY,
}
"""What of Eva's words somebody may read; what she has postponed nobody may."""
CHANGES = {"manager", "admin"}
IN_MESSAGES = {("own", "same team"), ("own", "other team"), ("everyone", "admin")}
"""Who presses all buttons in messages, too: what a message shows instead of a modal comes from the same services."""

MEANT = {("admin", "press export_person {anna}"), ("admin", "press export_person {anna} in a message")}
"""An export of a person tells all that is kept of him, what is postponed too (`product.md` 11)."""
SIGNS = (("r", ENTRY), ("s", SEGMENT), ("t", TASK), ("d", DRAFT), ("a", ARRIVED))
REFUSED = re.compile(
    r"only .* can |only admins|not yours|gone|not possible|full members|deactivated here|somebody else"
)


@dataclass
class Tried:
    """What came of everything that somebody tried."""

    answers: dict[str, str] = field(default_factory=dict)
    changed: bool = False

    def sign(self, name: str) -> str:
        """Return which of Eva's words the answer holds, `-` where it is refused, `.` where there is nothing of hers."""
        answer = self.answers[name]
        seen = "".join(sign for sign, words in SIGNS if any(word in answer for word in words))
        return seen or ("-" if REFUSED.search(answer) else ".")


def filled(value: object, ids: Ids) -> Any:
    if isinstance(value, dict):
        return {key: filled(one, ids) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, ids) for one in value]
    if not isinstance(value, str) or value == "{}":
        return value
    written = value.format(**ids)
    return int(written) if re.fullmatch(r"\{\w+\}", value) and written.isdecimal() else written


def element(value: str) -> dict[str, Any]:
    """Return an input that holds this value, whatever kind it is."""
    option = {"value": value}
    return {
        "value": value,
        "selected_option": option,
        "selected_options": [option],
        "selected_date": value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None,
        "selected_time": value if re.fullmatch(r"\d\d:\d\d", value) else None,
        "files": [{"id": value, "name": "letter.docx"}],
    }


def view(callback: str, meta: dict[str, object], fields: dict[str, str], ids: Ids) -> dict[str, Any]:
    values = {name: {"field": element(str(filled(value, ids)))} for name, value in fields.items()}
    return {
        "id": "V1",
        "root_view_id": "V1",
        "type": "modal",
        "callback_id": callback,
        "private_metadata": json.dumps(filled(meta, ids)),
        "blocks": [{"block_id": name} for name in values],
        "state": {"values": values},
    }


def pressed(action: str, value: str, ids: Ids, shown: dict[str, Any] | None) -> dict[str, Any]:
    what, _, block = (str(filled(part, ids)) for part in value.partition("@"))
    act = {"type": "button", "action_id": action, "block_id": block or "b", "value": what, "action_ts": "9"}
    here = {"container": {"type": "view" if shown else "message"}, "view": shown} if shown else {}
    return {"type": "block_actions", "actions": [{**act, "selected_option": {"value": what}}], **here}


def tries(ids: Ids, *, in_messages: bool) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield all that can be tried: its name, its kind, its payload; what changes data comes last."""
    for command, lines in COMMANDS.items():
        for line in lines:
            yield f"{command} {line}", "command", {"command": command, "text": line}
    for name in sorted(CHOICES):
        asked = {"type": "block_suggestion", "block_id": name, "action_id": name, "value": "zebra"}
        yield f"search {name}", "choice", asked
    yield from presses(ids, in_messages=in_messages)
    for name in sorted(SHORTCUTS):
        message = {"text": "zebra anna", "user": "U0EVA", "ts": "1"}
        yield f"shortcut {name}", "shortcut", {"type": "shortcut", "callback_id": name, "message": message}
    for callback, (meta, fields) in sorted(FORMS.items()):
        shown = view(callback, meta, fields, ids)
        yield f"submit {callback}", "submission", {"type": "view_submission", "view": shown}
    for callback, meta in CLOSINGS.items():
        shown = view(callback, meta, {}, ids)
        yield f"close {callback}", "closing", {"type": "view_closed", "is_cleared": False, "view": shown}
    yield "open App Home", "event", {"type": "event_callback", "event": {"type": "app_home_opened"}}


def presses(ids: Ids, *, in_messages: bool) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every button in a modal, and in a message too where that is wanted."""
    form = view("interaction", {"form_id": "{form}"}, {"comment": "Zebra"}, ids)
    for callback, meta in LOOKED_AT_WHILE_TYPING.items():
        shown = view(callback, meta, {"template": "{template}"}, ids)
        yield f"type into {callback}", "action", pressed("field", "{template}@template", ids, shown)
    writing = routes("/log", "/contact", "/segment").writing
    for action in sorted(ACTIONS, key=lambda name: (name in writing, name)):
        for value in ACTIONS[action]:
            yield f"press {action} {value}", "action", pressed(action, value, ids, form)
            if in_messages:
                yield f"press {action} {value} in a message", "action", pressed(action, value, ids, None)


@pytest.fixture(scope="module")
def matrix(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Tried]:
    """Everything, tried by everybody."""
    folder, clock = tmp_path_factory.mktemp("matrix"), FixedClock(NOW)
    source = folder / "saleslog.db"
    for file in sqlite_template.parent.glob("saleslog.db*"):
        shutil.copy(file, folder / file.name)
    store = open_store(f"sqlite:///{source}", clock)
    ids = furnish(store, clock)
    store.close()
    found = {}
    for number, together in enumerate(companies()):
        with world(source, folder / str(number), ids, clock) as there:
            for visibility, role in together:
                there.sits(USERS[role], visibility)
                everything = tries(ids, in_messages=(visibility, role) in IN_MESSAGES)
                found[visibility, role] = all_of_it(there, everything)
    return found


def companies() -> list[list[tuple[str, str]]]:
    """Return who shares a copy of everything: those who change nothing of Eva's, and each of the others alone."""
    harmless = [where for where in READS if where[1] not in CHANGES]
    alone = [where for where in READS if where[1] in CHANGES]
    return [harmless, *([where] for where in (*alone, ("everyone", "herself")))]


def all_of_it(there: World, everything: Iterable[tuple[str, str, dict[str, Any]]]) -> Tried:
    before, tried = there.evas_things(), Tried()
    for name, kind, body in everything:
        tried.answers[name] = there.brings(kind, body)
    tried.changed = there.evas_things() != before
    return tried


def test_whoever_registers_something_decides_with_what_it_is_tried() -> None:
    table = routes("/log", "/contact", "/segment")
    assert set(table.actions) == set(ACTIONS)
    assert set(table.submissions) == set(FORMS)
    assert set(table.choices) == CHOICES
    assert set(table.closings) == set(CLOSINGS)
    assert set(table.shortcuts) == SHORTCUTS
    assert set(table.events) == EVENTS
    assert set(table.fields) == set(LOOKED_AT_WHILE_TYPING)
    assert set(table.commands) == set(COMMANDS)
    assert {line.partition(" ")[0] for line in COMMANDS["/log"]} >= set(SUBCOMMANDS)


def test_nobody_reads_what_role_and_visibility_forbid(matrix: dict[tuple[str, str], Tried]) -> None:
    leaks = [
        f"{role} under {visibility}: {name} tells {word}"
        for (visibility, role), may in READS.items()
        for name, answer in matrix[visibility, role].answers.items()
        for word in sorted(MARKERS - may)
        if word in answer and (role, name) not in MEANT
    ]
    print(drawn(matrix))  # noqa: T201 - `pytest -rA` shows the matrix
    assert leaks == []


def test_nobody_changes_what_is_not_his(matrix: dict[tuple[str, str], Tried]) -> None:
    changed = {where for where in READS if matrix[where].changed}
    assert {role for _, role in changed} <= CHANGES


def test_nothing_breaks_whatever_is_guessed(matrix: dict[tuple[str, str], Tried]) -> None:
    broken = [
        (where, name)
        for where, tried in matrix.items()
        for name, answer in tried.answers.items()
        if "something broke" in answer
    ]
    assert broken == []


def test_the_words_are_there_to_be_found(matrix: dict[tuple[str, str], Tried]) -> None:
    """Eva herself and whoever may read them find all of them by the same ways: the matrix has teeth."""
    for where, may in {**READS, ("everyone", "herself"): MARKERS}.items():
        told = "".join(matrix[where].answers.values())
        assert [word for word in sorted(may) if word not in told] == [], where


def drawn(matrix: dict[tuple[str, str], Tried]) -> str:
    """Return a line for each thing, a column for each role and visibility."""
    columns = list(READS)
    heads = [f"{number}: {role}, {visibility}" for number, (visibility, role) in enumerate(columns, 1)]
    rows = [
        f"{name[:60]:60} " + " ".join(f"{matrix[column].sign(name):3}" for column in columns)
        for name in matrix["team", "other team"].answers
    ]
    legend = "r entry, s segment, t follow-up, d postponed, a arrived: her words are told; - refused; . nothing of hers"
    numbers = f"{'':60} " + " ".join(f"{number:<3}" for number in range(1, len(columns) + 1))
    return "\n".join(("", legend, *heads, numbers, *rows))
