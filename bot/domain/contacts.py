"""Contacts: companies and persons (`domain.md` 1.9)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from bot.domain.folding import asked, fold, words
from bot.domain.ids import ContactId, PersonId
from bot.domain.interactions import Correspondence

LONGEST_WORD = 60
"""Letters of a word that count in a search."""
MOST_WORDS = 8
"""Words that count in a search."""
_EMAIL_END = re.compile(r"(@[^\s@]*)\.[^\W\d_]+(?=\s|$)")
_DOMAIN_END = re.compile(r"(?<=\w)\.(?:com|net|org|[a-z]{2})(?=\s|$)")
_NO_DIGIT = re.compile(r"\D+")
APART = "\t"
"""Ends the name in a match key; sorts before every letter, so that "Anna Berg" comes before "Anna Bergen"."""


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
    """Return the folded words by which a contact is found, each once; an e-mail counts without its last part."""
    email = contact.email.rpartition(".")[0].replace(".", " ").replace("@", " ")
    chunks = f"{contact.name} {contact.company_name} {email} {contact.city}".split()
    return " ".join(dict.fromkeys(chain(*map(_words_of, chunks), _number_words(contact.number))))


def search_words(query: str) -> tuple[str, ...]:
    """Return the folded words of a search, each once; each has to begin one of the words of `search_text`."""
    plain = _DOMAIN_END.sub(" ", _EMAIL_END.sub(r"\1 ", query))
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in asked(plain)))[:MOST_WORDS]


def match_key(contact: Contact) -> str:
    """Return what recognises a contact in an import when the row has neither number nor e-mail.

    It begins with the folded name, so that contacts are also found by how their names begin.
    """
    return match_key_of(contact.name, contact.company_name, contact.phone)


def match_key_of(name: str, company_name: str, phone: str) -> str:
    """Return the match key of a contact, or of a row of an import."""
    plain = " ".join([folded(part) for part in name.split()])
    return f"{plain}{APART}{folded(company_name)}{APART}{_NO_DIGIT.sub('', phone)}"


def company_key(name: str) -> str:
    """Return how the match key of every company of this name begins."""
    return f"{folded(name)}{APART}{APART}"


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """Return a folded name, of those that come back often: of a company, of a family."""
    return fold(name)


def _number_words(number: str) -> tuple[str, ...]:
    return (number.lower(),) if number.isascii() and number.isalnum() else words(number)


@lru_cache(maxsize=50_000)
def _words_of(chunk: str) -> tuple[str, ...]:
    return tuple(word[:LONGEST_WORD] for word in words(chunk))
