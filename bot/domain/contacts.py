"""Contacts: companies and persons (`domain.md` 1.9)."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.folding import fold
from bot.domain.ids import ContactId, PersonId
from bot.domain.interactions import Correspondence


class ContactType(StrEnum):
    """Company or person."""

    COMPANY = "company"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A company, or a person with or without one; empty text where nothing is known."""

    id: ContactId
    number: str
    type: ContactType
    name: str
    first_name: str = ""
    middle_name: str = ""
    surname: str = ""
    company: ContactId | None = None
    company_name: str = ""
    job_title: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    email2: str = ""
    address: str = ""
    post_code: str = ""
    city: str = ""
    country: str = ""
    territory: str = ""
    language: str = ""
    salesperson: PersonId | None = None
    correspondence: Correspondence | None = None
    salutation: str = ""
    organizational_level: str = ""
    exclude_from_segment: bool = False
    privacy_blocked: bool = False
    minor: bool = False
    parental_consent: bool = False
    revision: int = 0

    @property
    def is_person(self) -> bool:
        """Whether this is a person, not a company."""
        return self.type is ContactType.PERSON

    @property
    def label(self) -> str:
        """The name as shown where the company tells people of one name apart."""
        return f"{self.name} ({self.company_name})" if self.company_name else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One row of a contact search: just what an option shows."""

    id: ContactId
    number: str
    type: ContactType
    name: str
    company_name: str = ""
    city: str = ""
    privacy_blocked: bool = False


def search_text(contact: Contact) -> str:
    """Return the folded text in which a contact is searched."""
    return fold(" ".join((contact.name, contact.company_name, contact.email, contact.city, contact.number)))


def match_key(contact: Contact) -> str:
    """Return what recognises a contact in an import when he has neither number nor e-mail."""
    return "|".join((fold(contact.name), fold(contact.company_name), "".join(filter(str.isdigit, contact.phone))))
