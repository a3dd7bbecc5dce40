"""The interaction log as it is listed."""

from dataclasses import dataclass

from bot.domain.interactions import Entry
from bot.domain.people import Ties


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with the names that a list shows, and the people it belongs to."""

    entry: Entry
    ties: Ties
    contact_name: str
    company_name: str
    template_name: str
    salesperson_name: str

    @property
    def contact_label(self) -> str:
        """The contact's name, with the company's in brackets."""
        return f"{self.contact_name} ({self.company_name})" if self.company_name else self.contact_name
