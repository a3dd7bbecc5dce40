"""The words of the calendar in a reader's language and in English, as Babel and we know them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from babel import Locale, UnknownLocaleError

from bot.domain.folding import compact

_T = TypeVar("_T")
_SHORTEST_PREFIX = 3
_ENGLISH = Locale("en", "GB")


class Span(StrEnum):
    """What is counted: "2 weeks"."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_DAYS = {
    "en": {"today": 0, "tomorrow": 1, "tmrw": 1, "yesterday": -1},
    "nl": {"vandaag": 0, "morgen": 1, "overmorgen": 2, "gisteren": -1, "eergisteren": -2},
    "nb": {
        "idag": 0,
        "morgen": 1,
        "imorgen": 1,
        "iovermorgen": 2,
        "overmorgen": 2,
        "igar": -1,
        "forgars": -2,
    },
}
_SPANS = {
    "en": {
        "d day days": Span.DAY,
        "w wk week weeks": Span.WEEK,
        "mo month months": Span.MONTH,
        "year years": Span.YEAR,
    },
    "nl": {
        "d dag dagen": Span.DAY,
        "w week weken": Span.WEEK,
        "mnd maand maanden": Span.MONTH,
        "jaar": Span.YEAR,
    },
    "nb": {
        "d dag dager": Span.DAY,
        "u uke uker": Span.WEEK,
        "mnd maned maneder": Span.MONTH,
        "ar": Span.YEAR,
    },
}
_AHEAD = {"en": "in", "nl": "over", "nb": "om"}
_AGO = {"en": "ago", "nl": "geleden", "nb": "siden"}
_NEXT = {"en": "next", "nl": "volgende komende", "nb": "neste"}
_LAST = {"en": "last", "nl": "vorige afgelopen", "nb": "forrige"}
_NUMBERS = {
    "en": {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6},
    "nl": {"een": 1, "twee": 2, "drie": 3, "vier": 4, "zes": 6},
    "nb": {"en": 1, "ei": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "seks": 6},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Almanac:
    """What a reader calls days; every word folded. Weekdays count from Monday = 0."""

    language: str
    month_first: bool
    weekdays: Mapping[str, int]
    months: Mapping[str, int]
    days: Mapping[str, int]
    spans: Mapping[str, Span]
    numbers: Mapping[str, int]
    ahead: frozenset[str]
    ago: frozenset[str]
    following: frozenset[str]
    previous: frozenset[str]

    def weekday(self, word: str) -> int | None:
        """Return the weekday meant by a name or by three letters of it."""
        return _meant(self.weekdays, word)

    def month(self, word: str) -> int | None:
        """Return the month meant by a name or by three letters of it."""
        return _meant(self.months, word)


@lru_cache(maxsize=64)
def almanac(locale: str) -> Almanac:
    """Return the words for `locale` ("nb-NO", "nl"); an unknown one reads British English."""
    reader = _known(locale)
    spoken = (_ENGLISH.language, reader.language)
    return Almanac(
        language=reader.language,
        month_first=_month_first(reader),
        weekdays=_weekdays(_ENGLISH, "wide", "abbreviated")
        | _weekdays(reader, "wide", "abbreviated", "short"),
        months=_months(_ENGLISH) | _months(reader),
        days=_merged(_DAYS, spoken),
        spans={word: span for words, span in _merged(_SPANS, spoken).items() for word in words.split()},
        numbers=_merged(_NUMBERS, spoken),
        ahead=_spoken(_AHEAD, spoken),
        ago=_spoken(_AGO, spoken),
        following=_spoken(_NEXT, spoken),
        previous=_spoken(_LAST, spoken),
    )


def _known(locale: str) -> Locale:
    try:
        return Locale.parse(locale.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return _ENGLISH


def _month_first(reader: Locale) -> bool:
    pattern = str(reader.datetime_skeletons["Md"].pattern)
    return pattern.find("M") < pattern.find("d")


def _weekdays(reader: Locale, *widths: str) -> dict[str, int]:
    kinds = (reader.days[context] for context in ("format", "stand-alone"))
    return _names(names for kind in kinds for names in (kind[width] for width in widths if width in kind))


def _months(reader: Locale) -> dict[str, int]:
    kinds = (reader.months[context] for context in ("format", "stand-alone"))
    return _names(kind[width] for kind in kinds for width in ("wide", "abbreviated") if width in kind)


def _names(tables: Iterable[Mapping[int, str]]) -> dict[str, int]:
    return {compact(name): number for table in tables for number, name in table.items()}


def _merged(tables: Mapping[str, Mapping[str, _T]], spoken: Iterable[str]) -> dict[str, _T]:
    return {word: meaning for language in spoken for word, meaning in tables.get(language, {}).items()}


def _spoken(tables: Mapping[str, str], spoken: Iterable[str]) -> frozenset[str]:
    return frozenset(word for language in spoken for word in tables.get(language, "").split())


def _meant(names: Mapping[str, int], word: str) -> int | None:
    if word in names:
        return names[word]
    if len(word) < _SHORTEST_PREFIX:
        return None
    meant = {number for name, number in names.items() if name.startswith(word)}
    return meant.pop() if len(meant) == 1 else None
