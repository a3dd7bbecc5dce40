"""Dates as Slack shows them to each reader."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.playground.page_reader import Reader

_TOKEN = re.compile(r"\{(\w+)\}")


def formatted(seconds: float, pattern: str, reader: Reader) -> str:
    """`pattern` has Slack's tokens, as in "{date_short_pretty} at {time}"; unknown ones stay."""
    moment = reader.moment(seconds)
    return _TOKEN.sub(lambda match: _token(match, moment, reader), pattern)


def time_of_day(moment: datetime, reader: Reader) -> str:
    if reader.has_half_days:
        return f"{moment.hour % 12 or 12}:{moment:%M %p}"
    return f"{moment:%H:%M}"


def day_heading(moment: datetime, reader: Reader) -> str:
    """The long date, or "Today", "Yesterday", "Tomorrow"."""
    return _near_day(moment, reader) or f"{moment:%A}, {moment.day} {moment:%B %Y}"


def _token(match: re.Match[str], moment: datetime, reader: Reader) -> str:
    shape = _SHAPES.get(match[1])
    return shape(moment, reader) if shape else match[0]


def _near_day(moment: datetime, reader: Reader) -> str:
    today = reader.moment(reader.now).date()
    near = {today: "Today", today - timedelta(1): "Yesterday", today + timedelta(1): "Tomorrow"}
    return near.get(moment.date(), "")


def _long(moment: datetime, reader: Reader) -> str:
    return f"{moment:%A}, {moment.day} {moment:%B %Y}" if reader else ""


def _middle(moment: datetime, reader: Reader) -> str:
    if moment.year == reader.moment(reader.now).year:
        return f"{moment.day} {moment:%B}"
    return f"{moment.day} {moment:%B %Y}"


def _short(moment: datetime, reader: Reader) -> str:
    return f"{moment.day} {moment:%b %Y}" if reader else ""


def _ago(moment: datetime, reader: Reader) -> str:
    seconds = round(reader.now - moment.timestamp())
    amount, unit = _largest_unit(abs(seconds))
    plural = "" if amount == 1 else "s"
    return f"{amount} {unit}{plural} ago" if seconds >= 0 else f"in {amount} {unit}{plural}"


def _largest_unit(seconds: int) -> tuple[int, str]:
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return seconds // size, unit
    return seconds, "second"


def _with_seconds(moment: datetime, reader: Reader) -> str:
    hours, colon, rest = time_of_day(moment, reader).partition(":")
    return f"{hours}{colon}{rest[:2]}:{moment:%S}{rest[2:]}"


def _pretty(shape: "_Shape") -> "_Shape":
    return lambda moment, reader: _near_day(moment, reader) or shape(moment, reader)


_Shape = Callable[[datetime, Reader], str]
_SHAPES: dict[str, _Shape] = {
    "date_num": lambda moment, _: f"{moment:%Y-%m-%d}",
    "date": _middle,
    "date_short": _short,
    "date_long": _long,
    "date_long_full": _long,
    "date_pretty": _pretty(_middle),
    "date_short_pretty": _pretty(_short),
    "date_long_pretty": _pretty(_long),
    "day_divider_pretty": _pretty(_long),
    "time": time_of_day,
    "time_secs": _with_seconds,
    "ago": _ago,
}
