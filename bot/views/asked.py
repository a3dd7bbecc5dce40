"""What a reader asked to see, as a word that a block or a button can carry."""

import hashlib
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from bot.domain.entries import Asked, Filter, Standing
from bot.domain.interactions import Evaluation

SEVERAL = "."
LONGEST = 200
"""A block id takes 255 characters; the list's name and the row stand in it, too."""
LONGEST_VALUE = 2000
"""A button's value takes as many (`slack.md`)."""
_KEPT = "kept"
_READ: dict[str, Callable[[str], Any]] = {
    "salespeople": lambda word: frozenset(int(one) for one in word.split(SEVERAL)),
    "evaluations": lambda word: frozenset(Evaluation(one) for one in word.split(SEVERAL)),
    "first": date.fromisoformat,
    "last": date.fromisoformat,
    "logged_after": datetime.fromisoformat,
    "failed": lambda word: word == "1",
    "standing": Standing,
    "text": str,
}


def written(asked: Asked) -> str:
    """Return the word; it names only what differs from everything."""
    values = {one.name: getattr(asked.filter, one.name) for one in fields(Filter)}
    said = {name: _word(value) for name, value in values.items() if value != getattr(Filter(), name)}
    return urlencode({"page": asked.page} | said)


def read(word: str) -> Asked:
    """Return what `written` wrote.

    Raises:
        ValueError, KeyError: it wrote something else.
    """
    values = dict(parse_qsl(word, strict_parsing=True))
    page = abs(int(values.pop("page")))
    known = {one.name for one in fields(Filter)}
    if not values.keys() <= known:
        raise ValueError("a condition that there is not")
    return Asked(Filter(**{name: _READ.get(name, int)(value) for name, value in values.items()}), page)


def _word(value: object) -> str:
    if isinstance(value, frozenset):
        return SEVERAL.join(sorted(str(one) for one in value))
    return str(int(value)) if isinstance(value, bool) else str(value)


def short(asked: Asked, longest: int = LONGEST) -> str:
    """Return the word for a block id: what is too long is told by a mark, behind which `EntryLists.recall` finds it."""
    word = written(asked)
    return word if len(word) <= longest else urlencode({"page": asked.page, _KEPT: mark(asked.filter)})


def for_button(asked: Asked) -> str:
    """Return the word for a button's value."""
    return short(asked, LONGEST_VALUE)


def mark(wanted: Filter) -> str:
    """Return the mark of a filter: the same for the same."""
    return hashlib.sha256(written(Asked(wanted)).encode()).hexdigest()[:32]


def kept_in(word: str) -> tuple[str, int] | None:
    """Return the mark in a short word and the page, None where the word says all itself.

    Raises:
        ValueError, KeyError: it is no such word.
    """
    values = dict(parse_qsl(word, strict_parsing=True))
    return (values[_KEPT], abs(int(values["page"]))) if _KEPT in values else None
