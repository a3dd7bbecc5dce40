"""Whom we know by the addresses of an e-mail, all of them asked for at once; the files of e-mails, forgotten."""

from collections.abc import Collection

from sqlalchemy import Column, Select, Text, cast, or_, select, update

from bot.domain.ids import ContactId, PersonId
from bot.domain.mails import MEDIA_TYPE
from storage.access import Access
from storage.tables.contacts import contacts
from storage.tables.inbox import inbox
from storage.tables.interactions import entries
from storage.tables.people import salespeople
from storage.tables.templates import attachments


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
        indexed = column != ""
        query = select(column, contacts.c.id).where(self._access.mine(contacts), indexed, column.in_(emails))
        found: dict[str, list[ContactId]] = {}
        for email, contact in sorted(self._access.connection.execute(query)):
            found.setdefault(email, []).append(ContactId(contact))
        return found


def forget_mails(access: Access, person: ContactId) -> None:
    """Take the e-mails that went to or came from a contact off whatever they hang on, others' entries too."""
    files = {*access.connection.scalars(_on_entries(access, person)), *_in_inbox(access, person)}
    for table in (entries, inbox):
        hang = update(table).where(access.mine(table), table.c.attachment_id.in_(files))
        access.connection.execute(hang.values(attachment_id=None))


def _on_entries(access: Access, person: ContactId) -> Select[tuple[int]]:
    return (
        select(entries.c.attachment_id)
        .join(
            attachments,
            (attachments.c.workspace_id == entries.c.workspace_id)
            & (attachments.c.id == entries.c.attachment_id),
        )
        .where(access.mine(entries), entries.c.contact_id == person, attachments.c.media_type == MEDIA_TYPE)
    )


def _in_inbox(access: Access, person: ContactId) -> Collection[int]:
    """Return the files of what arrived with one of a contact's addresses in it."""
    card = select(contacts.c.email, contacts.c.email2).where(access.mine(contacts), contacts.c.id == person)
    emails = [email for row in access.connection.execute(card) for email in row if email]
    if not emails:
        return ()
    named = or_(*(cast(inbox.c.came, Text).icontains(email, autoescape=True) for email in emails))
    query = select(inbox.c.attachment_id).where(access.mine(inbox), inbox.c.attachment_id.is_not(None), named)
    return access.connection.scalars(query).all()
