"""Time zones, countries, languages: which there are, what they are called, how people look for them."""

from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError

from bot.dates import countries_with_days_off, country_of
from bot.domain.folding import fold

_ENGLISH = Locale("en", "GB")
_SHORT_CODE = 2
_CONTINENTS = frozenset(
    (
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    )
)


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    return name in _zones()


def is_country(code: str) -> bool:
    """Whether the public holidays of a country are known."""
    return code in countries_with_days_off()


def zones_like(typed: str, locale: str, limit: int) -> list[str]:
    """Return the zones whose city or country begins as typed, in English or the reader's language."""
    return [zone for zone, words in _zone_words(locale) if _fits(typed, words)][:limit]


def countries_like(typed: str, locale: str, limit: int) -> list[str]:
    """Return the codes of countries whose name begins as typed, in English or the reader's language."""
    return [code for code, words in _country_words(locale) if _fits(typed, words)][:limit]


def country_fits(code: str, typed: str, locale: str) -> bool:
    """Whether a country's name begins as typed, in English or the reader's language, or its code does."""
    return _fits(typed, _words([country_name(code, locale), code, country_name(code, "en")]))


def country_name(code: str, locale: str) -> str:
    """Return a country's name in the reader's language, its code where it has none."""
    return str(_locale(locale).territories.get(code, code))


def language_name(locale: str) -> str:
    """Return a language's name in itself: English, Nederlands, Norsk bokmål."""
    language = Locale(_locale(locale).language)
    name = str(language.get_display_name() or language)
    return name[:1].upper() + name[1:]


def languages_like(typed: str, locale: str, limit: int) -> list[str]:
    """Return the codes of languages whose name begins as typed, in English or the reader's language."""
    return [code for code, words in _language_words(locale) if _fits(typed, words)][:limit]


def is_language(code: str) -> bool:
    """Whether there is a language of this code."""
    return code in _language_codes()


def language_in(code: str, locale: str) -> str:
    """Return a language's name in the reader's language, its code where it has none."""
    name = str(_locale(locale).languages.get(code.replace("-", "_"), ""))
    return name[:1].upper() + name[1:] if name else code


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=8)
def _zone_words(locale: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    reader = _locale(locale)
    cities = sorted(zone for zone in _zones() if zone.partition("/")[0] in _CONTINENTS)
    return tuple((zone, _words([zone, *_place(zone, reader)])) for zone in (*cities, "UTC"))


def _place(zone: str, reader: Locale) -> Iterable[str]:
    """Return what the zone's city and country are called by the reader, and the country in English."""
    yield reader.time_zones.get(zone, {}).get("city", "")
    country = country_of(zone)
    if country is not None:
        yield reader.territories.get(country, "")
        yield _ENGLISH.territories.get(country, "")


@lru_cache(maxsize=8)
def _country_words(locale: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    reader = _locale(locale)
    named = [(country_name(code, locale), code) for code in countries_with_days_off()]
    return tuple(
        (code, _words([name, code, _ENGLISH.territories.get(code, "")]))
        for name, code in sorted(named, key=lambda one: fold(one[0]))
        if code in reader.territories
    )


def _words(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold(" ".join(names).replace("/", " ").replace("_", " ")).split())


def _fits(typed: str, words: tuple[str, ...]) -> bool:
    asked = fold(typed.replace("/", " ").replace("_", " ")).split()
    return all(any(word.startswith(part) for word in words) for part in asked)


def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return _ENGLISH


@lru_cache(maxsize=1)
def _language_codes() -> frozenset[str]:
    """Return the codes of languages that people write letters in: those of two letters."""
    return frozenset(str(code) for code in _ENGLISH.languages if len(str(code)) == _SHORT_CODE)


@lru_cache(maxsize=8)
def _language_words(locale: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    named = sorted((fold(language_in(code, locale)), code) for code in _language_codes())
    english = _ENGLISH.languages
    return tuple((code, _words([name, code, str(english[code])])) for name, code in named)
