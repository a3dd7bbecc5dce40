"""Guessing which contact a message is about (`product.md` 3)."""

from bot.domain.ids import ContactId
from bot.domain.mentions import as_typed
from bot.domain.named import addresses_in, meant, names_in
from bot.domain.people import Person
from storage.store import Store

MOST_FOUND = 100
"""With more contacts of these names nobody can tell who is meant."""


class Guess:
    """Finds the one contact that a text names by e-mail or by full name."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def contact(self, actor: Person, message: str) -> ContactId | None:
        """Return the contact, None where nobody is named, more than one, or somebody who is not to be recorded."""
        said = as_typed(message)
        with self._store.read(actor.workspace) as work:
            reached = work.contacts.by_emails(addresses_in(said))
            named = work.contacts.named(names_in(said), MOST_FOUND)
        if len(named) == MOST_FOUND:
            return None
        found = {one.id: one for one in (*reached, *named)}
        guess = meant(found.values(), frozenset(one.id for one in reached))
        return guess.id if guess is not None and not guess.privacy_blocked else None
