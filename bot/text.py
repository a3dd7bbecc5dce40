"""Says things in the reader's language: gettext, dates and plurals by Babel, Jinja2 pages, Slack's escaping."""

import gettext
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, format_time
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.domain.messages import Message, n_

_HERE = Path(__file__).parent
DOMAIN = "saleslog"
THOUSAND = 1000
"""From here on a number is told with its thousands apart."""
_NEAR = {0: n_("Today"), -1: n_("Yesterday"), 1: n_("Tomorrow")}
_NEAR_WITHIN = {0: n_("today"), -1: n_("yesterday"), 1: n_("tomorrow")}


class Mrkdwn(Markup):
    """Slack markup that we wrote ourselves; everything else is escaped."""

    __slots__ = ()

    @classmethod
    def escape(cls, s: object) -> "Mrkdwn":
        """Return `s` with Slack's three control characters made harmless."""
        return s if isinstance(s, Mrkdwn) else cls(escaped(str(s)))


def escaped(text: str) -> str:
    """Return `text` so that Slack shows it as typed and mentions nobody."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=64)
def _locale(name: str) -> Locale:
    try:
        return Locale.parse(name.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale("en", "GB")


@lru_cache(maxsize=16)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, _HERE / "locale", languages=[language], fallback=True)


@lru_cache(maxsize=64)
def _spoken(name: str) -> Locale:
    """Return the locale of our words, so that dates stand in the language of the sentence around them."""
    wanted = _locale(name)
    known = wanted.language == "en" or gettext.find(DOMAIN, _HERE / "locale", [wanted.language])
    return wanted if known else Locale("en", "GB")


@lru_cache(maxsize=1)
def _pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - not HTML: `finalize` escapes for Slack
        finalize=Mrkdwn.escape,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@lru_cache(maxsize=1)
def _sheets() -> Environment:
    return _pages().overlay(finalize=None, autoescape=False)


def languages() -> tuple[str, ...]:
    """Return the languages we speak, English first."""
    others = (path.parent.parent.name for path in (_HERE / "locale").glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return ("en", *sorted(set(others) - {"en"}))


def spoken(locale: str) -> str:
    """Return the language in which we speak to somebody of this locale."""
    return str(_spoken(locale).language)


class Text:
    """One reader's language, time zone and today."""

    def __init__(self, locale: str, zone: str, now: datetime) -> None:
        self._babel = _spoken(locale)
        self._catalogue = _catalogue(self._babel.language)
        self.locale = locale
        self.zone = ZoneInfo(zone)
        self.now = now.astimezone(self.zone)
        self.today = self.now.date()

    def __call__(self, text: str, **values: object) -> str:
        """Return the sentence in the reader's language, with `values` in its placeholders."""
        said = self._catalogue.gettext(text)
        return said.format(**values) if values else said

    def say(self, message: Message) -> str:
        """Return a sentence that the domain chose."""
        values = {name: self._value(value) for name, value in message.values.items()}
        return self(message.text, **values)

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the sentence for `number` things; `{n}` stands for the number."""
        told = number if number < THOUSAND else format_decimal(number, locale=self._babel)
        return self._catalogue.ngettext(one, many, number).format(n=told, **values)

    def day(self, day: date) -> str:
        """Return `Today`, `Yesterday`, `Tomorrow` or a short date as in `Thu 19 Nov` (with the year when another)."""
        near = _NEAR.get((day - self.today).days)
        return self(near) if near else self.short_day(day)

    def day_within(self, day: date) -> str:
        """Return the same as it stands within a sentence: `today`, `yesterday`, `tomorrow` or a short date."""
        near = _NEAR_WITHIN.get((day - self.today).days)
        return self(near) if near else self.short_day(day)

    def short_day(self, day: date) -> str:
        """Return a date as in `Thu 19 Nov`, with the year when it is another one."""
        skeleton = "MMMEd" if day.year == self.today.year else "yMMMEd"
        return format_skeleton(skeleton, datetime.combine(day, time()), locale=self._babel).replace(",", "")

    def full_day(self, day: date) -> str:
        """Return a date with its weekday and year."""
        return format_date(day, "full", locale=self._babel)

    def span(self, first: date, last: date) -> str:
        """Return some days as in `16–22 Nov`, with the year when it is another one."""
        skeleton = "MMMd" if first.year == last.year == self.today.year else "yMMMd"
        return str(format_interval(first, last, skeleton, locale=self._babel))

    def weekday(self, day: int) -> str:
        """Return the name of a weekday, Monday = 0."""
        return str(self._babel.days["stand-alone"]["wide"][day])

    def weekday_short(self, day: int) -> str:
        """Return the same in about three letters, as it stands within a line."""
        return str(self._babel.days["format"]["abbreviated"][day])

    def time(self, at: time) -> str:
        """Return a time of day, as in `14:03`."""
        return format_time(at, "short", locale=self._babel)

    def moment(self, instant: datetime) -> str:
        """Return an instant in the reader's zone, as in `Today 14:03`."""
        local = instant.astimezone(self.zone)
        return f"{self.day(local.date())} {self.time(local.time())}"

    def moment_within(self, instant: datetime) -> str:
        """Return the same as it stands within a sentence, as in `tomorrow 09:00`."""
        local = instant.astimezone(self.zone)
        return f"{self.day_within(local.date())} {self.time(local.time())}"

    def minutes(self, minutes: int) -> str:
        """Return a duration, as in `15 min` or `1 h 30 min`."""
        hours, rest = divmod(minutes, 60)
        parts = [self("{n} h", n=hours)] if hours else []
        parts += [self("{n} min", n=rest)] if rest or not hours else []
        return " ".join(parts)

    @property
    def decimal_mark(self) -> str:
        """What stands before decimals where the reader lives, whatever language we speak to him."""
        return str(_locale(self.locale).number_symbols["latn"]["decimal"])

    def age(self, instant: datetime) -> str:
        """Return how long ago an instant was, in minutes, hours or days."""
        passed = max(self.now - instant, timedelta())
        if passed < timedelta(hours=1):
            return self.count("{n} min ago", "{n} min ago", max(1, passed // timedelta(minutes=1)))
        if passed < timedelta(days=1):
            return self.count("{n} hour ago", "{n} hours ago", passed // timedelta(hours=1))
        return self.count("{n} day ago", "{n} days ago", passed.days)

    def page(self, name: str, **values: object) -> str:
        """Return the Jinja2 page `name` as Slack markup; every value in it is escaped."""
        return _pages().get_template(f"{name}.j2").render(t=self, **values).strip()

    def sheet(self, name: str, **values: object) -> str:
        """Return the Jinja2 page `name` as plain words, to be shown literally."""
        return _sheets().get_template(f"{name}.j2").render(t=self, **values).strip()

    def _value(self, value: object) -> object:
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, tuple):
            return ", ".join(str(self._value(one)) for one in value)
        return self.day(value) if isinstance(value, date) and not isinstance(value, datetime) else value
