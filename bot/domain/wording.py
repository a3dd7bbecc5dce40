"""How people say types, durations and evaluations, in English, Dutch and Norwegian (`domain.md` 6)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType

from bot.domain.folding import asked, compact, fold
from bot.domain.interactions import Evaluation

SUBCOMMANDS = frozenset(
    {"drafts", "list", "find", "again", "undo", "about", "digest", "export", "settings", "setup", "help"}
)
_SAID = {
    "OUTGOING": "call called phone phoned bel gebeld telefoon telefoontje samtale ring ringt ringte telefon",
    "INCOME": "in incoming inkomend inn innkommende",
    "INHOUSE": "meet met meeting vergadering afspraak mote",
    "ONSITE": "visit visited bezoek bezocht besok besokt",
    "EMAIL": "mail email epost",
    "ABSTRACT": "letter brief brev",
}
SYNONYMS: Mapping[str, str] = MappingProxyType(
    {word: code for code, said in _SAID.items() for word in said.split()}
)

_LONGEST_NAME = 20
_PREFIX = 2
_INNER_PREFIX = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What a line is read with: templates (descriptions by code), and how the reader says days and times."""

    templates: Mapping[str, str]
    past_day: Callable[[str], date | None]
    coming_day: Callable[[str], date | None]
    time: Callable[[str], time | None]
    synonyms: Mapping[str, str] = field(default_factory=lambda: SYNONYMS)

    def templates_for(self, typed: str) -> tuple[str, ...]:
        """Return the codes `typed` can mean: a whole name goes before a synonym, that before a beginning."""
        word = compact(typed)
        return next((codes for tier in _TIERS if word and (codes := self._where(tier, word))), ())

    def name_at(self, words: Sequence[str]) -> int:
        """Return how many of the first words are one template's whole description, 0 for fewer than two."""
        names = {compact(description) for description in self.templates.values()}
        lengths = range(min(len(words), _LONGEST_NAME), 1, -1)
        return next((n for n in lengths if compact(" ".join(words[:n])) in names), 0)

    def _where(self, fits: "_Fits", word: str) -> tuple[str, ...]:
        synonyms = {
            code: [said for said, meant in self.synonyms.items() if meant == code] for code in self.templates
        }
        return tuple(
            code for code, name in self.templates.items() if fits(word, (code, name), synonyms[code])
        )


_Fits = Callable[[str, tuple[str, str], Sequence[str]], bool]


def _is_name(word: str, names: tuple[str, str], _synonyms: Sequence[str]) -> bool:
    return word in map(compact, names)


def _is_synonym(word: str, _names: tuple[str, str], synonyms: Sequence[str]) -> bool:
    return word in synonyms


def _begins(word: str, names: tuple[str, str], synonyms: Sequence[str]) -> bool:
    said = (*map(compact, names), *synonyms)
    return len(word) >= _PREFIX and any(one.startswith(word) for one in said)


def _begins_within(word: str, names: tuple[str, str], _synonyms: Sequence[str]) -> bool:
    return len(word) >= _INNER_PREFIX and any(one.startswith(word) for one in asked(names[1]))


_TIERS: tuple[_Fits, ...] = (_is_name, _is_synonym, _begins, _begins_within)


_HOURS = r"(?:h|hrs?|hours?|t|time|timer|u|uur|uren)"
_MINUTES = r"(?:m|mins?|minutes?|minutt|minutter|minuut|minuten)"
_DURATION = re.compile(
    rf"([0-9]{{1,4}}){_MINUTES}"
    rf"|([0-9]{{1,2}}(?:[.,][0-9]{{1,2}})?){_HOURS}"
    rf"|([0-9]{{1,2}}){_HOURS}([0-5]?[0-9])(?:{_MINUTES})?"
    r"|([0-9]):([0-5][0-9])"
    r"|([0-9]{1,3})"
)
_APART = re.compile(rf"[0-9.,]+ (?:(?!\w\b){_HOURS}|(?!\w\b){_MINUTES})|[0-9]+{_HOURS} [0-9]+{_MINUTES}")
_DAY = 24 * 60
_BARE_STEP = 5
_BARE_MOST = 480


def duration_at(words: Sequence[str]) -> tuple[int, int] | None:
    """Return minutes and the number of words that say so, if the first words do.

    15m, 15 min, 1h, 1h30, 1h 30m, 1.5h, 1,5t, 2u, 1:30; a bare number counts when it is a multiple of five
    up to eight hours, so that "3 boxes" stays text.
    """
    said = [fold(word).rstrip(",;.:") for word in words[:2]]
    if len(said) > 1 and _APART.fullmatch(" ".join(said)) and (minutes := _minutes("".join(said))):
        return minutes, 2
    minutes = _minutes(said[0]) if said else None
    return (minutes, 1) if minutes else None


def _minutes(said: str) -> int | None:
    found = _DURATION.fullmatch(said)
    if not found:
        return None
    minutes, hours, whole, over, clock, after, bare = found.groups(default="0")
    if found[7] and (int(bare) % _BARE_STEP or int(bare) > _BARE_MOST):
        return None
    exact = float(hours.replace(",", ".")) * 60 + (int(whole) + int(clock)) * 60
    total = round(exact) + int(minutes) + int(over) + int(after) + int(bare)
    return total if 0 < total <= _DAY else None


_SIGNS = {
    "++": Evaluation.VERY_POSITIVE,
    "+": Evaluation.POSITIVE,
    "=": Evaluation.NEUTRAL,
    "-": Evaluation.NEGATIVE,
    "--": Evaluation.VERY_NEGATIVE,
}
_SIMPLE = {
    "positive": Evaluation.POSITIVE,
    "positief": Evaluation.POSITIVE,
    "neutral": Evaluation.NEUTRAL,
    "neutraal": Evaluation.NEUTRAL,
    "noytral": Evaluation.NEUTRAL,
    "negative": Evaluation.NEGATIVE,
    "negatief": Evaluation.NEGATIVE,
}
_STRONGER = {
    Evaluation.POSITIVE: Evaluation.VERY_POSITIVE,
    Evaluation.NEGATIVE: Evaluation.VERY_NEGATIVE,
}
_VERY = ("very", "zeer", "heel", "svaert", "veldig")
_SHORTEST = 3


def evaluation_at(words: Sequence[str]) -> tuple[Evaluation, int] | None:
    """Return an evaluation and the number of words that say so, if the first words do.

    Each word is at least three letters of "positive", "very positive" and their like. A lone dash before
    further text is punctuation and no evaluation.
    """
    first, second = [*words[:2], "", ""][:2]
    if first in _SIGNS:
        dash = first.startswith("-") and second and not duration_at(words[1:])
        return None if dash else (_SIGNS[first], 1)
    return _stressed(compact(first), compact(second)) or _in_one(compact(first))


def _in_one(word: str) -> tuple[Evaluation, int] | None:
    found = _simple(word) or next(
        (_stronger(word[len(very) :]) for very in _VERY if word.startswith(very)), None
    )
    return (found, 1) if found else None


def _stressed(first: str, second: str) -> tuple[Evaluation, int] | None:
    very = len(first) >= _SHORTEST and any(one.startswith(first) for one in _VERY)
    found = _stronger(second) if very else None
    return (found, 2) if found else None


def _stronger(word: str) -> Evaluation | None:
    simple = _simple(word)
    return _STRONGER.get(simple) if simple else None


def _simple(word: str) -> Evaluation | None:
    if len(word) < _SHORTEST:
        return None
    return next((meant for name, meant in _SIMPLE.items() if name.startswith(word)), None)
