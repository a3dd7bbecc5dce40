"""Quick log: one line instead of a form (`product.md` 3.1).

    type who [duration] [evaluation] [text] [!follow-up] [on:date] [at:time] [as:template]

`parse` reads what the line alone tells; `resolve` finds *who* and therewith where the text starts. What cannot
be read is named in `unread` and nothing is lost: the line itself is kept.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Generic, Protocol, TypeVar

from bot.domain.folding import asked, fold
from bot.domain.interactions import Evaluation
from bot.domain.lines import Part, Word, joined, one_word, quoted, split
from bot.domain.mentions import Mention, as_typed, mentions
from bot.domain.wording import Vocabulary, duration_at, evaluation_at

_WHO_WORDS = 4
_CHOICES = 5
_OPTION_WORDS = 3
_ATTEMPTS = 5
_COMPLETE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}:[0-9]{2}")
_ENDS = (",", ";", "!", "?")

_T = TypeVar("_T")


class Named(Protocol):
    """Whatever the lookup finds: a contact has a name."""

    @property
    def name(self) -> str: ...  # noqa: D102


C = TypeVar("C", bound=Named)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something typed that was not understood, and as what it was read."""

    part: Part
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What the line alone tells; `rest` holds who, duration, evaluation and text as Slack sent them.

    `templates` are the codes that the type (or `as_template`, which goes before it) can mean. For a subcommand
    nothing but `subcommand` and `rest` is read.
    """

    line: str = field(compare=False, default="")
    subcommand: str | None = None
    type: str = ""
    as_template: str | None = None
    templates: tuple[str, ...] = ()
    follow_up: date | None = None
    on: date | None = None
    at: time | None = None
    rest: str = ""
    unread: tuple[Unread, ...] = ()
    mentions: tuple[Mention, ...] = ()

    @property
    def template(self) -> str | None:
        """The template's code if there is no doubt."""
        return self.templates[0] if len(self.templates) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution(Generic[C]):
    """The whole line, read; `candidates` are at most five, and none when nobody fits `who`."""

    tokens: Tokens
    who: str
    candidates: tuple[C, ...]
    duration: int | None
    evaluation: Evaluation | None
    text: str
    unread: tuple[Unread, ...]

    @property
    def contact(self) -> C | None:
        """The contact if there is no doubt."""
        return self.candidates[0] if len(self.candidates) == 1 else None


Lookup = Callable[[tuple[str, ...]], Sequence[C]]
"""Gives the contacts of which each of the folded words begins a word; best first."""


def parse(line: str, words: Vocabulary) -> Tokens:
    """Return what the line alone tells."""
    typed = split(line)
    if typed and not typed[0].quoted and fold(typed[0].raw) in words.subcommands:
        rest = joined(typed[1:])
        return Tokens(line=line, subcommand=fold(typed[0].raw), rest=rest, mentions=mentions(rest))
    return _entry(line, typed, words)
