"""Whatever a reader asked to see comes back from the word that a button carries."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entries import Asked, Filter, Standing
from bot.domain.interactions import Evaluation
from bot.views.asked import read, written

NUMBERS = st.integers(1, 2**63 - 1)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
EARLIEST = datetime(2000, 1, 1)  # noqa: DTZ001 - Hypothesis adds the zone
FILTERS = st.builds(
    Filter,
    person=st.none() | NUMBERS,
    salespeople=st.frozensets(NUMBERS, max_size=3),
    team=st.none() | NUMBERS,
    contact=st.none() | NUMBERS,
    template=st.none() | NUMBERS,
    group=st.none() | NUMBERS,
    evaluations=st.frozensets(st.sampled_from(Evaluation)),
    campaign=st.none() | NUMBERS,
    opportunity=st.none() | NUMBERS,
    logged=st.none() | NUMBERS,
    first=DAYS,
    last=DAYS,
    logged_after=st.none() | st.datetimes(EARLIEST, timezones=st.just(UTC)),
    failed=st.booleans(),
    standing=st.sampled_from(Standing),
    text=st.text(max_size=20),
)


@given(st.builds(Asked, FILTERS, st.integers(0, 99)))
def test_what_was_written_is_read(asked: Asked) -> None:
    assert read(written(asked)) == asked


@pytest.mark.parametrize(
    "word", ["", "page=1&own=2", "page=x", "page=1&standing=undone", "page=1&first=monday"]
)
def test_what_was_never_written_is_refused(word: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        read(word)
