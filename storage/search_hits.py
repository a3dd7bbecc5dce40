"""What a search has found so far, and in which order it is shown."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.domain.contacts import ContactType, Found
from bot.domain.folding import fold
from bot.domain.ids import ContactId, PersonId

COLUMNS = "c.id, c.number, c.type, c.name, k.name, c.city, c.privacy_blocked, c.salesperson_id"


class Hit(NamedTuple):
    """One contact as read from the database, in the order of `COLUMNS`."""

    id: int
    number: str
    type: str
    name: str
    company_name: str | None
    city: str
    privacy_blocked: bool
    salesperson: int | None

    def found(self) -> Found:
        """Return what a list shows of it."""
        return Found(
            id=ContactId(self.id),
            number=self.number,
            type=ContactType(self.type),
            name=self.name,
            company_name=self.company_name or "",
            city=self.city,
            privacy_blocked=bool(self.privacy_blocked),
        )


class Hits:
    """Hits in the order in which they came, each once, up to a limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._hits: dict[int, Hit] = {}

    def add(self, hits: Iterable[Hit]) -> None:
        """Add hits that are not there yet, as long as there is room."""
        for hit in hits:
            if self.full:
                return
            self._hits.setdefault(hit.id, hit)

    @property
    def room(self) -> int:
        """How many more are wanted."""
        return self._limit - len(self._hits)

    @property
    def full(self) -> bool:
        """Whether there are as many as were asked for."""
        return self.room <= 0

    @property
    def any(self) -> bool:
        """Whether anything was found."""
        return bool(self._hits)

    def found(self) -> list[Found]:
        """Return the hits as a list shows them."""
        return [hit.found() for hit in self._hits.values()]


def best_first(hits: Iterable[Hit], start: str, reader: PersonId) -> list[Hit]:
    """Put the reader's own contacts first, then names that begin with `start`, then names that contain it."""

    def rank(hit: Hit) -> tuple[bool, bool, bool]:
        name = fold(hit.name)
        return hit.salesperson != reader, not name.startswith(start), start not in name

    return sorted(hits, key=rank)
