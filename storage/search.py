"""Contact search."""

from sqlalchemy import select

from bot.domain.contacts import ContactType, Found
from bot.domain.folding import fold
from bot.domain.ids import ContactId, PersonId
from storage.access import Access
from storage.tables.contacts import contacts

_companies = contacts.alias("companies")


class Search:
    """Finds contacts."""

    def __init__(self, access: Access) -> None:  # noqa: D107
        self._access = access

    def find(self, query: str, reader: PersonId, limit: int = 20) -> list[Found]:
        """Return contacts that fit."""
        return self.by_prefix_words(query.split(), limit)

    def by_prefix_words(self, words: list[str], limit: int) -> list[Found]:
        """Return contacts with words that start so."""
        source = contacts.outerjoin(_companies, _companies.c.id == contacts.c.company_id)
        query = select(contacts, _companies.c.name.label("company_name")).select_from(source)
        conditions = [(" " + contacts.c.search).contains(f" {fold(word)}") for word in words]
        rows = self._access.connection.execute(query.where(self._access.mine(contacts), *conditions).limit(limit)).mappings()
        return [Found(id=ContactId(r["id"]), number=r["number"], type=ContactType(r["type"]), name=r["name"], company_name=r["company_name"] or "", city=r["city"], privacy_blocked=r["privacy_blocked"]) for r in rows]

    def company_named(self, name: str) -> ContactId | None:
        """Return the company of this name."""
        query = select(contacts.c.id).where(self._access.mine(contacts), contacts.c.type == "company", contacts.c.match_key.like(f"{fold(name)}|%"))
        found = self._access.connection.scalar(query)
        return None if found is None else ContactId(found)
