"""When a digest is due, and of which days it tells: across zones and changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digests import Cadence, Schedule, period_of

OSLO = ZoneInfo("Europe/Oslo")
ZONES = st.sampled_from(["Europe/Oslo", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe", "UTC"])
TOLD = st.sampled_from([Cadence.DAILY, Cadence.WEEKLY])
FIRST, LAST = datetime(2025, 1, 1), datetime(2027, 12, 31)  # noqa: DTZ001 - Hypothesis adds the zone
INSTANTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
SCHEDULES = st.builds(
    Schedule, cadence=TOLD, weekday=st.integers(0, 6), at=st.times().map(lambda at: at.replace(second=0))
)


@given(TOLD, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_one_period_and_periods_follow_each_other(cadence: Cadence, day: date) -> None:
    period = period_of(cadence, day)
    assert period.first <= day <= period.last
    assert all(
        period_of(cadence, period.first + timedelta(days=one)) == period
        for one in range((period.last - period.first).days + 1)
    )
    assert period.before.last == period.first - timedelta(days=1)


@given(SCHEDULES, INSTANTS, ZONES)
def test_it_is_due_at_the_chosen_time_and_the_next_one_tells_of_the_next_period(
    schedule: Schedule, now: datetime, zone: str
) -> None:
    there = ZoneInfo(zone)
    first = schedule.due_after(now, there)
    assert first is not None
    second = schedule.due_after(first, there)
    assert second is not None
    assert now < first < second
    told, then = (schedule.ended(one.astimezone(there).date()) for one in (first, second))
    assert then.before == told
    assert told.last < first.astimezone(there).date()


@pytest.mark.parametrize(
    ("at", "now", "due"),
    [
        # spring: 2:30 is left out on 29 March; autumn: it comes twice on 25 October
        (time(2, 30), datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (time(2, 30), datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 11, 1, 1, 30, tzinfo=UTC)),
        (time(8), datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),
    ],
)
def test_days_of_clock_change_have_one_moment(at: time, now: datetime, due: datetime) -> None:
    assert Schedule(weekday=6, at=at).due_after(now, OSLO) == due


def test_nothing_is_due_while_paused() -> None:
    assert Schedule(cadence=Cadence.PAUSED).due_after(datetime(2026, 11, 20, tzinfo=UTC), OSLO) is None


def test_friday_is_told_of_with_its_weekend() -> None:
    saturday = date(2026, 11, 21)
    period = period_of(Cadence.DAILY, saturday)
    assert (period.first, period.last) == (date(2026, 11, 20), date(2026, 11, 22))
    assert Schedule(cadence=Cadence.DAILY).ended(date(2026, 11, 23)) == period
