"""What one can do to the workspace that no person in it can: move its clock, spoil its day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.playground.faults import FaultKind, Faults
from bot.playground.page_reader import Reader

MORNING = 9
HOUR, WEEK = 3_600.0, 7 * 86_400.0
_SLOW, _RETRY_AFTER = 2.0, 10


@dataclass(frozen=True, slots=True)
class Levers:
    """What only the demo command can do; the page hides what is None.

    `shift_clock` moves the clocks of the workspace and of the app by seconds.
    """

    shift_clock: Callable[[float], None] | None = None
    restart_bot: Callable[[], None] | None = None


class Weather(StrEnum):
    """How Slack answers the app."""

    NORMAL = "normally"
    SLOW = "slowly"
    LIMITED = "429"
    SILENT = "not at all"


_WEATHER_OF = {
    FaultKind.SLOW: Weather.SLOW,
    FaultKind.RATE_LIMITED: Weather.LIMITED,
    FaultKind.SILENT: Weather.SILENT,
}


def weather_now(faults: Faults) -> Weather:
    standing = [_WEATHER_OF[fault.kind] for fault in faults.standing() if fault.kind in _WEATHER_OF]
    return standing[0] if standing else Weather.NORMAL


def change_weather(faults: Faults, weather: Weather) -> None:
    faults.clear()
    match weather:
        case Weather.SLOW:
            faults.slow(_SLOW)
        case Weather.LIMITED:
            faults.rate_limited(_RETRY_AFTER, times=None)
        case Weather.SILENT:
            faults.silent(times=None)


def until_morning(reader: Reader) -> float:
    """Seconds until it is nine in the morning for the reader."""
    now = reader.moment(reader.now)
    morning = now.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if morning <= now:
        morning = (morning.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=now.tzinfo)
    return morning.timestamp() - reader.now
