"""Whom a text names: what in it may be a name or an address, and who of those found is meant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.contacts import Contact
from bot.domain.folding import fold
from bot.domain.ids import ContactId

MOST_LETTERS = 4000
MOST_NAMES = 200
MOST_ADDRESSES = 10
LONGEST_NAME = 5
"""Words of a name, as in “Bakker en Zonen Holding BV”."""
_AROUND = ".,;:!?()[]\"'“”„«»‘’*_~`"
_POSSESSIVES = ("'s", "’s")
_SIGNS = str.maketrans("<>|:", "    ")


def addresses_in(text: str) -> tuple[str, ...]:
    """Return the e-mail addresses in a text, each once."""
    words = (word.strip(_AROUND) for word in text[:MOST_LETTERS].translate(_SIGNS).split())
    found = dict.fromkeys(word.casefold() for word in words if word.count("@") == 1)
    return tuple(found)[:MOST_ADDRESSES]


def names_in(text: str) -> tuple[str, ...]:
    """Return what may be a name in a text, folded, each once: first what is written with capitals."""
    words = [_word(word) for word in text[:MOST_LETTERS].split()]
    runs = [run for start in range(len(words)) for run in _runs(words[start : start + LONGEST_NAME])]
    likely = [run for run in runs if run[0].capital and run[-1].capital]
    other = [run for run in runs if len(run) > 1]
    found = dict.fromkeys(name for run in (*likely, *other) for name in _written(run) if name)
    return tuple(found)[:MOST_NAMES]


def meant(found: Iterable[Contact], reached: frozenset[ContactId] = frozenset()) -> Contact | None:
    """Return the one contact that a text is about, None where it may be another one.

    A person goes before his company, and before others of his name if the text names his company or has
    his address (`reached`); a longer name hides what stands within it. One word may name a company, no person.
    """
    shown = _not_within_another([one for one in found if one.id in reached or _whole(one)])
    companies = {one.id for one in shown if not one.is_person}
    known = [one for one in shown if one.id in reached or one.company in companies]
    names, employers = {fold(one.name) for one in known}, {one.company for one in known}
    others = [one for one in shown if fold(one.name) not in names and one.id not in employers]
    candidates = [*(one for one in known if one.id not in employers), *others]
    return candidates[0] if len(candidates) == 1 else None


@dataclass(frozen=True, slots=True)
class _Word:
    """A word without the punctuation around it, and with the full stop that may belong to it (“B.V.”)."""

    folded: str
    dotted: str
    capital: bool


def _word(written: str) -> _Word:
    bare = written.strip(_AROUND)
    for ending in _POSSESSIVES:
        bare = bare.removesuffix(ending)
    dotted = f"{bare}." if f"{bare}." in written else bare
    return _Word(fold(bare), fold(dotted), capital=not bare[:1].islower())


def _runs(words: list[_Word]) -> list[list[_Word]]:
    return [words[:length] for length in range(1, len(words) + 1)]


def _written(run: list[_Word]) -> Iterator[str]:
    *before, last = run
    start = [word.folded for word in before]
    yield " ".join([*start, last.folded]).strip()
    if last.dotted != last.folded:
        yield " ".join([*start, last.dotted])


def _whole(contact: Contact) -> bool:
    return not contact.is_person or " " in contact.name.strip()


def _not_within_another(found: list[Contact]) -> list[Contact]:
    names = {f" {fold(one.name)} " for one in found}
    return [one for one in found if not any(_within(f" {fold(one.name)} ", name) for name in names)]


def _within(name: str, longer: str) -> bool:
    return name != longer and name in longer
