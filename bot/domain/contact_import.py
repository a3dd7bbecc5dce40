"""What a row of a contact import makes of a contact (`product.md` 11); blank cells leave things unchanged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from bot.domain.contacts import Contact, ContactType, folded, match_key_of
from bot.domain.folding import fold
from bot.domain.ids import ContactId, PersonId
from bot.domain.import_cells import READERS, Fault
from bot.domain.import_fields import GROUP_FIELDS, Columns, Field

_REMEMBERED = 5000  # values of a column: few columns have more that come again

Groups = dict[Field, tuple[str, ...]]


class KeyKind(StrEnum):
    """What recognises the contact of a row."""

    NUMBER = "number"
    EMAIL = "email"
    NAME = "name"


class Key(NamedTuple):
    """The number, else the e-mail, else folded name, company and phone."""

    kind: KeyKind
    value: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row as read: only what its cells say."""

    key: Key
    fields: dict[str, Any]
    groups: Groups
    company_name: str
    salesperson: str

    @property
    def employer(self) -> str:
        """The folded name of the company of a person."""
        return folded(self.company_name)

    @property
    def is_company(self) -> bool:
        """Whether the row says that it is a company's."""
        return self.fields.get("type") is ContactType.COMPANY

    @property
    def name_key(self) -> Key:
        """The key that the row would have without number and e-mail."""
        company = "" if self.is_company else self.company_name
        name = match_key_of(self.fields.get("name", ""), company, self.fields.get("phone", ""))
        return Key(KeyKind.NAME, name)

    @property
    def keys(self) -> tuple[Key, ...]:
        """Everything but its name by which a later row may mean the same contact."""
        email = self.fields.get("email")
        if email is None or self.key.kind is KeyKind.EMAIL:
            return (self.key,)
        return (self.key, Key(KeyKind.EMAIL, email))


@dataclass(frozen=True, slots=True)
class Links:
    """The company and the salesperson that a row names, once they are known; None leaves them unchanged."""

    company: ContactId | None = None
    salesperson: PersonId | None = None


class RowReader:
    """Reads the rows of one file; what a column says often, it remembers."""

    def __init__(self, columns: Columns) -> None:
        plan = [(place, field, READERS[field], dict[str, Any]()) for place, field in columns.fields]
        self._fields = [
            (place, field.value, read, seen) for place, field, read, seen in plan if field not in GROUP_FIELDS
        ]
        self._groups = [one for one in plan if one[1] in GROUP_FIELDS]
        self._width = 1 + max(place for place, _ in columns.fields)

    def read(self, cells: Sequence[str]) -> Incoming:
        """Read the cells of a row.

        Raises:
            Fault: a cell can't be understood, or nothing tells whose row this is.
        """
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        fields: dict[str, Any] = _read(self._fields, cells)
        groups: Groups = _read(self._groups, cells)
        company, salesperson = fields.pop("company_name", ""), fields.pop("salesperson", "")
        _name_from_parts(fields)
        return Incoming(_key(fields, company), fields, groups, company, salesperson)


def _read(
    plan: Sequence[tuple[int, Any, Callable[[str], Any], dict[str, Any]]], cells: Sequence[str]
) -> dict[Any, Any]:
    found = {}
    for place, name, read, seen in plan:
        if cell := cells[place]:
            value = seen.get(cell)
            if value is None and (plain := cell.strip()):
                value = read(plain)
                if len(seen) < _REMEMBERED:
                    seen[cell] = value
            if value is not None:
                found[name] = value
    return found


def new_contact(incoming: Incoming, contact: ContactId, number: str, links: Links) -> Contact:
    """Return the contact that a row makes.

    Raises:
        Fault: it lacks a name, or breaks a rule of contacts.
    """
    fields = {"type": ContactType.PERSON, "number": number} | incoming.fields
    if "name" not in fields:
        raise Fault("There is no contact with this number or e-mail yet: write the name of the new one.")
    _parts_from_name(fields, fields["type"])
    company_name = incoming.company_name if links.company else ""
    made = Contact(
        id=contact, company=links.company, company_name=company_name, salesperson=links.salesperson, **fields
    )
    return _ruled(made, incoming)


def changed_contact(contact: Contact, incoming: Incoming, links: Links) -> Contact:
    """Return the contact as a row changes it; itself when the row says nothing new.

    Raises:
        Fault: the row breaks a rule of contacts.
    """
    if incoming.fields.get("type", contact.type) is not contact.type:
        raise Fault(
            "{number} is a {type}: an import can't change that. Clear the type, or give another number.",
            number=contact.number,
            type=contact.type.value,
        )
    fields = dict(incoming.fields)
    if fields.get("name", contact.name) != contact.name:
        _parts_from_name(fields, contact.type)
    if links.company is not None and links.company != contact.company:
        fields |= {"company": links.company, "company_name": incoming.company_name}
    if links.salesperson is not None:
        fields["salesperson"] = links.salesperson
    changes = {name: value for name, value in fields.items() if getattr(contact, name) != value}
    return _ruled(replace(contact, **changes) if changes else contact, incoming)


def ambiguous(key: Key, numbers: Sequence[str]) -> Fault:
    """Return what is wrong with a row that means several contacts."""
    what = "e-mail" if key.kind is KeyKind.EMAIL else "name, company and phone"
    return Fault(
        "{count} contacts have this {what} ({numbers}): add the number of the one that is meant.",
        count=len(numbers),
        what=what,
        numbers=", ".join(numbers[:5]),
    )


def _key(fields: dict[str, Any], company_name: str) -> Key:
    if "number" in fields:
        return Key(KeyKind.NUMBER, fields["number"])
    if "email" in fields:
        return Key(KeyKind.EMAIL, fields["email"])
    if "name" not in fields:
        raise Fault("Nothing tells whose row this is: write a number, an e-mail or a name.")
    company = "" if fields.get("type") is ContactType.COMPANY else company_name
    return Key(KeyKind.NAME, match_key_of(fields["name"], company, fields.get("phone", "")))


def _name_from_parts(fields: dict[str, Any]) -> None:
    if "name" not in fields:
        parts = (fields.get("first_name"), fields.get("middle_name"), fields.get("surname"))
        name = " ".join(part for part in parts if part)
        if name:
            fields["name"] = name[:100]


def _parts_from_name(fields: dict[str, Any], kind: ContactType) -> None:
    if kind is ContactType.PERSON and "surname" not in fields and "first_name" not in fields:
        fields["first_name"], _, fields["surname"] = fields["name"].rpartition(" ")


def _ruled(contact: Contact, incoming: Incoming) -> Contact:
    """Keep the rules of contacts: only persons have a company; a minor without consent is blocked (`domain.md` 3.4)."""
    company = incoming.company_name
    if company and not contact.is_person and fold(company) != fold(contact.name):
        raise Fault("A company can't belong to a company: clear the company name, or write Person as type.")
    if not contact.minor or contact.parental_consent or contact.privacy_blocked:
        return contact
    if incoming.fields.get("privacy_blocked") is False:
        raise Fault(
            "A minor without parental consent is privacy blocked: write Yes there, or Yes for the consent."
        )
    return replace(contact, privacy_blocked=True)
