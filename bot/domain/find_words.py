"""What the conditions of `/log find` mean that need no look into the database: days, periods, evaluations, states."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.entries import Standing
from bot.domain.find import Key, Readers, Sense
from bot.domain.folding import fold
from bot.domain.wording import evaluation_at

_LAST = re.compile(r"([0-9]{1,3})? ?([a-z]+)?")
_DAYS = {
    1: frozenset(["d", "day", "days", "dag", "dagen", "dager"]),
    7: frozenset(["w", "wk", "week", "weeks", "weken", "u", "uke", "uker"]),
}
_MONTHS = {
    1: frozenset(["m", "mo", "month", "months", "maand", "maanden", "mnd", "maned", "maneder"]),
    3: frozenset(["q", "quarter", "quarters", "kwartaal", "kwartalen", "kvartal", "kvartaler"]),
    12: frozenset(["y", "year", "years", "j", "jaar", "jaren", "ar"]),
}
_CANCELED = frozenset(["canceled", "cancelled", "geannuleerd", "kansellert", "avlyst"])
_ALL = frozenset(["all", "any", "everything", "alles", "alle", "alt"])
_FAILED = frozenset(["failed", "mislukt", "mislyktes", "mislykket"])


def readers(today: date, day: Callable[[str], date | None]) -> Readers:
    """Return what reads these conditions; `day` reads a day up to today as people type it."""
    return {
        Key.ON: lambda typed: _on(typed, day(typed)),
        Key.FROM: lambda typed: _from(typed, day(typed)),
        Key.TO: lambda typed: _to(typed, day(typed)),
        Key.LAST: lambda typed: _last(typed, today),
        Key.IS: _is,
        Key.EVALUATION: _evaluation,
    }


def _on(typed: str, day: date | None) -> tuple[Sense, ...]:
    return () if day is None else (Sense(typed, lambda wanted: replace(wanted, first=day, last=day)),)


def _from(typed: str, day: date | None) -> tuple[Sense, ...]:
    return () if day is None else (Sense(typed, lambda wanted: replace(wanted, first=day)),)


def _to(typed: str, day: date | None) -> tuple[Sense, ...]:
    return () if day is None else (Sense(typed, lambda wanted: replace(wanted, last=day)),)


def _last(typed: str, today: date) -> tuple[Sense, ...]:
    found = _LAST.fullmatch(fold(typed))
    if not found or not (found[1] or found[2]):
        return ()
    first = _since(int(found[1] or 1), found[2] or "d", today)
    return () if first is None else (Sense(typed, lambda wanted: replace(wanted, first=first, last=None)),)


def _since(count: int, unit: str, today: date) -> date | None:
    for days, said in _DAYS.items():
        if unit in said:
            return today - timedelta(days=max(0, count * days - 1))
    for months, said in _MONTHS.items():
        if unit in said:
            year, month = divmod(today.year * 12 + today.month - 1 - count * months, 12)
            year = max(year, 1)
            return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
    return None


def _is(typed: str) -> tuple[Sense, ...]:
    said = fold(typed)
    if said in _FAILED:
        return (Sense(typed, lambda wanted: replace(wanted, failed=True)),)
    standing = Standing.CANCELED if said in _CANCELED else Standing.ALL if said in _ALL else None
    return () if standing is None else (Sense(typed, lambda wanted: replace(wanted, standing=standing)),)


def _evaluation(typed: str) -> tuple[Sense, ...]:
    words = typed.split()
    found = evaluation_at(words)
    if found is None or found[1] != len(words):
        return ()
    chosen = frozenset({found[0]})
    return (Sense(typed, lambda wanted: replace(wanted, evaluations=wanted.evaluations | chosen)),)
