"""`/log find`: one line that says which entries are looked for (`product.md` 3).

    "price list" with:anna last:30d by:me is:canceled

`parse` only takes the line apart; `understand` asks a reader for each condition what it means. A condition may
go on over the words behind it (with:anna berg, on:21 nov) as long as its reader knows what they say together.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from itertools import takewhile

from bot.domain.entries import Filter
from bot.domain.folding import asked, fold
from bot.domain.lines import quoted
from bot.domain.mentions import MARKUP, as_sent, as_typed, unescaped

LONGEST = 2000
MOST_TEXT = 150
_REACH = 3
_CLOSE = 0.6
_WORD = re.compile(
    rf'([A-Za-z]+:)?(?:["“”„]([^"“”„]*?\S.*?)["“”](?!\S)|«([^»]*?\S.*?)»(?!\S))|((?:{MARKUP}|\S)+)', re.DOTALL
)
_CONDITION = re.compile(r"([A-Za-z]+):(.+)", re.DOTALL)
_SPECIAL = re.compile(r'[\s"“”„«»]')


class Key(StrEnum):
    """What a condition is about."""

    WITH = "with"
    BY = "by"
    ON = "on"
    FROM = "from"
    TO = "to"
    LAST = "last"
    IS = "is"
    AS = "as"
    IN = "in"
    CAMPAIGN = "campaign"
    OPPORTUNITY = "opportunity"
    EVALUATION = "eval"


@dataclass(frozen=True, slots=True)
class Part:
    """A word or a quoted text; with a key a condition."""

    value: str
    quoted: bool = field(default=False, compare=False)
    key: Key | None = None

    @property
    def typed(self) -> str:
        """It as it would be typed."""
        value = f'"{self.value}"' if self.quoted else self.value
        return f"{self.key}:{value}" if self.key else value


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a condition may mean: its name, and what it makes of a filter."""

    name: str
    narrow: Callable[[Filter], Filter]


Readers = Mapping[Key, Callable[[str], tuple[Sense, ...]]]
"""For each key what a value may mean: nothing where it says nothing, several where it is in doubt."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A condition that was not understood, and the key that may have been meant where there is no such one."""

    part: Part
    meant: Key | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a line asks for; `doubt` is the first condition that may mean several things."""

    filter: Filter
    unread: tuple[Unread, ...] = ()
    doubt: Part | None = None
    senses: tuple[Sense, ...] = ()


def parse(line: str) -> tuple[Part, ...]:
    """Return the parts of a line as Slack sends it, in their order."""
    return tuple(_part(found) for found in _WORD.finditer(line[:LONGEST]))


def format_parts(parts: tuple[Part, ...]) -> str:
    """Return a line, as Slack would send it, that parses into these parts."""
    return " ".join(f"{part.key}:{_said(part)}" if part.key else _said(part) for part in parts)


def understand(parts: tuple[Part, ...], readers: Readers, start: Filter) -> Understanding:
    """Return what the parts ask for beyond `start`; what can't be read narrows nothing, and is named."""
    found = Understanding(start)
    texts: list[str] = []
    place = 0
    while place < len(parts):
        part = parts[place]
        place += 1
        if part.key is not None:
            senses, more = _read(part, parts[place:], readers)
            place += more
            found = _narrowed(found, part, senses)
        elif (meant := _mistyped(part)) is not None:
            found = replace(found, unread=(*found.unread, Unread(part, meant)))
        else:
            texts.append(part.value)
    text = " ".join(one for one in texts if asked(one))[:MOST_TEXT]
    return replace(found, filter=replace(found.filter, text=text))


def _part(found: re.Match[str]) -> Part:
    head, curved, angled, bare = found.groups()
    content = (curved or angled or "").strip()
    key = _key(head[:-1]) if head else None
    if bare is None and (key or not head):
        return Part(unescaped(content) if key else as_typed(content), True, key)
    word = found[0]
    condition = _CONDITION.fullmatch(word)
    key = _key(condition[1]) if condition else None
    return Part(unescaped(condition[2]), False, key) if condition and key else Part(as_typed(word))


def _key(word: str) -> Key | None:
    return next((key for key in Key if key == word.lower()), None)


def _said(part: Part) -> str:
    special = part.quoted or _SPECIAL.search(part.value) or (not part.key and _CONDITION.match(part.value))
    return quoted(part.value) if special else as_sent(part.value)


def _read(part: Part, behind: tuple[Part, ...], readers: Readers) -> tuple[tuple[Sense, ...], int]:
    """Return what a condition may mean, and how many of the words behind it belong to it: more go before fewer."""
    assert part.key is not None  # noqa: S101 - said by the caller
    words = [] if part.quoted else [one.value for one in takewhile(_bare, behind[:_REACH])]
    for more in range(len(words), -1, -1):
        senses = readers[part.key](" ".join([part.value, *words[:more]]))
        if senses:
            return senses, more
    return (), 0


def _bare(part: Part) -> bool:
    return part.key is None and not part.quoted and _mistyped(part) is None


def _narrowed(found: Understanding, part: Part, senses: tuple[Sense, ...]) -> Understanding:
    if not senses:
        return replace(found, unread=(*found.unread, Unread(part)))
    if len(senses) == 1:
        return replace(found, filter=senses[0].narrow(found.filter))
    return found if found.doubt else replace(found, doubt=part, senses=senses)


def _mistyped(part: Part) -> Key | None:
    """Return the key that a word almost begins with: wiht:anna."""
    condition = None if part.quoted else _CONDITION.fullmatch(part.value)
    if condition is None or condition[2].startswith("//"):
        return None
    close = get_close_matches(fold(condition[1]), list(Key), 1, _CLOSE)
    return Key(close[0]) if close else None
