import time as stopwatch
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dates import Direction, days_off, read_day, read_time

TODAY = date(2026, 11, 20)  # a Friday
PAST, FUTURE = Direction.PAST, Direction.FUTURE
LOCALES = ["en", "en-US", "en-GB", "nb-NO", "nl-NL", "nl-BE", "de-DE", "fr-FR", "xx-YY", ""]


def d(month: int, day: int, year: int = 2026) -> date:
    return date(year, month, day)


@pytest.mark.parametrize(
    ("text", "locale", "past", "future"),
    [
        ("fri", "en-US", TODAY, d(11, 27)),
        ("Friday", "en-GB", TODAY, d(11, 27)),
        ("sat", "en-GB", d(11, 14), d(11, 21)),
        ("thurs", "en-GB", d(11, 19), d(11, 26)),
        ("fre", "nb-NO", TODAY, d(11, 27)),
        ("LØR", "nb-NO", d(11, 14), d(11, 21)),
        ("tirsdag", "nb-NO", d(11, 17), d(11, 24)),
        ("tuesday", "nb-NO", d(11, 17), d(11, 24)),
        ("vrijdag", "nl-BE", TODAY, d(11, 27)),
        ("wo", "nl-NL", d(11, 18), d(11, 25)),
        ("za.", "nl-NL", d(11, 14), d(11, 21)),
        ("Mittwoch", "de-DE", d(11, 18), d(11, 25)),
        ("27 nov", "en-GB", d(11, 27, 2025), d(11, 27)),
        ("Nov 27", "en-US", d(11, 27, 2025), d(11, 27)),
        ("27nov", "en-GB", d(11, 27, 2025), d(11, 27)),
        ("27. november", "nb-NO", d(11, 27, 2025), d(11, 27)),
        ("27th of November", "en-GB", d(11, 27, 2025), d(11, 27)),
        ("fri 27 nov", "en-GB", None, d(11, 27)),
        ("mon 27 nov", "en-GB", None, None),
        ("1 maart", "nl-NL", d(3, 1), d(3, 1, 2027)),
        ("may 3", "en-GB", d(5, 3), d(5, 3, 2027)),
        ("29 feb", "en-GB", d(2, 29, 2024), d(2, 29, 2028)),
        ("20 nov", "en-GB", TODAY, d(11, 20, 2027)),
        ("27/11", "nb-NO", d(11, 27, 2025), d(11, 27)),
        ("11/27", "en-US", d(11, 27, 2025), d(11, 27)),
        ("27/11", "en-US", d(11, 27, 2025), d(11, 27)),
        ("3/4", "en-US", d(3, 4), d(3, 4, 2027)),
        ("3/4", "en-GB", d(4, 3), d(4, 3, 2027)),
        ("3.4", "en-US", d(4, 3), d(4, 3, 2027)),
        ("3.4.", "nb-NO", d(4, 3), d(4, 3, 2027)),
        ("9.30", "nb-NO", None, None),
        ("27.11.26", "nb-NO", None, d(11, 27)),
        ("1/11/2026", "nl-NL", d(11, 1), None),
        ("2026-11-27", "en-US", None, d(11, 27)),
        ("20261119", "en-US", d(11, 19), None),
        ("27 nov 2027", "en-GB", None, d(11, 27, 2027)),
        ("today", "en-GB", TODAY, None),
        ("tomorrow", "nb-NO", None, d(11, 21)),
        ("i morgen", "nb-NO", None, d(11, 21)),
        ("morgen", "nb-NO", None, d(11, 21)),
        ("morgen", "nl-NL", None, d(11, 21)),
        ("i går", "nb-NO", d(11, 19), None),
        ("eergisteren", "nl-NL", d(11, 18), None),
        ("yesterday", "nl-NL", d(11, 19), None),
        ("2w", "en-GB", d(11, 6), d(12, 4)),
        ("2u", "nb-NO", d(11, 6), d(12, 4)),
        ("2u", "nl-NL", None, None),
        ("+3d", "en-GB", None, d(11, 23)),
        ("-3d", "en-GB", d(11, 17), None),
        ("3 days ago", "en-GB", d(11, 17), None),
        ("in 2 weeks", "en-GB", None, d(12, 4)),
        ("in two weeks", "en-GB", None, d(12, 4)),
        ("om en uke", "nb-NO", None, d(11, 27)),
        ("for 3 dager siden", "nb-NO", d(11, 17), None),
        ("over 2 weken", "nl-NL", None, d(12, 4)),
        ("twee weken geleden", "nl-NL", d(11, 6), None),
        ("next week", "en-GB", None, d(11, 27)),
        ("neste uke", "nb-NO", None, d(11, 27)),
        ("vorige week", "nl-NL", d(11, 13), None),
        ("3mo", "en-GB", d(8, 20), d(2, 20, 2027)),
        ("in 2 Wochen", "de-DE", None, d(12, 4)),
        ("übermorgen", "de-DE", None, d(11, 22)),
        ("2 weeks ago", "xx-YY", d(11, 6), None),
    ],
)
def test_days_as_people_type_them(text: str, locale: str, past: date | None, future: date | None) -> None:
    assert read_day(text, TODAY, locale, PAST) == past
    assert read_day(text, TODAY, locale, FUTURE) == future


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize(
    "text",
    [
        "", " ", "3", "27", "may", "november", "2026", "1400", "14:00", "2 hours ago", "31/02", "0/0",
        "next friday", "fri and", "fri 3", "27 nov and", "27 nov 3 boxes", "important", "price list", "+",
        "w", "a", "the", "us", "mon march", "0000-00-00", "٣/٤", "3d 4d", "fri" * 20, "1" * 5000, "💥",
        "\u200f", "in", "999999d", "99/99", "in 30 hours", "in +3d", "+3d ago", "ago", "in 2 ago",
    ],
)  # fmt: skip
def test_what_is_not_certainly_a_day_is_not_read(text: str, locale: str, direction: Direction) -> None:
    assert read_day(text, TODAY, locale, direction) is None


@given(st.text(max_size=60), st.sampled_from(LOCALES), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_is_read_quietly_and_on_the_right_side_of_today(text: str, locale: str, today: date) -> None:
    past, future = (read_day(text, today, locale, direction) for direction in Direction)
    assert past is None or past <= today
    assert future is None or future > today


NUMBERS = st.sampled_from(["27", "3", "2026", "2", "2d", "27th", "14:00", "1.2", ".", "/", "-", "+"])
WORDS = NUMBERS | st.sampled_from(
    [
        "nov",
        "fri",
        "may",
        "next",
        "week",
        "in",
        "ago",
        "i",
        "morgen",
        "og",
        "and",
        "the",
        "d",
        "w",
        "om",
        "siden",
    ]
)


@given(st.lists(WORDS, max_size=6).map(" ".join), st.sampled_from(LOCALES))
def test_words_of_days_in_any_order_are_no_trouble(text: str, locale: str) -> None:
    past, future = (read_day(text, TODAY, locale, direction) for direction in Direction)
    assert past is None or past <= TODAY
    assert future is None or future > TODAY


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 3000), st.sampled_from(LOCALES))
def test_iso_dates_are_read_as_themselves_everywhere(today: date, days: int, locale: str) -> None:
    later = today + timedelta(days=days)
    assert read_day(later.isoformat(), today, locale, FUTURE) == later
    assert read_day(today.isoformat(), later, locale, PAST) == today


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.sampled_from(["mon", "tor", "zondag", "Freitag"]))
def test_a_weekday_is_within_seven_days(today: date, name: str) -> None:
    locale = {"mon": "en", "tor": "nb", "zondag": "nl", "Freitag": "de"}[name]
    past, future = (read_day(name, today, locale, direction) for direction in Direction)
    assert past is not None
    assert future == past + timedelta(days=7)
    assert past <= today < future


def test_nonsense_is_never_slow() -> None:
    read_day("warm up", TODAY, "nb-NO", PAST)
    start = stopwatch.thread_time()
    for text in ("a b c d e", "1 2 3 4 5 6 7 8", "kommer tilbake neste gang", "x" * 5000, "1 " * 2500):
        read_day(text, TODAY, "nb-NO", FUTURE)
    assert stopwatch.thread_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("14:00", time(14)),
        ("14.05", time(14, 5)),
        ("1400", time(14)),
        ("0905", time(9, 5)),
        ("930", time(9, 30)),
        ("9", time(9)),
        ("2pm", time(14)),
        ("2:30 PM", time(14, 30)),
        ("2.30 p.m.", time(14, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("14h30", time(14, 30)),
        ("14u30", time(14, 30)),
        ("14h", time(14)),
        ("kl. 14", time(14)),
        ("１４:00", time(14)),
        ("24:00", None),
        ("14:60", None),
        ("14:5", None),
        ("13pm", None),
        ("0am", None),
        ("25", None),
        ("14:00:05", None),
        ("noonish", None),
        ("٩", None),
        ("", None),
        ("1" * 5000, None),
    ],
)
def test_times_as_people_type_them(text: str, read: time | None) -> None:
    assert read_time(text) == read


@given(st.text(max_size=60))
def test_any_text_is_no_trouble_as_a_time(text: str) -> None:
    read_time(text)


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)))
def test_every_time_is_read_as_it_is_written(at: time) -> None:
    assert read_time(f"{at:%H:%M}") == read_time(f"{at:%H.%M}") == read_time(f"{at:%I:%M %p}") == at


def test_a_language_that_dateparser_lacks_is_no_trouble() -> None:
    assert read_day("some other day", TODAY, "ia", FUTURE) is None
    assert read_day("in 2 weeks", TODAY, "ia", FUTURE) == d(12, 4)


def test_days_off_follow_the_country() -> None:
    assert date(2026, 5, 17) in days_off("NO", 2026)
    assert date(2026, 7, 21) in days_off("BE", 2026)
    assert date(2026, 7, 21) not in days_off("NO", 2026)
    assert days_off("XX", 2026) == days_off("", 2026) == frozenset()
