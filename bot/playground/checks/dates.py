"""Dates and times as pickers take them."""

from datetime import date, time
from typing import Any

from bot.playground.checks.scene import Scene

_TEN_DIGITS = range(10**9, 10**10)


def a_date(scene: Scene, at: str, value: Any) -> None:
    if not _is_like(value, "0000-00-00") or not _is_date(value):
        scene.refuse(at, "must be a date in the format YYYY-MM-DD")


def a_time(scene: Scene, at: str, value: Any) -> None:
    if not _is_like(value, "00:00") or not _is_time(value):
        scene.refuse(at, "must be a time in the format HH:mm")


def an_instant(scene: Scene, at: str, value: Any) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value not in _TEN_DIGITS:
        scene.refuse(at, "must be a UNIX timestamp in seconds of ten digits")


def _is_like(value: Any, form: str) -> bool:
    return isinstance(value, str) and "".join("0" if c in "0123456789" else c for c in value) == form


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_time(value: str) -> bool:
    try:
        time.fromisoformat(value)
    except ValueError:
        return False
    return True
