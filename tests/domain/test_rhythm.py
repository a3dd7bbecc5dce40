"""When people work and are reminded: laws over zones with odd clocks and two years of days (`product.md` 5)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.messages import Refusal
from bot.domain.reminders import LOOK_AGAIN, look, reminded
from bot.domain.rhythm import Preferences, Rhythm
from bot.domain.snoozes import LONGEST, Snooze, picked, snoozed_until

OSLO, NEW_YORK, KOLKATA, LORD_HOWE = "Europe/Oslo", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"
ZONES = (OSLO, "Europe/Brussels", NEW_YORK, KOLKATA, LORD_HOWE)
FIRST, LAST = datetime(2026, 1, 1), datetime(2028, 1, 1)  # noqa: DTZ001 - Hypothesis adds the zone
HOLIDAYS = frozenset((date(2026, 5, 1), date(2026, 12, 25), date(2027, 1, 1), date(2027, 3, 29)))
QUARTER = timedelta(minutes=15)
MANY = settings(max_examples=300, deadline=None)

instants = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
quarters = st.builds(lambda n: time(n // 4, n % 4 * 15), st.integers(0, 95))
absences = st.lists(
    st.tuples(st.dates(FIRST.date(), LAST.date()), st.integers(0, 20)).map(
        lambda one: (one[0], one[0] + timedelta(days=one[1]))
    ),
    max_size=3,
)


@st.composite
def wishes(draw: st.DrawFn) -> Preferences:
    starts, ends = draw(quarters), draw(quarters)
    assume(starts < ends)
    days = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return Preferences(days=days, starts=starts, ends=ends, days_off=tuple(draw(absences)))


def rhythm(zone: str, chosen: Preferences | None = None) -> Rhythm:
    return Rhythm(
        zone=ZoneInfo(zone), preferences=chosen or Preferences(), is_holiday=lambda day: day in HOLIDAYS
    )


rhythms = st.builds(rhythm, st.sampled_from(ZONES), wishes())


@MANY
@given(hours=rhythms, now=instants)
def test_the_next_opening_is_open_and_never_before_now(hours: Rhythm, now: datetime) -> None:
    found = hours.opening(now)
    assert found is not None
    assert found >= now
    assert hours.is_open(found)


@MANY
@given(hours=rhythms, now=instants, share=st.floats(0, 1, exclude_max=True))
def test_nothing_is_open_before_the_next_opening(hours: Rhythm, now: datetime, share: float) -> None:
    """But for minutes that a clock change adds to the night: nobody misses a day by them."""
    found = hours.opening(now)
    assert found is not None
    between = now + (found - now) * share
    if found - now < timedelta(hours=2) or hours.day(between) == hours.day(found):
        return
    assert not hours.is_open(between) or _clock_changes_near(hours, between)


def _clock_changes_near(hours: Rhythm, instant: datetime) -> bool:
    offsets = {
        (instant + timedelta(hours=ahead)).astimezone(hours.zone).utcoffset() for ahead in range(-3, 4)
    }
    return len(offsets) > 1


@MANY
@given(hours=rhythms, now=instants)
def test_the_next_day_is_another_date(hours: Rhythm, now: datetime) -> None:
    found = hours.next_day(now)
    assert found is not None
    assert found > now
    assert hours.day(found) > hours.day(now)
    assert hours.is_open(found)


@MANY
@given(hours=rhythms, now=instants)
def test_whoever_may_be_reminded_is_at_work(hours: Rhythm, now: datetime) -> None:
    found = look(hours, None, now)
    assert (found.day is not None) == hours.is_open(now)
    assert now < found.next_at <= now + LOOK_AGAIN


def reminded_on(
    hours: Sequence[tuple[datetime, Rhythm]], looks: Sequence[datetime]
) -> list[tuple[datetime, date, Rhythm]]:
    """Look at these moments as the job does, and return when reminders went out; every day something waits.

    A reminder is written down under its date, so that no date has two (a delivery's key is unique).
    """
    next_at, last_day, said = FIRST.replace(tzinfo=UTC), None, list[tuple[datetime, date, Rhythm]]()
    for now in looks:
        here = next(one for since, one in reversed(hours) if since <= now)
        if next_at > now and next_at <= now + timedelta(hours=25):
            continue
        found = look(here, last_day, now)
        next_at = found.next_at
        if found.day is not None:
            last_day = found.day
            if found.day not in {day for _, day, _ in said}:
                said.append((now, found.day, here))
    return said


@settings(max_examples=60, deadline=None)
@given(hours=rhythms, start=instants, steps=st.lists(st.integers(1, 30 * 60), min_size=100, max_size=400))
def test_one_reminder_for_each_date_and_none_outside_hours(
    hours: Rhythm, start: datetime, steps: list[int]
) -> None:
    looks = [start]
    for minutes in steps:
        looks.append(looks[-1] + timedelta(minutes=minutes))
    said = reminded_on([(start, hours)], looks)
    assert all(hours.is_open(at) and hours.day(at) == day for at, day, _ in said)
    assert len({day for _, day, _ in said}) == len(said)


@pytest.mark.parametrize("zone", ZONES)
def test_a_bot_that_is_always_there_reminds_on_each_working_day_at_its_start(zone: str) -> None:
    hours, start = rhythm(zone), datetime(2026, 1, 1, tzinfo=UTC)
    looks = [start + step * QUARTER for step in range(2 * 365 * 96)]
    said = reminded_on([(start, hours)], looks)
    days = [date(2026, 1, 2) + timedelta(days=ahead) for ahead in range(2 * 365 - 4)]
    told = {day: at.astimezone(hours.zone).time() for at, day, _ in said}
    assert {day: told.get(day) for day in days if hours.works_on(day)} == {
        day: time(9) for day in days if hours.works_on(day)
    }
    assert not [day for day in told if not hours.works_on(day)]


@pytest.mark.parametrize(
    ("zone", "day", "wall"),
    [
        (OSLO, date(2026, 3, 29), time(2, 30)),
        (OSLO, date(2026, 10, 25), time(2, 30)),
        (NEW_YORK, date(2026, 3, 8), time(2, 30)),
        (NEW_YORK, date(2026, 11, 1), time(1, 30)),
        (LORD_HOWE, date(2026, 4, 5), time(1, 45)),
        (LORD_HOWE, date(2026, 10, 4), time(2, 15)),
    ],
)
def test_work_that_starts_in_the_gap_or_the_fold_of_a_clock_change(zone: str, day: date, wall: time) -> None:
    chosen = Preferences(days=frozenset(range(7)), starts=wall, ends=time(12))
    hours = rhythm(zone, chosen)
    midnight = hours.at(day, time())
    found = hours.opening(midnight)
    assert found is not None
    assert hours.day(found) == day
    assert hours.is_open(found)
    assert found - midnight <= timedelta(hours=4)
    said = reminded_on([(midnight, hours)], [midnight + step * QUARTER for step in range(96)])
    assert [told for _, told, _ in said].count(day) == 1


def test_the_first_of_two_same_times_is_taken_and_the_second_where_the_first_is_over() -> None:
    chosen = Preferences(days=frozenset(range(7)), starts=time(2, 30), ends=time(2, 45))
    hours, day = rhythm(OSLO, chosen), date(2026, 10, 25)
    first = hours.at(day, time(2, 30))
    assert hours.opening(first - QUARTER) == first
    assert hours.opening(first + QUARTER) == first + timedelta(hours=1)


@settings(max_examples=60, deadline=None)
@given(
    start=instants,
    zones=st.lists(st.sampled_from((*ZONES, "Pacific/Auckland", "Pacific/Honolulu")), min_size=1, max_size=6),
    chosen=wishes(),
)
def test_somebody_who_travels_has_at_most_one_reminder_for_each_date(
    start: datetime, zones: list[str], chosen: Preferences
) -> None:
    hours = [(start + timedelta(days=3 * leg), rhythm(zone, chosen)) for leg, zone in enumerate(zones)]
    looks = [start + step * QUARTER for step in range(3 * 96 * (len(zones) + 1))]
    said = reminded_on(hours, looks)
    assert all(here.is_open(at) and here.day(at) == day for at, day, here in said)
    assert len({day for _, day, _ in said}) == len(said)


def test_flying_west_over_the_date_line_is_no_reason_for_a_second_reminder() -> None:
    """In Auckland he was reminded of the 18th; he lands in Honolulu on the 17th."""
    honolulu, told = rhythm("Pacific/Honolulu"), date(2026, 11, 18)
    assert look(honolulu, told, honolulu.at(date(2026, 11, 17), time(13))).day is None
    assert look(honolulu, told, honolulu.at(date(2026, 11, 18), time(9))).day is None
    assert look(honolulu, told, honolulu.at(date(2026, 11, 19), time(9))).day == date(2026, 11, 19)


@settings(max_examples=60, deadline=None)
@given(
    hours=rhythms,
    start=instants,
    jump=st.integers(-400 * 24, 400 * 24),
    back=st.booleans(),
)
def test_a_clock_that_jumps_neither_doubles_nor_stops_the_reminders(
    hours: Rhythm, start: datetime, jump: int, *, back: bool
) -> None:
    """A clock that was wrong for an hour costs at most the dates it has named, and a day on either side."""
    before = [start + step * QUARTER for step in range(96)]
    wrong = [before[-1] + timedelta(hours=jump) + step * QUARTER for step in range(4)]
    after = (before if back else wrong)[-1]
    looks = [*before, *wrong, *(after + step * QUARTER for step in range(1, 21 * 96))]
    since = min(looks)
    said = reminded_on([(since, hours)], looks)
    assert all(hours.is_open(at) and hours.day(at) == day for at, day, _ in said)
    assert len({day for _, day, _ in said}) == len(said)
    named = {day for at, day, _ in said if at in wrong}
    days = {hours.day(after) + timedelta(days=ahead) for ahead in range(3, 20)}
    lost = {day for day in days if hours.works_on(day) and day not in {told for _, told, _ in said}}
    assert lost <= {day + timedelta(days=beside) for day in named for beside in (-1, 0)}


def test_a_day_far_ahead_was_a_wrong_clocks_and_counts_for_nothing() -> None:
    today = date(2026, 11, 20)
    assert reminded(today, today)
    assert reminded(today + timedelta(days=1), today)
    assert not reminded(today + timedelta(days=2), today)
    assert not reminded(today - timedelta(days=1), today)
    assert not reminded(None, today)


def test_who_switched_the_reminders_off_is_looked_at_once_a_day_and_told_nothing() -> None:
    hours, now = rhythm(OSLO, Preferences(reminders=False)), datetime(2026, 11, 20, 9, tzinfo=UTC)
    found = look(hours, None, now)
    assert found.day is None
    assert found.next_at <= now + LOOK_AGAIN


@MANY
@given(hours=rhythms, now=instants, choice=st.sampled_from(Snooze))
def test_a_snooze_ends_later_and_inside_hours(hours: Rhythm, now: datetime, choice: Snooze) -> None:
    until = snoozed_until(choice, hours, now)
    assert until > now
    assert hours.is_open(until)
    if choice is not Snooze.HOUR:
        assert hours.day(until) > hours.day(now)
    else:
        assert until >= now + timedelta(hours=1)


@MANY
@given(hours=rhythms, now=instants, days=st.integers(0, 360), wall=quarters)
def test_a_picked_moment_is_moved_into_the_hours(hours: Rhythm, now: datetime, days: int, wall: time) -> None:
    day = hours.day(now) + timedelta(days=days)
    chosen = hours.at(day, wall)
    if chosen <= now:
        with pytest.raises(Refusal):
            picked(day, wall, hours, now)
        return
    until = picked(day, wall, hours, now)
    assert until >= chosen
    assert hours.is_open(until)


def test_a_moment_more_than_a_year_ahead_is_refused() -> None:
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    with pytest.raises(Refusal):
        picked((now + LONGEST + timedelta(days=1)).date(), time(9), rhythm(OSLO), now)


def test_who_never_works_can_put_nothing_off() -> None:
    away = Preferences(days_off=((date(2026, 1, 1), date(2029, 1, 1)),))
    with pytest.raises(Refusal):
        snoozed_until(Snooze.TOMORROW, rhythm(OSLO, away), datetime(2026, 11, 20, 9, tzinfo=UTC))
