"""Guessing which contact a message is about (`product.md` 3)."""

import re
from itertools import pairwise

from bot.domain.folding import fold
from bot.domain.ids import ContactId
from bot.domain.people import Person
from storage.store import Store

_EMAIL = re.compile(r"[^\s@<>|:]+@[^\s@<>|]+\.\w+")
LONGEST = 2000
MOST_NAMES = 12


class Guess:
    """Finds the one contact that a text names by e-mail or by full name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def contact(self, actor: Person, message: str) -> ContactId | None:
        """Return the contact, None where nobody or more than one is named."""
        words = message[:LONGEST]
        with self._store.read(actor.workspace) as work:
            found = {
                contact.id for email in _EMAIL.findall(words) for contact in work.contacts.by_email(email)
            }
            for name in _names(words):
                hits = work.search.by_prefix_words(name.split(), 2)
                found |= {hit.id for hit in hits if len(hits) == 1 and fold(hit.name) == fold(name)}
            allowed = [
                contact
                for contact in work.contacts.many(frozenset(found)).values()
                if not contact.privacy_blocked
            ]
        return allowed[0].id if len(allowed) == 1 else None


def _names(words: str) -> list[str]:
    """Return neighbouring pairs of capitalised words."""
    tokens = [token.strip('.,;:!?()"“”') for token in words.split()]
    pairs = (f"{one} {two}" for one, two in pairwise(tokens) if one[:1].isupper() and two[:1].isupper())
    return list(dict.fromkeys(pairs))[:MOST_NAMES]
