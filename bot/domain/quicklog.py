"""Quick log: one line instead of a form (`product.md` 3.1).

    type who [duration] [evaluation] [text] [!follow-up] [on:date] [at:time] [as:template]

`parse` reads what the line alone tells; `resolve` finds *who* and therewith where the text starts. What
cannot be read is named in `unread` and nothing is lost: the line itself is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from itertools import takewhile
from typing import Generic, Protocol, TypeVar

from bot.domain.folding import asked, fold
from bot.domain.interactions import Evaluation
from bot.domain.lines import Part, Word, joined, one_word, quoted, split
from bot.domain.mentions import Mention, as_typed, mentions
from bot.domain.options import Option, Unread, take
from bot.domain.wording import SUBCOMMANDS, Vocabulary, duration_at, evaluation_at

__all__ = [
    "Lookup",
    "Named",
    "Part",
    "Resolution",
    "Tokens",
    "Unread",
    "Vocabulary",
    "day_of",
    "format_line",
    "parse",
    "resolve",
]

_WHO_WORDS = 4
_CHOICES = 5
_UNREADABLE = "…"
_CLOSE = 0.75
"""How much alike a misspelt word is, by difflib's ratio."""


class Named(Protocol):
    """Whatever the lookup finds: a contact has a name."""

    @property
    def name(self) -> str: ...


C = TypeVar("C", bound=Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What the line alone tells; `rest` holds who, duration, evaluation and text as Slack sent them.

    `templates` are the codes that the type (or `as_template`, which goes before it) can mean. For a
    subcommand nothing but `subcommand` and `rest` is read.
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
    """The whole line, read; `candidates` are at most five, and none when nobody fits `who`.

    `near` are then those whom the beginning of `who` fits.
    """

    tokens: Tokens
    who: str
    candidates: tuple[C, ...]
    duration: int | None
    evaluation: Evaluation | None
    text: str
    unread: tuple[Unread, ...]
    near: tuple[C, ...] = ()

    @property
    def contact(self) -> C | None:
        """The contact if there is no doubt."""
        return self.candidates[0] if len(self.candidates) == 1 else None


Lookup = Callable[[tuple[str, ...]], Sequence[C]]
"""Gives the contacts of which each of the folded words begins a word; best first."""


def parse(line: str, words: Vocabulary) -> Tokens:
    """Return what the line alone tells."""
    typed = split(line)
    if typed and not typed[0].quoted and fold(typed[0].raw) in SUBCOMMANDS:
        rest = joined(typed[1:])
        return Tokens(line=line, subcommand=fold(typed[0].raw), rest=rest, mentions=mentions(rest))
    template = take(typed, Option(Part.TEMPLATE, 1, lambda name: name if words.templates_for(name) else None))
    on = take(template.left, Option(Part.ON, 3, words.past_day))
    at = take(on.left, Option(Part.AT, 2, words.time))
    follow_up = take(at.left, Option(Part.FOLLOW_UP, 3, words.coming_day))
    type_ = () if template.leads else _type(follow_up.left, words)
    name = " ".join(word.value for word in type_)
    rest = joined(follow_up.left[len(type_) :])
    return Tokens(
        line=line,
        type=name,
        as_template=template.value,
        templates=words.templates_for(template.value or name),
        follow_up=follow_up.value,
        on=on.value,
        at=at.value,
        rest=rest,
        unread=template.unread + on.unread + at.unread + follow_up.unread,
        mentions=mentions(rest),
    )


def resolve(tokens: Tokens, lookup: Lookup[C]) -> Resolution[C]:
    """Return the whole line read: *who* is the longest run of one to four words that `lookup` knows.

    Directly after it stand duration and evaluation, in either order; whatever comes then is text. Without
    a type, a first word that nobody is called is left out as a type not understood. A name that fits nobody to
    its end ("Kari Ness 15m" where there is a Kari Nes) is left whole: somebody else is not meant by it.
    """
    words = split(tokens.rest)
    who = _who(words, lookup)
    unread = tokens.unread
    if not who.found and not tokens.templates and (later := _who(words[1:], lookup)).found:
        unread, words, who = (*unread, Unread(Part.TYPE, words[0].value)), words[1:], later
    who = _whole(who, words)
    measures = _measures(words[who.length :])
    return Resolution(
        tokens=tokens,
        who=" ".join(word.value for word in words[: who.length]),
        candidates=who.found[:_CHOICES],
        duration=measures.duration,
        evaluation=measures.evaluation,
        text=_text(words[who.length + measures.length :]),
        unread=unread,
        near=who.near[:_CHOICES],
    )


def format_line(tokens: Tokens) -> str:
    """Return a line, as Slack would send it, that parses into these tokens; days and times in full."""
    if tokens.subcommand:
        return f"{tokens.subcommand} {tokens.rest}".strip()
    parts = [
        one_word(tokens.type, SUBCOMMANDS) if tokens.type else "",
        f"as:{one_word(tokens.as_template)}" if tokens.as_template else "",
        f"on:{tokens.on.isoformat()}" if tokens.on else "",
        f"at:{tokens.at:%H:%M}" if tokens.at is not None else "",
        *(f"{one.part}{quoted(one.typed)}" for one in tokens.unread if one.part is not Part.FOLLOW_UP),
        f"!{tokens.follow_up.isoformat()}" if tokens.follow_up else "",
        tokens.rest,
    ]
    return " ".join(filter(None, parts))


def day_of(tokens: Tokens, now: datetime) -> date:
    """Return the day of the interaction: as given, else the day of the latest `at`, today included."""
    if tokens.on is not None:
        return tokens.on
    ahead = tokens.at is not None and tokens.at > now.time()
    return now.date() - timedelta(days=1) if ahead else now.date()


@dataclass(frozen=True, slots=True)
class _Who(Generic[C]):
    length: int
    found: tuple[C, ...]
    near: tuple[C, ...] = ()


@dataclass(frozen=True, slots=True)
class _Measures:
    length: int
    duration: int | None
    evaluation: Evaluation | None


def _type(words: tuple[Word, ...], vocabulary: Vocabulary) -> tuple[Word, ...]:
    name = tuple(takewhile(_sayable, words))
    length = vocabulary.name_at([word.value for word in name])
    if length:
        return name[:length]
    return name[:1] if name and vocabulary.templates_for(name[0].value) else ()


def _sayable(word: Word) -> bool:
    return word.option is None and not word.marked


def _who(words: Sequence[Word], lookup: Lookup[C]) -> _Who[C]:
    best: _Who[C] = _Who(0, ())
    names = list(takewhile(lambda word: word.option is None, words[:_WHO_WORDS]))
    said: tuple[str, ...] = ()
    for length, word in enumerate(names, 1):
        said, before = said + asked(word.value), said
        if said == before:
            continue
        found = tuple(lookup(said))
        if not found:
            break
        best = _Who(length, _called(said, found) or found)
    return best if best.found else _Who(_unknown(names, words), ())


def _whole(who: _Who[C], words: Sequence[Word]) -> _Who[C]:
    """Return the name up to a duration or evaluation, where it seems to go on with words that fit nobody."""
    known = [part for one in who.found for part in asked(one.name)]
    rest = takewhile(lambda word: _like_a_name(word, known), words[who.length : _WHO_WORDS])
    for length, _ in enumerate(rest if who.found else (), who.length + 1):
        if _measures(words[length - 1 :]).length:
            break
        if _measures(words[length:]).length:
            return _Who(length, (), who.found)
    return who


def _like_a_name(word: Word, known: Sequence[str]) -> bool:
    """Whether a word is written like a name, or almost like a part of those that are known."""
    return word.plain and (
        word.value[:1].isupper() or bool(get_close_matches(fold(word.value), known, 1, _CLOSE))
    )


def _called(said: tuple[str, ...], found: tuple[C, ...]) -> tuple[C, ...]:
    """Return those whose whole name was said: "Anna Berg" is not Anna Bergmans."""
    return tuple(one for one in found if asked(one.name) == said)


def _unknown(names: Sequence[Word], words: Sequence[Word]) -> int:
    """Return how many words seem to name somebody unknown: up to a duration or evaluation, else one."""
    lengths = range(1, len(names) + 1)
    return next((n for n in lengths if _measures(words[n:]).length), min(len(names), 1))


def _measures(words: Sequence[Word]) -> _Measures:
    values = [word.value if word.plain else _UNREADABLE for word in words[:4]]
    evaluation = evaluation_at(values)
    duration = duration_at(values[evaluation[1] if evaluation else 0 :])
    if duration and not evaluation:
        evaluation = evaluation_at(values[duration[1] :])
    length = sum(found[1] for found in (duration, evaluation) if found)
    return _Measures(length, duration and duration[0], evaluation and evaluation[0])


def _text(words: tuple[Word, ...]) -> str:
    """Return the text as it was typed; quotes around the whole of it are taken off."""
    if len(words) == 1 and words[0].quoted and words[0].option is None:
        return words[0].value
    return as_typed(joined(words))
