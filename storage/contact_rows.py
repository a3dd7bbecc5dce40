"""How a contact lies in its row."""

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from bot.domain.contacts import Contact, ContactType
from bot.domain.ids import ContactId
from bot.domain.interactions import Correspondence

_SAME = (
    "id",
    "number",
    "name",
    "first_name",
    "middle_name",
    "surname",
    "job_title",
    "phone",
    "mobile",
    "email",
    "email2",
    "address",
    "post_code",
    "city",
    "country",
    "territory",
    "language",
    "salutation",
    "organizational_level",
    "exclude_from_segment",
    "privacy_blocked",
    "minor",
    "parental_consent",
    "revision",
)
COLUMNS = (*_SAME, "company_id", "salesperson_id", "type", "correspondence")
"""The columns of a contact, in the order of `values`."""
_plain = attrgetter(*_SAME, "company", "salesperson")


def values(contact: Contact) -> tuple[Any, ...]:
    """Return a contact as values that any driver takes."""
    correspondence = contact.correspondence.value if contact.correspondence else None
    return (*_plain(contact), contact.type.value, correspondence)


def columns(contact: Contact) -> dict[str, Any]:
    """Return the columns that hold a contact."""
    return dict(zip(COLUMNS, values(contact), strict=True)) | {
        "email": contact.email.casefold(),
        "email2": contact.email2.casefold(),
    }


def with_columns(contact: Contact, changed: Mapping[str, Any]) -> Contact:
    """Return the contact with some columns as they once were; its company's name is left to the caller."""
    row = dict(zip(COLUMNS, values(contact), strict=True)) | dict(changed)
    return contact_of(row | {"company_name": contact.company_name})


def contact_of(row: Mapping[Any, Any]) -> Contact:
    """Return the domain value of a row that carries `company_name`."""
    same: dict[str, Any] = {name: row[name] for name in _SAME}
    return Contact(
        **same | {"id": ContactId(row["id"])},
        type=ContactType(row["type"]),
        company=row["company_id"],
        company_name=row["company_name"] or "",
        salesperson=row["salesperson_id"],
        correspondence=Correspondence(row["correspondence"]) if row["correspondence"] else None,
    )
