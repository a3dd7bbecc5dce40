"""What Prometheus is told: everything that the documents name is there, and moves with what it counts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from office import Office
from posting import FORM, NOW, SECRET, call, command, post, signed
from prometheus_client.parser import text_string_to_metric_families
from seat import MANIFEST, settings_for
from sqlalchemy import event

from bot.app import Saleslog, build
from bot.clock import FixedClock
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.ids import ContactId, FormId, SlackTeam
from bot.domain.messages import Busy
from bot.domain.people import Person
from bot.domain.vitals import Vitals
from bot.jobs.board import Board, Job
from bot.metrics import Metrics
from bot.playground.seeds import EVA, demo_workspace
from bot.playground.server import Server
from bot.pulse import Pulse
from bot.web import SlackDoor, with_slack
from storage.jobs import JobRows
from storage.store import Store, open_store
from storage.vitals import VitalRows

DOCUMENT = Path("docs/operations.md").read_text(encoding="utf-8")
DOCUMENTED = set(re.findall(r"^\| `(saleslog_\w+)", DOCUMENT, re.MULTILINE))
NOT_OURS = ("process_", "python_")

Samples = dict[tuple[str, str], float]


def samples(text: str) -> Samples:
    """Every figure of ours by its name and labels."""
    return {
        (sample.name, "".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.startswith(NOT_OURS) and not sample.name.endswith("_created")
    }


def of(figures: Samples, documented: str) -> Samples:
    """What belongs to a documented name: a histogram is many figures."""
    return {key: value for key, value in figures.items() if key[0].startswith(documented)}


@pytest.fixture
def slack() -> Iterator[Server]:
    with Server(MANIFEST, demo_workspace()) as server:
        yield server


@pytest.fixture
def saleslog(slack: Server, sqlite_url: str, clock: FixedClock) -> Iterator[Saleslog]:
    """The real bot; nobody rings its outbox."""
    built = build(settings_for(slack, sqlite_url), clock, open_store(sqlite_url, clock))
    yield built
    built.stop()


class Scrape:
    """Looks at the figures eleven seconds later each time."""

    def __init__(self, saleslog: Saleslog, clock: FixedClock) -> None:
        self.parts = {"database": True, "scheduler": True, "slack": True}
        slack = SlackDoor(saleslog.bolt.dispatch, SECRET, FixedClock(NOW))
        self.door = with_slack(slack, lambda: self.parts, saleslog.metrics)
        self._clock = clock

    def __call__(self) -> Samples:
        self._clock.move(timedelta(seconds=11))
        return samples(call(self.door, "GET", "/metrics").text)


def test_everything_that_the_documents_name_is_there_and_moves(
    saleslog: Saleslog, slack: Server, clock: FixedClock
) -> None:
    office = Office(saleslog.store, clock, SlackTeam(slack.workspace.team.id))
    eva = office.joins("Eva Lind", slack_id=EVA)
    anna = office.knows(eva, "Anna Berg")
    board = Board(JobRows(saleslog.store))
    board.look(Job("remind", timedelta(seconds=1), lambda: "Reminded."))
    scrape = Scrape(saleslog, clock)
    before = scrape()
    raw = command("help", team_id=slack.workspace.team.id, user_id=EVA, channel_id="C1")
    assert post(scrape.door, raw, signed(raw, FORM, NOW)).status == 200
    assert post(scrape.door, raw, signed(raw, FORM, NOW, "another")).status == 401
    office.logs(eva, anna)
    postpones(office, eva, anna)
    with saleslog.store.begin(office.workspace) as work:
        work.deliveries.say("w", DeliveryKind.REMINDER, eva.id, {"text": "w"})
    waiting = scrape()
    saleslog.outbox.drain()
    board.look(Job("remind", timedelta(seconds=1), lambda: "Reminded."))
    board.look(Job("digest", timedelta(seconds=1), lambda: f"{1 / 0}"))
    scrape.parts["slack"] = False
    after = scrape()
    steps = (before, waiting, after)
    moved = {name for name in DOCUMENTED if of(steps[0], name) != of(steps[1], name)}
    moved |= {name for name in DOCUMENTED if of(steps[1], name) != of(steps[2], name)}
    assert moved == DOCUMENTED
    assert [name for name, _ in after if not name.startswith(tuple(DOCUMENTED))] == []


def test_nobody_is_named(saleslog: Saleslog, slack: Server, clock: FixedClock) -> None:
    office = Office(saleslog.store, clock, SlackTeam(slack.workspace.team.id))
    eva = office.joins("Eva Lind", slack_id=EVA)
    office.logs(eva, office.knows(eva, "Anna Berg"))
    said = call(Scrape(saleslog, clock).door, "GET", "/metrics").text
    assert "saleslog_entries_logged_total 1.0" in said
    for secret in ("Eva", "Anna", EVA, slack.workspace.team.id, str(eva.id), str(office.workspace)):
        assert secret not in said


@pytest.fixture
def office(store: Store, clock: FixedClock) -> Office:
    return Office(store, clock)


def test_the_database_is_asked_once_in_ten_seconds(office: Office, clock: FixedClock) -> None:
    asked: list[datetime] = []

    def read() -> Vitals:
        asked.append(clock.now())
        return VitalRows(office.store).read()

    metrics = Metrics(Pulse(read, clock))
    for seconds in (0, 9, 1, 5, -60):
        clock.move(timedelta(seconds=seconds))
        metrics.exposition()
    assert [(at - NOW).total_seconds() for at in asked] == [0, 10, -45]


def test_without_a_database_the_rest_is_told(clock: FixedClock) -> None:
    def busy() -> Vitals:
        raise Busy

    said = Metrics(Pulse(busy, clock)).exposition().decode()
    assert "saleslog_entries_logged" not in said
    assert "process_" in said


def test_figures_are_those_of_all_workspaces_and_never_go_back(office: Office, clock: FixedClock) -> None:
    eva = postpones_and_logs(office, entries=2)
    postpones_and_logs(Office(office.store, clock, SlackTeam("T0SOUTH")), entries=1)
    with office.store.begin(office.workspace) as work:
        work.deliveries.say("w", DeliveryKind.REMINDER, eva.id, {"text": "w"})
    clock.move(timedelta(minutes=3))
    vitals = VitalRows(office.store).read()
    assert (vitals.entries, vitals.drafts) == (3, 2)
    assert vitals.waiting[DeliveryState.DUE] >= 1
    assert vitals.overdue == timedelta(minutes=3)
    pulse = Pulse(iter([vitals, replace(vitals, entries=1)]).__next__, clock)
    for _ in range(2):
        clock.move(timedelta(minutes=1))
        assert samples(Metrics(pulse).exposition().decode())["saleslog_entries_logged_total", ""] == 3


def postpones_and_logs(office: Office, entries: int) -> Person:
    eva = office.joins("Eva Lind")
    anna = office.knows(eva, "Anna Berg")
    for _ in range(entries):
        office.logs(eva, anna)
    postpones(office, eva, anna)
    return eva


def postpones(office: Office, eva: Person, anna: ContactId) -> None:
    office.types(eva, "postponed", office.typed(anna), "1.0")
    office.postponed.close(eva, FormId("postponed"))


def test_no_table_that_grows_is_read_from_end_to_end(sqlite_url: str, clock: FixedClock) -> None:
    """So the figures take as long at a million entries as at ten."""
    store = open_store(sqlite_url, clock)
    asked: list[tuple[str, Any]] = []
    event.listen(store.reader, "before_cursor_execute", lambda *given: asked.append((given[2], given[3])))
    VitalRows(store).read()
    with store.reader.connect() as connection:
        steps = [
            str(row[3])
            for statement, values in tuple(asked)
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    store.close()
    assert {step.split()[1] for step in steps if step.startswith("SCAN") and "INDEX" not in step} <= {
        "workspaces",
        "jobs",
    }
    assert any("ix_drafts_waiting" in step for step in steps)
    assert any("ix_deliveries_due" in step for step in steps)
