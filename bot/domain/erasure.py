"""Erasing a person: which words tell of him, and what stands in their place (`product.md` 11)."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.contacts import Contact

SHORTEST = 4
"""Letters; what is shorter stands in too many other words."""
_DIGITS = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Erased:
    """The words that tell of a person, the longest first, and what stands in their place."""

    words: tuple[str, ...]
    name: str


def erased_name(contact: Contact) -> str:
    """Return what a person is called afterwards, as in "Erased person 12"."""
    digits = _DIGITS.search(contact.number)
    return f"Erased person {int(digits.group()) if digits else contact.number}"


def is_erased(contact: Contact) -> bool:
    """Whether this was a person who was erased."""
    return contact.privacy_blocked and contact.name == erased_name(contact)


def telling(contact: Contact, *, named_alike: bool) -> tuple[str, ...]:
    """Return the words that tell of a person wherever they stand, the longest first.

    Where another contact bears the same name (`named_alike`), nobody can tell who is meant by it.
    """
    own = [contact.email, contact.email2, contact.phone, contact.mobile, contact.address]
    names = [] if named_alike else [contact.name, f"{contact.first_name} {contact.surname}"]
    return longest_first({word.strip() for word in (*own, *names) if len(word.strip()) >= SHORTEST})


def longest_first(words: Collection[str]) -> tuple[str, ...]:
    """Return words so that none is overwritten in part by a shorter one."""
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def overwritten(contact: Contact, name: str) -> Contact:
    """Return the contact without anything that tells of the person; nothing can be logged with him any more."""
    kept = Contact(
        id=contact.id,
        number=contact.number,
        type=contact.type,
        name=name,
        salesperson=contact.salesperson,
        exclude_from_segment=True,
        privacy_blocked=True,
    )
    return replace(kept, minor=contact.minor, revision=contact.revision)


def mentions(said: str, words: Collection[str]) -> bool:
    """Whether a text bears one of some words, however its letters are written."""
    folded = said.casefold()
    return any(word.casefold() in folded for word in words)


def all_texts(value: Any) -> str:
    """Return all texts within a value, each in a line of its own."""
    if isinstance(value, str):
        return value
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return "\n".join(map(all_texts, parts))


def patterns(erased: Erased) -> tuple[str, ...]:
    """Return how the words may stand in a column: as they are, or as JSON writes them."""
    forms = ((word, json.dumps(word)[1:-1]) for word in erased.words)
    return tuple(dict.fromkeys(form for pair in forms for form in pair))


def scrubbed(value: Any, erased: Erased) -> Any:
    """Return a value in whose texts the words that tell of the person are overwritten."""
    if isinstance(value, str):
        for word in erased.words:
            value = re.sub(re.escape(word), lambda _: erased.name, value, flags=re.IGNORECASE)
        return value
    if isinstance(value, list):
        return [scrubbed(one, erased) for one in value]
    if isinstance(value, dict):
        return {key: scrubbed(one, erased) for key, one in value.items()}
    return value
