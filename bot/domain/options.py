"""Takes the options out of a quick-log line: a template, a day, a time, a follow-up."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from bot.domain.lines import Part, Word

_ATTEMPTS = 5
_COMPLETE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}:[0-9]{2}")
_ENDS = ",;!?"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unread:
    """Something typed that was not understood, and the part of the line it was meant for."""

    part: Part
    typed: str


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """What is looked for, its reader, and how many words it may take without quotes ("!27 nov 2027")."""

    part: Part
    reach: int
    read: Callable[[str], T | None]


@dataclass(frozen=True, slots=True)
class Taken(Generic[T]):
    """What was found, whether it leads the line, and the words that are left."""

    value: T | None
    leads: bool
    left: tuple[Word, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class _Found(Generic[T]):
    value: T
    length: int


def take(words: tuple[Word, ...], option: Option[T]) -> Taken[T]:
    """Take an option out of the line: the first that can be read counts, further ones are unread.

    Only the first few are tried. Unread follow-ups stay in the line: "wow !important" is what people write.
    """
    places = [place for place, word in enumerate(words) if word.option is option.part]
    tried = ((place, _at(words[place : place + option.reach], option)) for place in places[:_ATTEMPTS])
    place, found = next(((place, found) for place, found in tried if found), (len(words), None))
    left = words[:place] + words[place + found.length :] if found else words
    unread = tuple(Unread(option.part, word.value) for word in left if word.option is option.part)
    if option.part is not Part.FOLLOW_UP:
        left = tuple(word for word in left if word.option is not option.part)
    return Taken(found.value if found else None, place == 0, left, unread)


def _at(words: Sequence[Word], option: Option[T]) -> _Found[T] | None:
    """Return the value that begins here; more words go before fewer."""
    run = _run(words)
    for length in range(len(run), 0, -1):
        value = option.read(" ".join(word.value for word in run[:length]).rstrip(_ENDS))
        if value is not None:
            return _Found(value, length)
    return None


def _run(words: Sequence[Word]) -> Sequence[Word]:
    if words[0].quoted or _COMPLETE.fullmatch(words[0].value):
        return words[:1]
    stops = (place for place, (one, more) in enumerate(pairwise(words), 1) if _ends(one) or not more.plain)
    return words[: next(stops, len(words))]


def _ends(word: Word) -> bool:
    return word.raw.endswith(tuple(_ENDS))
