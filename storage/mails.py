"""Whom we know by the addresses of an e-mail, all of them asked for at once."""

from collections.abc import Collection

from sqlalchemy import Column, select

from bot.domain.ids import ContactId, PersonId
from storage.access import Access
from storage.tables.contacts import contacts
from storage.tables.people import salespeople


class Addresses:
    """The e-mail addresses of a workspace, in small letters."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def people(self, emails: Collection[str]) -> dict[str, PersonId]:
        """Return whose of the salespeople these addresses are."""
        query = select(salespeople.c.email, salespeople.c.id).where(
            self._access.mine(salespeople), salespeople.c.email.in_(emails)
        )
        return {email: PersonId(person) for email, person in self._access.connection.execute(query)}

    def contacts(self, emails: Collection[str]) -> dict[str, list[ContactId]]:
        """Return which contacts have these addresses; the second one of a contact counts where it is nobody's first."""
        found = self._with(contacts.c.email, emails)
        return self._with(contacts.c.email2, [one for one in emails if one not in found]) | found

    def _with(self, column: Column[str], emails: Collection[str]) -> dict[str, list[ContactId]]:
        query = select(column, contacts.c.id).where(self._access.mine(contacts), column.in_(emails))
        found: dict[str, list[ContactId]] = {}
        for email, contact in self._access.connection.execute(query.order_by(contacts.c.id)):
            found.setdefault(email, []).append(ContactId(contact))
        return found
