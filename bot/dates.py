"""Reads days and times as people type them; tells days off. Wraps Babel, dateparser and holidays.

Nothing is guessed: a bare number ("3"), a bare month ("may"), "next friday" (this week's or next week's?) and
a day on the wrong side of today are not read at all. Slashed dates follow the order of the reader's locale,
unless only the other order gives a date; dotted ones ("3.4") always begin with the day.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from babel.core import get_global

from bot.almanac import Almanac, Span, almanac
from bot.domain.folding import compact, fold

_LONGEST = 40
_WORDS = 5
_LEAP_GAP = 8
_NOON = 12

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|(20[0-9]{2})([0-9]{2})([0-9]{2})")
_NUMERIC = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})(?:\2((?:20)?[0-9]{2}))?\.?")
_COUNT = re.compile(r"([+-]?)([0-9]{1,3}|[a-z]+)(?: |(?<=[0-9])(?=[a-z]))([a-z]+)")
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|ste|de|e)?")
_PARTS = re.compile(r"[0-9]+(?:st|nd|rd|th|ste|de|e)?(?![^\W\d_])|[0-9]+|[^\W\d_]+")
_YEAR = re.compile(r"20[0-9]{2}")
_SPELLED_OUT = re.compile(r"[^\W\d_]{3}")
_TIME = re.compile(r"(?:kl )?([0-9]{1,2})(?:[:.hu]([0-5][0-9])|([0-5][0-9])|[hu])? ?([ap]m)?")
_FILLERS = frozenset({"of", "the", "den", "de"})


class Direction(StrEnum):
    """On which side of today a day lies: up to and with today, or after it."""

    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class _Reader:
    words: Almanac
    today: date
    direction: Direction

    @property
    def sign(self) -> int:
        return 1 if self.direction is Direction.FUTURE else -1

    def admits(self, day: date) -> bool:
        return day > self.today if self.direction is Direction.FUTURE else day <= self.today


def read_day(text: str, today: date, locale: str, direction: Direction) -> date | None:
    """Return the day that `text` names in the reader's language or in English, or None.

    Without a year or a week it is the latest one up to today (PAST) or the next one after today (FUTURE).
    """
    typed = fold(text[: _LONGEST + 1]).strip(" ,")
    if not 1 < len(typed) <= _LONGEST:
        return None
    reader = _Reader(almanac(locale), today, direction)
    days = (form(typed, reader) for form in _FORMS)
    return next((day for day in days if day is not None and reader.admits(day)), None)


def read_time(text: str) -> time | None:
    """Return the time of day that `text` names (14:00, 14.00, 1400, 14h30, 2pm, 9), or None."""
    typed = fold(text[: _LONGEST + 1]).replace("a.m.", "am").replace("p.m.", "pm").replace("kl.", "kl ")
    found = _TIME.fullmatch(" ".join(typed.split()))
    if not found:
        return None
    hour = _hour(int(found[1]), found[4])
    return None if hour is None else time(hour, int(found[2] or found[3] or 0))


@lru_cache(maxsize=512)
def country_of(zone: str) -> str | None:
    """Return the country of a time zone ("Europe/Oslo" lies in "NO"), None where it lies in several or in none."""
    canonical = get_global("zone_aliases").get(zone, zone)
    territory = get_global("zone_territories").get(canonical)
    return territory if territory and len(territory) == 2 and territory != "ZZ" else None  # noqa: PLR2004 - ISO


@lru_cache(maxsize=256)
def days_off(country: str, year: int) -> frozenset[date]:
    """Return the public holidays of a country ("NO"), none for a country that nobody knows."""
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


@lru_cache(maxsize=1)
def countries_with_days_off() -> frozenset[str]:
    """Return the countries whose public holidays are known."""
    import holidays

    return frozenset(holidays.list_supported_countries(include_aliases=False))


def _hour(hour: int, half: str | None) -> int | None:
    if half is None:
        return hour if hour < 2 * _NOON else None
    if not 1 <= hour <= _NOON:
        return None
    return hour % _NOON + (_NOON if half == "pm" else 0)


def _year_first(typed: str, _reader: _Reader) -> date | None:
    found = _YEAR_FIRST.fullmatch(typed)
    if not found:
        return None
    return _date(int(found[1] or found[5]), int(found[3] or found[6]), int(found[4] or found[7]))


def _numeric(typed: str, reader: _Reader) -> date | None:
    found = _NUMERIC.fullmatch(typed)
    if not found:
        return None
    first, separator, second, year = int(found[1]), found[2], int(found[3]), found[4]
    if separator == ".":
        return _in_year(second, first, year, reader)
    month, day = (first, second) if reader.words.month_first else (second, first)
    return _in_year(month, day, year, reader) or _in_year(day, month, year, reader)


def _named(typed: str, reader: _Reader) -> date | None:
    word = compact(typed)
    if word in reader.words.days:
        return reader.today + timedelta(days=reader.words.days[word])
    weekday = reader.words.weekday(word)
    if weekday is None:
        return None
    if reader.direction is Direction.FUTURE:
        return reader.today + timedelta(days=(weekday - reader.today.weekday() - 1) % 7 + 1)
    return reader.today - timedelta(days=(reader.today.weekday() - weekday) % 7)


def _spelled(typed: str, reader: _Reader) -> date | None:
    parts = [part for part in _PARTS.findall(typed) if part not in _FILLERS]
    weekday = reader.words.weekday(parts[0]) if len(parts) > 2 else None  # noqa: PLR2004 - weekday, day, month
    day, month, year = _day_of_month(parts if weekday is None else parts[1:], reader.words)
    if day is None or month is None:
        return None
    found = _in_year(month, day, year, reader)
    return found if found and weekday in (None, found.weekday()) else None


def _day_of_month(parts: list[str], words: Almanac) -> tuple[int | None, int | None, str | None]:
    year = parts.pop() if len(parts) == 3 and _YEAR.fullmatch(parts[2]) else None  # noqa: PLR2004 - day, month, year
    if len(parts) != 2:  # noqa: PLR2004 - day and month
        return None, None, None
    number, name = parts if parts[0][0].isdecimal() else reversed(parts)
    day = _ORDINAL.fullmatch(number)
    return (int(day[1]) if day else None), words.month(name), year


def _counted(typed: str, reader: _Reader) -> date | None:
    said, sign = _marked(typed, reader)
    found = _COUNT.fullmatch(said)
    if not found or (found[1] and said != typed):
        return None
    number, span = found[2], reader.words.spans.get(found[3])
    count = int(number) if number.isdecimal() else reader.words.numbers.get(number)
    if span is None or count is None:
        return None
    return _moved(reader.today, count * {"+": 1, "-": -1, "": sign}[found[1]], span)


def _marked(typed: str, reader: _Reader) -> tuple[str, int]:
    """Take off the words that say which way to count: "in 2 weeks", "for 2 uker siden"."""
    first, _, rest = typed.partition(" ")
    if first in reader.words.ahead:
        return rest, 1
    rest, _, last = typed.rpartition(" ")
    if last in reader.words.ago:
        return rest.removeprefix("for "), -1
    return typed, reader.sign


def _stepped(typed: str, reader: _Reader) -> date | None:
    step, _, unit = typed.partition(" ")
    span = reader.words.spans.get(unit)
    if span is None:
        return None
    if step in reader.words.following:
        return _moved(reader.today, 1, span)
    return _moved(reader.today, -1, span) if step in reader.words.previous else None


def _in_other_words(typed: str, reader: _Reader) -> date | None:
    """Ask dateparser; a word that changes nothing was not understood, so the whole was not either."""
    said = typed.split()
    if (
        len(said) > _WORDS
        or not _SPELLED_OUT.search(typed)
        or reader.words.weekday(compact(said[0])) is not None
    ):
        return None
    day = _by_dateparser(typed, reader)
    if day is None or (len(said) > 1 and _by_dateparser(" ".join(said[:-1]), reader) == day):
        return None
    return day


def _by_dateparser(typed: str, reader: _Reader) -> date | None:
    import dateparser

    settings = {
        "DATE_ORDER": "MDY" if reader.words.month_first else "DMY",
        "RELATIVE_BASE": datetime.combine(reader.today, time()),
        "PREFER_DATES_FROM": reader.direction.value,
        "REQUIRE_PARTS": ["day", "month"],
        "RETURN_AS_TIMEZONE_AWARE": False,
        "TIMEZONE": "UTC",
    }
    try:
        found = dateparser.parse(typed, languages=[reader.words.language, "en"], settings=settings)
    except (ValueError, OverflowError):
        return None
    return found.date() if found and found.time() == time() else None


def _in_year(month: int, day: int, year: str | None, reader: _Reader) -> date | None:
    if year is not None:
        return _date(2000 + int(year) % 100, month, day)
    years = range(reader.today.year, reader.today.year + reader.sign * (_LEAP_GAP + 1), reader.sign)
    days = (_date(one, month, day) for one in years)
    return next((found for found in days if found and reader.admits(found)), None)


def _moved(day: date, count: int, span: Span) -> date | None:
    if span in (Span.DAY, Span.WEEK):
        return day + timedelta(days=count * (7 if span is Span.WEEK else 1))
    year, month = divmod(day.year * 12 + day.month - 1 + count * (12 if span is Span.YEAR else 1), 12)
    shortened = (_date(year, month + 1, last) for last in range(day.day, day.day - 4, -1))
    return next((found for found in shortened if found), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_FORMS: tuple[Callable[[str, _Reader], date | None], ...] = (
    _year_first,
    _numeric,
    _named,
    _counted,
    _stepped,
    _spelled,
    _in_other_words,
)
