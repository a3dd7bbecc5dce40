"""Several bots on PostgreSQL, one killed again and again: each reminder is sent, none twice (`product.md` 5)."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from desks import a_moment
from hatchery import Bot, Hatchery
from office import Office
from sqlalchemy import func, select, update
from ward import Ward

from bot.clock import SystemClock
from bot.domain.deliveries import DeliveryKind, DeliveryState
from bot.domain.ids import FormId, SlackTeam, SlackUser
from bot.domain.people import Person
from bot.domain.rhythm import Preferences
from bot.playground.people import Member
from bot.playground.server import Server
from storage.store import Store, open_store
from storage.tables.deliveries import deliveries
from storage.tables.jobs import jobs

AT_MOST = 1.2
SLACK_TAKES = 0.05
SETTLED = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.SUPERSEDED)
PATIENCE = 120.0


@dataclass
class Staff:
    """People who work at any hour, each with one draft that waits and one that comes back from a snooze."""

    slack: Server
    store: Store
    size: int
    ward: Ward = field(init=False)
    people: list[Person] = field(init=False)
    snoozed: dict[int, FormId] = field(init=False)

    def __post_init__(self) -> None:
        office = Office(self.store, SystemClock(), SlackTeam(self.slack.workspace.team.id))
        self.ward = Ward(office)
        self.people = [self._joins(f"P{number}") for number in range(self.size)]
        self.snoozed = {person.id: self._drafts(person) for person in self.people}

    def are_due(self, people: Sequence[Person]) -> None:
        """Let it be the moment to remind these people."""
        now = datetime.now(UTC)
        with self.store.begin(self.ward.office.workspace) as work:
            for person in people:
                work.reminders.look_at(person.id, now)

    def wake(self, people: Sequence[Person]) -> None:
        """Let the snoozes of these people be over."""
        for person in people:
            self.ward.snoozes(self.snoozed[person.id], datetime.now(UTC))

    def time_passes(self) -> None:
        """Let the next look of any bot be due."""
        with self.store.writing() as connection:
            connection.execute(update(jobs).where(jobs.c.name == "remind").values(next_at=datetime.now(UTC)))

    def waiting(self) -> int:
        """How many messages are not settled yet."""
        query = select(func.count()).where(deliveries.c.state.not_in(SETTLED))
        with self.store.reading() as connection:
            return int(connection.scalar(query) or 0)

    def written(self) -> list[str]:
        """The keys of all reminders that were written down."""
        query = select(deliveries.c.key).where(deliveries.c.kind == DeliveryKind.REMINDER)
        with self.store.reading() as connection:
            return list(connection.scalars(query))

    def heard(self, person: Person) -> list[str]:
        """What stands in somebody's direct message."""
        channel = self.slack.workspace.directory.direct(person.slack_id or "").id
        return [message.text for message in self.slack.workspace.seen_by(person.slack_id or "", channel)]

    def posted(self) -> Counter[str]:
        """How often each delivery stands somewhere in Slack."""
        channels = (self.slack.workspace.directory.direct(one.slack_id or "").id for one in self.people)
        messages = (one for channel in channels for one in self.slack.workspace.messages.history(channel))
        marks = (message.metadata["event_payload"]["delivery"] for message in messages if message.metadata)
        return Counter(marks)

    def _joins(self, name: str) -> Person:
        user = SlackUser(f"U0STAFF{name}")
        self.slack.workspace.directory.put_member(Member(user, name, name))
        person = self.ward.office.joins(name, slack_id=user, zone=noon())
        with self.store.begin(person.workspace) as work:
            work.reminders.prefer(person.id, Preferences(days=frozenset(range(7))))
            work.reminders.look_at(person.id, datetime.now(UTC) + timedelta(hours=20))
        return person

    def _drafts(self, person: Person) -> FormId:
        snoozed = self.ward.postpones(person, f"snoozed by {person.name}")
        self.ward.postpones(person, f"waits for {person.name}")
        self.ward.snoozes(snoozed, datetime.now(UTC) + timedelta(hours=20))
        with self.store.writing() as connection:
            connection.execute(
                update(deliveries).values(state=DeliveryState.SUPERSEDED, settled_at=datetime.now(UTC))
            )
        return snoozed


def noon() -> str:
    """Return a zone in which it is noon now."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


@contextmanager
def staff_of(slack: Server, url: str, size: int) -> Iterator[Staff]:
    store = open_store(url, SystemClock())
    try:
        yield Staff(slack, store, size)
    finally:
        store.close()


@pytest.mark.parametrize(
    ("bots", "kills", "size"),
    [
        pytest.param(2, 1, 10, id="two bots"),
        pytest.param(2, 60, 240, marks=pytest.mark.soak, id="two bots, long"),
        pytest.param(5, 120, 480, marks=pytest.mark.soak, id="five bots, long"),
    ],
)
@pytest.mark.timeout(1800)
def test_each_reminder_is_sent_once_whoever_is_killed(
    slack: Server, hatchery: Hatchery, postgres_url: str, tmp_path: Path, bots: int, kills: int, size: int
) -> None:
    def another() -> Bot:
        offset = str(tmp_path / "no-offset")  # such a bot looks every second; the clock is the machine's
        return hatchery.bot(slack, postgres_url, SALESLOG_CLOCK_OFFSET_FILE=offset)

    slack.faults.slow(SLACK_TAKES)
    with staff_of(slack, postgres_url, size) as staff:
        herd = [another() for _ in range(bots)]
        due = [staff.people[turn::kills] for turn in range(kills)]
        for turn, people in enumerate(due):
            staff.are_due(people)
            staff.wake(due[turn - 1] if turn else ())
            staff.time_passes()
            a_moment(AT_MOST)
            herd.pop(random.randrange(bots)).kill()
            herd.append(another())
        staff.wake(due[-1])
        everything_is_said(staff)
        assert len([key for key in staff.written() if key.startswith("remind:")]) == size
        assert set(staff.posted().values()) == {1}
        for person in staff.people:
            said = "\n".join(staff.heard(person))
            assert f"snoozed by {person.name}" in said
            assert f"waits for {person.name}" in said


def everything_is_said(staff: Staff) -> None:
    """Let time pass until nothing waits to be said any more."""

    def done() -> bool:
        staff.time_passes()
        told = {key.split(":")[1] for key in staff.written() if key.startswith("remind:")}
        return len(told) == staff.size and not staff.ward.reminders._due.awake(datetime.now(UTC))

    assert staff.slack.workspace.wait_for(done, PATIENCE)
    assert staff.slack.workspace.wait_for(lambda: not staff.waiting(), PATIENCE)
