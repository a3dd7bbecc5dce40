"""Digests: each period once, each entry once, by its own date, of those who are in the team (`product.md` 10)."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from office import Office, Silence
from sqlalchemy import select, update

from bot.domain.deliveries import DeliveryKind
from bot.domain.digests import Cadence, Schedule, Subscription
from bot.domain.entries import Asked
from bot.domain.ids import EntryId, FormId
from bot.domain.interactions import Evaluation
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.team_figures import Digest
from bot.jobs.digests import send_digests
from bot.services.digest_composition import Order, compose
from bot.services.digest_rounds import DigestRounds
from bot.services.digests import Digests
from storage.tables.deliveries import deliveries
from storage.tables.digests import digest_runs, digests
from storage.tables.interactions import drafts
from storage.tables.people import team_managers

OSLO = ZoneInfo("Europe/Oslo")
FRIDAY, SUNDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 22), date(2026, 11, 23)
EIGHT, WEEK = time(8), timedelta(days=7)


@dataclass
class Press:
    """Two processes that look after digests, and what they said."""

    office: Office
    max: Person
    eva: Person
    wim: Person

    def __post_init__(self) -> None:
        self.rounds = DigestRounds(self.office.store, self.office.people, Silence())
        self.other = DigestRounds(self.office.store, self.office.people, Silence())
        self.digests = Digests(self.office.store, self.office.people, Silence())

    def at(self, day: date, clock: time = EIGHT) -> None:
        there = datetime.combine(day, clock, tzinfo=OSLO)
        self.office.clock.move(there - self.office.clock.now())  # type: ignore[union-attr]

    def said(self) -> list[str]:
        query = select(deliveries.c.payload).where(
            deliveries.c.kind == DeliveryKind.DIGEST, deliveries.c.answer_key.is_(None)
        )
        with self.office.store.reading() as connection:
            return [payload["text"] for payload in connection.scalars(query.order_by(deliveries.c.id))]

    def mine(self) -> Subscription:
        (found,) = self.digests.of(self.max)
        return found

    def composed(self, which: str = "last") -> Digest:
        text = self.office.people.text(self.max)
        digest = self.mine()
        period = digest.schedule.ended(text.today) if which == "last" else digest.schedule.running(text.today)
        with self.office.store.read(self.office.workspace) as work:
            return compose(work, Order(digest.team, period, digest.id), text)

    def logs(self, person: Person, **facts: Any) -> int:
        contact = facts.pop("contact", None) or self.office.knows(person, "Anna")
        return int(self.office.logs(person, contact, **facts))


@pytest.fixture
def press(office: Office) -> Press:
    max_, eva, wim = office.team_of("North", *(office.joins(name) for name in ("Max", "Eva", "Wim")))
    room = Press(office, max_, eva, wim)
    room.rounds.keep_up()
    return room


def test_a_manager_is_told_of_the_week_on_monday_at_eight(press: Press) -> None:
    press.logs(press.eva, date=FRIDAY)
    press.at(MONDAY, time(7, 59))
    assert press.rounds.run() == 0
    press.at(MONDAY)
    assert press.rounds.run() == 1
    assert press.rounds.run() == press.other.run() == 0
    (said,) = press.said()
    assert "North, week 47 (16–22 Nov)" in said
    assert "1 interaction with 1 contact" in said
    assert "Eva: 1 interaction" in said
    assert press.mine().next_at == datetime(2026, 11, 30, 7, tzinfo=UTC)


def test_two_processes_that_saw_the_same_tell_it_once(press: Press) -> None:
    press.logs(press.eva, date=FRIDAY)
    press.at(MONDAY)
    (seen,) = press.rounds._rows.all()
    assert [one._look_after(seen) for one in (press.rounds, press.other)] == [True, False]
    assert len(press.said()) == 1


def test_a_process_that_dies_leaves_the_digest_to_be_sent_once(press: Press) -> None:
    """Before the commit nothing is there, and the next one tells it; after it the outbox finds what to send."""

    class Dies(Silence):
        def ring(self) -> None:
            raise KeyboardInterrupt

    press.logs(press.eva, date=FRIDAY)
    press.at(MONDAY)
    (seen,) = press.rounds._rows.all()

    def dies_before_the_commit() -> None:
        with press.office.store.begin(press.office.workspace) as work:
            work.digests.claim(seen.id, seen.next_at or press.office.clock.now(), None)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dies_before_the_commit()
    assert press.said() == []
    with pytest.raises(KeyboardInterrupt):
        DigestRounds(press.office.store, press.office.people, Dies()).run()
    assert press.other.run() == 0
    assert len(press.said()) == 1


def test_after_weeks_of_silence_one_current_digest_is_sent(press: Press) -> None:
    press.logs(press.eva, date=FRIDAY)
    press.at(MONDAY + 3 * WEEK, time(11))
    press.logs(press.eva, date=SUNDAY + 3 * WEEK)
    assert press.rounds.run() == 1
    assert press.rounds.run() == 0
    (said,) = press.said()
    assert "week 50" in said


def test_nothing_new_is_no_message_and_is_not_looked_at_again(press: Press) -> None:
    press.at(MONDAY)
    assert press.rounds.run() == 0
    press.logs(press.eva, date=FRIDAY)
    assert press.rounds.run() == 0
    assert press.said() == []
    with press.office.store.reading() as connection:
        assert [row.first for row in connection.execute(select(digest_runs))] == [date(2026, 11, 16)]


def test_canceled_undone_postponed_and_other_days_never_count(press: Press) -> None:
    _, canceled, _ = (press.logs(press.eva, date=FRIDAY) for _ in range(3))
    press.office.undo.latest(press.eva)
    press.logs(press.eva, date=date(2026, 11, 15))
    press.office.entry_acts.cancel(press.eva, [EntryId(canceled)], None)
    press.office.types(
        press.eva, FormId("waits"), press.office.typed(press.office.knows(press.eva, "Bo")), "1"
    )
    press.office.postponed.close(press.eva, FormId("waits"))
    press.at(MONDAY)
    digest = press.composed()
    assert (digest.total.interactions, digest.before.interactions) == (1, 1)


def test_the_list_behind_each_number_holds_as_many(press: Press) -> None:
    press.logs(press.eva, date=FRIDAY, evaluation=Evaluation.VERY_NEGATIVE)
    press.logs(press.eva, date=FRIDAY, evaluation=Evaluation.VERY_NEGATIVE)
    press.logs(press.wim, date=FRIDAY)
    press.logs(press.max, date=FRIDAY)
    press.at(MONDAY)
    digest = press.composed()
    for wanted, number in (
        (digest.filter, digest.total.interactions),
        (digest.filter_of_very_negative, digest.total.very_negative),
    ):
        assert press.office.entry_lists.page(press.max, Asked(wanted)).count == number
    assert [(row.name, row.now.interactions) for row in digest.people] == [("Eva", 2), ("Wim", 1)]
    assert sum(row.now for row in digest.templates) == digest.total.interactions == 3


def test_what_is_logged_late_is_one_line_and_told_once(press: Press) -> None:
    press.logs(press.eva, date=FRIDAY)
    press.at(MONDAY)
    press.rounds.run()
    press.at(MONDAY, time(10))
    press.logs(press.eva, date=FRIDAY)
    press.logs(press.eva, date=MONDAY)
    press.at(MONDAY + WEEK)
    digest = press.composed()
    assert (digest.total.interactions, digest.late) == (1, 1)
    assert press.office.entry_lists.page(press.max, Asked(digest.filter_of_late)).count == 1
    assert press.rounds.run() == 1
    assert "1 logged late for earlier weeks." in press.said()[1]
    press.at(MONDAY + 2 * WEEK)
    assert press.composed().late == 0


def test_contacts_that_fell_silent_are_told_first(press: Press) -> None:
    silent = press.office.knows(press.eva, "Silent")
    press.at(date(2026, 9, 1))
    never = press.office.knows(press.eva, "Never")
    press.at(date(2026, 12, 28))
    spoken = press.office.knows(press.eva, "Spoken")
    press.logs(press.eva, contact=silent, date=date(2026, 11, 27))
    press.logs(press.eva, contact=spoken, date=date(2026, 12, 21))
    fresh = press.office.knows(press.eva, "Fresh")
    digest = press.composed()
    named = [one.id for one in digest.quiet]
    assert (silent in named, never in named, spoken in named, fresh in named) == (True, True, False, False)
    assert digest.has_news
    _, found = press.digests.quiet(press.max, digest.team.id)
    assert [one.id for one in found] == named


def test_old_drafts_are_told_by_owner_never_by_text(press: Press) -> None:
    contact = press.office.knows(press.wim, "Bo")
    typed = press.office.typed(contact, comment="secret")
    press.office.types(press.wim, FormId("old"), typed, "1")
    press.office.postponed.close(press.wim, FormId("old"))
    with press.office.store.writing() as connection:
        connection.execute(update(drafts).values(saved_at=datetime(2026, 11, 10, tzinfo=UTC)))
    press.at(MONDAY)
    assert press.rounds.run() == 1
    (said,) = press.said()
    assert "1 draft older than a week (Wim)" in said
    assert "secret" not in said
    _, found = press.digests.old_drafts(press.max, press.mine().team.id)
    assert [owner for _, _, owner in found] == ["Wim"]
    for refused in (press.digests.old_drafts, press.digests.quiet):
        with pytest.raises(Refusal):
            refused(press.eva, press.mine().team.id)


def test_who_manages_no_more_is_told_no_more(press: Press) -> None:
    press.logs(press.eva, date=FRIDAY)
    with press.office.store.writing() as connection:
        connection.execute(team_managers.delete())
    press.at(MONDAY)
    assert press.rounds.run() == 0
    with press.office.store.reading() as connection:
        assert connection.execute(select(digests)).all() == []


def test_the_cadence_changes_at_once_and_tells_no_period_twice(press: Press) -> None:
    press.logs(press.eva, date=FRIDAY)
    press.at(MONDAY)
    assert press.rounds.run() == 1
    daily = press.digests.change_cadence(press.max, press.mine().id, Cadence.DAILY)
    assert daily.next_at == datetime(2026, 11, 24, 7, tzinfo=UTC)
    paused = press.digests.change_cadence(press.max, daily.id, Cadence.PAUSED)
    assert paused.next_at is None
    press.at(MONDAY + WEEK)
    assert press.rounds.run() == 0
    with pytest.raises(Refusal):
        press.digests.change_cadence(press.eva, daily.id, Cadence.WEEKLY)


def test_who_moves_to_another_zone_is_told_at_eight_there(press: Press) -> None:
    with press.office.store.begin(press.office.workspace) as work:
        found = work.people.get(press.max.id)
        assert found is not None
        work.people.change(replace(found, zone="America/New_York"))
    press.rounds.run()
    assert press.mine().next_at == datetime(2026, 11, 23, 13, tzinfo=UTC)


def test_a_salesperson_is_told_who_gets_the_digest(press: Press) -> None:
    with pytest.raises(Refusal) as refused:
        press.digests.show(press.eva, "key", None, "")
    assert refused.value.message.values == {"team": "North", "names": ("Max",)}


def test_what_is_asked_for_is_of_the_week_that_runs(press: Press) -> None:
    press.logs(press.eva, date=FRIDAY)
    press.digests.show(press.max, "key", None, "north")
    with press.office.store.reading() as connection:
        payload = connection.scalars(
            select(deliveries.c.payload).where(deliveries.c.answer_key == "key")
        ).one()
    assert "North, week 47 (16–22 Nov), so far" in payload["text"]


def test_the_job_says_what_it_did(press: Press) -> None:
    assert send_digests(press.rounds) == ""
    press.logs(press.eva, date=FRIDAY)
    press.at(MONDAY)
    assert send_digests(press.rounds) == "Told 1 of their teams."
    assert Schedule().cadence is Cadence.WEEKLY
