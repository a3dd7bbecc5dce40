"""What a search has found so far, and in which order it is shown."""

from collections.abc import Iterable
from typing import NamedTuple

from bot.domain.contacts import ContactType, Found
from bot.domain.ids import ContactId


class Hit(NamedTuple):
    """One contact as read from the database."""

    id: int
    number: str
    type: str
    name: str
    company_name: str | None
    city: str
    privacy_blocked: bool

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
