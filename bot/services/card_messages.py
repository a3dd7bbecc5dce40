"""What people are told of a purge card: its file, its message, and what the message becomes."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import PersonId
from bot.domain.people import Person
from bot.domain.purge import PurgeCard
from bot.services.people import People
from bot.text import Text
from bot.views import purge as views
from bot.views.kit import Payload
from storage.work import Work

Words = Callable[[Text], Payload]


class CardMessages:
    """Writes down what is said about cards; `folder` is where files wait until they are delivered."""

    def __init__(self, people: People, folder: Path) -> None:
        self._people = people
        self._folder = folder.absolute()

    def file(self, card: PurgeCard, person: Person) -> Path:
        """Return where a person's copy of the card's CSV waits."""
        return self._folder / f"canceled-{card.id}-{person.id}.csv"

    def copy(self, card: PurgeCard, first: Person, others: Sequence[Person]) -> None:
        """Give everybody a copy of the CSV of his own: it goes when it is delivered."""
        for other in others:
            self.file(card, other).unlink(missing_ok=True)
            os.link(self.file(card, first), self.file(card, other))

    def drop(self, card: PurgeCard, *people: Person) -> None:
        """Throw away copies of which nobody will hear."""
        for person in people:
            self.file(card, person).unlink(missing_ok=True)

    def send(self, work: Work, card: PurgeCard, person: Person) -> None:
        """Let a person have the CSV."""
        text = self._people.text(person)
        payload = {"path": str(self.file(card, person)), "name": views.csv_name(text)}
        work.deliveries.say(csv_key(card, person.id), DeliveryKind.FILE, person.id, payload)

    def begin(self, work: Work, card: PurgeCard, person: Person, words: Words) -> None:
        """Say the first words about a card; what is said later takes their place."""
        answer = card.answer(person.id)
        work.deliveries.open_answer(answer, person.id, None)
        payload = words(self._people.text(person))
        work.deliveries.say(answer, DeliveryKind.CARD, person.id, payload, answer=answer)

    def done(self, work: Work, card: PurgeCard) -> int:
        """End a deletion, and say how many entries it deleted; return the number."""
        count = work.purge_cards.finish(card.id)
        self.replace(work, card, "deleted", lambda text: views.deleted(count, text))
        return count

    def replace(self, work: Work, card: PurgeCard, what: str, words: Words) -> None:
        """Put new words in place of the card, for everybody who got it; `what` makes their key."""
        told = work.people.many(frozenset(work.purge_cards.told(card)))
        for person in told.values():
            answer = card.answer(person.id)
            payload = words(self._people.text(person))
            work.deliveries.say(f"{what}:{answer}", DeliveryKind.CARD, person.id, payload, answer=answer)


def csv_key(card: PurgeCard, person: PersonId) -> str:
    """Return the key under which a person's copy of the CSV is delivered."""
    return f"{card.answer(person)}:csv"
