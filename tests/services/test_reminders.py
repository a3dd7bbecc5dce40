"""Reminders: bundled, once a day, inside hours, whatever happens to one of many (`product.md` 5)."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from office import Office, profile
from sqlalchemy import update
from ward import Ward, quiet_until

from bot.clock import FixedClock
from bot.domain.ids import FormId, PersonId, SlackUser
from bot.domain.interactions import Form
from bot.domain.messages import Busy
from bot.domain.people import Person
from bot.domain.rhythm import Preferences
from bot.domain.snoozes import QUARTER
from bot.services.reminders import Reminders
from storage.store import Store, open_store
from storage.tables.interactions import drafts
from storage.tables.people import salespeople

FRIDAY, SATURDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (20, 21, 23, 24))
CHRISTMAS = date(2026, 12, 25)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ward(office: Office) -> Ward:
    return Ward(office)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


def prefers(ward: Ward, person: Person, chosen: Preferences) -> None:
    with ward.office.store.begin(ward.office.workspace) as work:
        work.reminders.prefer(person.id, chosen)


def test_everything_that_waits_is_said_in_one_message_once_a_day(ward: Ward, eva: Person) -> None:
    ward.postpones(eva, "one")
    ward.postpones(eva, "two")
    entry = ward.office.logs(eva, ward.office.knows(eva, "Bo"))
    ward.office.tasks.follow_up(eva, entry, FRIDAY, "Ring Bo")
    assert ward.looks() == 1
    assert ward.looks() == 0
    (said,) = ward.said(eva)
    assert "2 postponed interactions and 1 follow-up wait for you." in said
    for words in ("one", "two", "Ring Bo"):
        assert words in said
    ward.at(eva, MONDAY, time(9))
    assert ward.looks() == 1
    assert len(ward.said(eva)) == 2


def test_who_has_nothing_waiting_hears_nothing(ward: Ward, eva: Person) -> None:
    ward.at(eva, FRIDAY, time(15))
    assert ward.looks() == 0
    ward.postpones(eva)
    assert ward.looks() == 0
    assert ward.until_told(eva, HOUR, 100) == ward.at(eva, MONDAY, time(9))


def test_a_form_that_is_being_typed_does_not_wait_yet(ward: Ward, eva: Person) -> None:
    contact = ward.office.knows(eva, "Anna")
    ward.at(eva, MONDAY, time(8, 59))
    ward.office.types(eva, FormId("open"), ward.office.typed(contact, comment="half-w"), "1")
    ward.at(eva, MONDAY, time(9))
    assert ward.looks() == 0
    assert ward.until_told(eva, HOUR, 30) == ward.at(eva, TUESDAY, time(9))


@pytest.mark.parametrize(
    ("joins", "told"),
    [
        ((FRIDAY, time(8, 30)), (FRIDAY, time(9))),
        ((FRIDAY, time(9)), (MONDAY, time(9))),
        ((FRIDAY, time(16, 30)), (MONDAY, time(9))),
        ((SATURDAY, time(11)), (MONDAY, time(9))),
    ],
)
def test_a_newcomer_is_reminded_when_his_hours_begin_next(
    ward: Ward, eva: Person, joins: tuple[date, time], told: tuple[date, time]
) -> None:
    ward.at(eva, *joins)
    entry = ward.office.logs(eva, ward.office.knows(eva, "Bo"))
    ward.office.tasks.follow_up(eva, entry, joins[0], "Ring Bo")
    assert ward.until_told(eva, HOUR / 2, 160) == ward.at(eva, *told)


def test_nobody_is_reminded_of_what_he_put_away_a_moment_ago(ward: Ward, eva: Person) -> None:
    ward.looks_after(eva)
    ward.puts_away(eva, "just now")
    assert ward.looks() == 0
    ward.at(eva, MONDAY, time(8, 59))
    ward.puts_away(eva, "at dawn")
    ward.at(eva, MONDAY, time(9))
    assert ward.looks() == 1
    (said,) = ward.said(eva)
    assert "just now" in said
    assert "at dawn" not in said
    ward.at(eva, TUESDAY, time(9))
    assert ward.looks() == 1
    assert "at dawn" in ward.said(eva)[1]


def test_outside_hours_it_waits_for_the_next_working_morning(ward: Ward, eva: Person) -> None:
    ward.postpones(eva)
    ward.at(eva, FRIDAY, time(17))
    assert ward.until_told(eva, HOUR, 100) == ward.at(eva, MONDAY, time(9))


def test_own_hours_count_and_own_days(ward: Ward, eva: Person) -> None:
    prefers(ward, eva, Preferences(days=frozenset({5, 6}), starts=time(11, 30), ends=time(13)))
    ward.at(eva, FRIDAY, time(15))
    ward.postpones(eva)
    assert ward.until_told(eva, HOUR / 2, 100) == ward.at(eva, SATURDAY, time(11, 30))


@pytest.mark.parametrize(
    ("chosen", "morning"),
    [
        (Preferences(), date(2026, 12, 28)),
        (Preferences(country="IN", days=frozenset({4})), date(2027, 1, 1)),
        (Preferences(country="JP"), CHRISTMAS),
        (Preferences(country="JP", days_off=((CHRISTMAS, CHRISTMAS + 3 * DAY),)), date(2026, 12, 29)),
    ],
)
def test_public_holidays_and_days_off_are_left_out(
    ward: Ward, eva: Person, chosen: Preferences, morning: date
) -> None:
    """Christmas is one in Norway and in India, none in Japan; the zone guesses Norway."""
    prefers(ward, eva, chosen)
    ward.at(eva, CHRISTMAS, time(8))
    ward.postpones(eva)
    assert ward.until_told(eva, HOUR, 24 * 30) == ward.at(eva, morning, time(9))


def test_whoever_does_not_want_to_be_disturbed_is_told_afterwards(ward: Ward, eva: Person) -> None:
    ward.postpones(eva)
    until = ward.office.clock.now() + timedelta(minutes=40)

    def sleeps(_: Person) -> datetime | None:
        return until if ward.office.clock.now() < until else None

    assert ward.looks(sleeps) == 0
    assert ward.until_told(eva, timedelta(minutes=1), 60, sleeps) == until


def test_slack_is_asked_only_about_people_who_would_be_told_something(ward: Ward, eva: Person) -> None:
    asked: list[Person] = []

    def notes(person: Person) -> datetime | None:
        asked.append(person)
        return None

    ward.looks(notes)
    assert asked == []
    ward.postpones(eva)
    ward.at(eva, MONDAY, time(9))
    ward.looks(notes)
    ward.looks(notes)
    assert [person.id for person in asked] == [eva.id]


def test_what_was_missed_while_the_bot_was_down_is_one_late_message(ward: Ward, eva: Person) -> None:
    first, second = ward.postpones(eva, "one"), ward.postpones(eva, "two")
    ward.snoozes(first, ward.at(eva, MONDAY, time(10)))
    ward.snoozes(second, ward.at(eva, TUESDAY, time(11)))
    ward.at(eva, date(2026, 11, 26), time(15))
    assert ward.looks() == 1
    assert ward.looks() == 0
    (said,) = ward.said(eva)
    assert "one" in said
    assert "two" in said


def test_reminders_that_were_switched_off_are_not_sent_but_snoozes_come_back(ward: Ward, eva: Person) -> None:
    prefers(ward, eva, Preferences(reminders=False))
    form = ward.postpones(eva)
    assert ward.looks() == 0
    ward.snoozes(form, ward.office.clock.now() + HOUR)
    assert ward.until_told(eva, QUARTER, 10) == ward.at(eva, FRIDAY, time(15, 2, 33))


def test_what_is_snoozed_is_left_out_until_it_comes_back(ward: Ward, eva: Person) -> None:
    form = ward.postpones(eva)
    ward.snoozes(form, ward.office.clock.now() + HOUR)
    assert ward.looks() == 0
    ward.office.clock.move(HOUR)
    assert ward.looks() == 1
    assert ward.looks() == 0
    with ward.office.store.read(ward.office.workspace) as work:
        draft = work.drafts.of_form(form)
    assert draft is not None
    assert draft.snoozed_until is None


def test_snoozes_of_one_quarter_come_back_together_and_the_next_ones_in_the_next(
    ward: Ward, eva: Person
) -> None:
    forms = [ward.postpones(eva, comment) for comment in ("one", "two", "three")]
    for form, minute in zip(forms, (2, 2, 9), strict=True):
        ward.snoozes(form, ward.at(eva, MONDAY, time(10, minute)))
    ward.at(eva, MONDAY, time(9))
    ward.looks()
    told = []
    for minute in range(70):
        ward.at(eva, MONDAY, time(9 + minute // 60, minute % 60))
        told += [minute] * ward.looks()
    ward.at(eva, MONDAY, time(10, 14))
    assert ward.looks() == 0
    assert told == [62]
    ward.at(eva, MONDAY, time(10, 15))
    assert ward.looks() == 1
    first, second = ward.said(eva)
    assert ("one" in first, "two" in first, "three" in first) == (True, True, False)
    assert "three" in second


def test_a_snooze_that_ends_outside_hours_waits_for_the_morning(ward: Ward, eva: Person) -> None:
    prefers(ward, eva, Preferences(reminders=False))
    form = ward.postpones(eva)
    ward.snoozes(form, ward.at(eva, FRIDAY, time(20)))
    assert ward.until_told(eva, HOUR, 100) == ward.at(eva, MONDAY, time(9))


def test_a_snooze_ends_after_do_not_disturb(ward: Ward, eva: Person) -> None:
    prefers(ward, eva, Preferences(reminders=False))
    form = ward.postpones(eva)
    now = ward.office.clock.now()
    ward.snoozes(form, now)
    assert ward.looks(quiet_until(now + HOUR)) == 0
    ward.office.clock.move(HOUR)
    assert ward.looks() == 1


def test_people_who_left_are_skipped_and_looked_after_again_when_they_return(ward: Ward, eva: Person) -> None:
    form = ward.postpones(eva)
    ward.looks(quiet_until(ward.office.clock.now() + HOUR))
    ward.snoozes(form, ward.office.clock.now())
    ward.office.people.refresh(ward.office.workspace, profile("Eva", deactivated=True))
    ward.at(eva, MONDAY, time(9))
    assert ward.looks() == 0
    assert ward.row(eva) is None
    ward.office.people.refresh(ward.office.workspace, profile("Eva"))
    assert ward.looks() == 1


def test_what_breaks_for_one_breaks_for_nobody_else_and_is_tried_again_later(
    ward: Ward, eva: Person, caplog: pytest.LogCaptureFixture
) -> None:
    wim = ward.office.joins("Wim")
    for person in (eva, wim):
        ward.postpones(person, "a secret")
    with ward.office.store.writing() as connection:
        broken = update(salespeople).where(salespeople.c.id == eva.id)
        connection.execute(broken.values(zone="Mars/Olympus Mons"))
    with caplog.at_level(logging.ERROR):
        assert ward.looks() == 1
    assert len(ward.said(wim)) == 1
    assert "broke" in caplog.text
    assert str(eva.id) in caplog.text
    assert "secret" not in caplog.text
    assert ward.row(eva).next_at == ward.office.clock.now() + QUARTER
    with ward.office.store.writing() as connection:
        connection.execute(update(salespeople).where(salespeople.c.id == eva.id).values(zone=eva.zone))
    ward.office.clock.move(QUARTER)
    assert ward.looks() == 1


def test_a_snooze_that_breaks_breaks_for_nobody_else(ward: Ward, eva: Person) -> None:
    wim = ward.office.joins("Wim")
    ward.looks()
    for person in (eva, wim):
        ward.snoozes(ward.postpones(person), ward.office.clock.now())
    with ward.office.store.writing() as connection:
        connection.execute(update(drafts).where(drafts.c.owner_id == eva.id).values(form={"day": "gone"}))
    assert ward.looks() == 1
    assert ward.looks() == 0
    assert len(ward.said(wim)) == 1


def test_hundreds_are_told_in_one_look(ward: Ward, eva: Person) -> None:
    form = Form(contact=ward.office.knows(eva, "Anna"), description="Outgoing call")
    with ward.office.store.begin(ward.office.workspace) as work:
        for number in range(210):
            person = replace(
                eva, id=PersonId(number + 1), slack_id=SlackUser(f"U{number}"), code=f"P{number}", email=None
            )
            work.people.add(person)
            work.drafts.save(FormId(f"f{number}"), person.id, form, None)
    assert ward.looks() == 0
    ward.at(eva, MONDAY, time(9))
    assert ward.looks() == 210


def test_two_processes_tell_each_thing_once(
    ward: Ward, eva: Person, store: Store, database_url: str, clock: FixedClock
) -> None:
    people = [eva, *(ward.office.joins(name) for name in ("Wim", "Max", "Ada"))]
    forms = [ward.postpones(person) for person in people]
    other = open_store(database_url, clock)
    looks = [ward.reminders, ward.another(other)]
    for day in (MONDAY, TUESDAY):
        ward.at(eva, day, time(9))
        with ThreadPoolExecutor(2) as both:
            list(both.map(patiently, looks))
    assert [len(ward.said(person)) for person in people] == [2] * len(people)
    for form in forms:
        ward.snoozes(form, clock.now() + HOUR)
    ward.at(eva, TUESDAY, time(10))
    with ThreadPoolExecutor(2) as both:
        list(both.map(patiently, looks))
    other.close()
    assert [len(ward.said(person)) for person in people] == [3] * len(people)


def patiently(reminders: Reminders) -> None:
    """Look as the job does: where the database is busy, once more."""
    for _ in range(20):
        try:
            reminders.remind(lambda _: None)
        except Busy:
            continue
        return


def test_a_person_who_travels_is_looked_after_by_the_new_clock(ward: Ward, eva: Person) -> None:
    ward.at(eva, MONDAY, time(8))
    ward.postpones(eva)
    ward.looks()
    ward.office.people.refresh(ward.office.workspace, profile("Eva", zone="America/New_York"))
    here = ward.office.people.of(eva.workspace, eva.id)
    assert here is not None
    assert ward.until_told(eva, QUARTER, 200) == ward.at(here, MONDAY, time(9))


def test_flying_east_looks_at_once(ward: Ward, eva: Person) -> None:
    ward.at(eva, MONDAY, time(5))
    ward.postpones(eva)
    ward.looks()
    ward.office.people.refresh(ward.office.workspace, profile("Eva", zone="Asia/Kolkata"))
    assert ward.looks() == 1


def test_a_clock_that_was_wrong_far_ahead_and_came_back(ward: Ward, eva: Person) -> None:
    ward.postpones(eva)
    now = ward.at(eva, MONDAY, time(8))
    ward.at(eva, date(2027, 6, 1), time(10))
    assert ward.looks() == 1
    ward.office.clock.move(now - ward.office.clock.now())
    assert ward.until_told(eva, QUARTER, 100) == ward.at(eva, MONDAY, time(9))


def test_a_clock_that_went_back_by_minutes_says_nothing_twice(ward: Ward, eva: Person) -> None:
    form = ward.postpones(eva)
    ward.at(eva, MONDAY, time(9))
    assert ward.looks() == 1
    ward.at(eva, MONDAY, time(8, 30))
    assert ward.looks() == 0
    ward.at(eva, MONDAY, time(9, 5))
    assert ward.looks() == 0
    ward.snoozes(form, ward.office.clock.now())
    assert ward.looks() == 1
    ward.at(eva, MONDAY, time(8, 59))
    assert ward.looks() == 0


def test_a_reminder_that_slack_refused_asks_who_has_left(ward: Ward, eva: Person) -> None:
    ward.postpones(eva)
    ward.looks()
    assert ward.reminders.unreached() == []
    ward.refused()
    assert [person.id for person in ward.reminders.unreached()] == [eva.id]
    ward.office.clock.move(2 * DAY)
    assert ward.reminders.unreached() == []
