"""Reading one cell of a contact import: the value, or a fault that names its cure."""

import re
from collections.abc import Callable
from typing import Any

from bot.domain.contacts import ContactType
from bot.domain.folding import compact
from bot.domain.import_fields import GROUP_FIELDS, Field
from bot.domain.interactions import Correspondence
from bot.domain.messages import Message

NAME_LIMIT = 100
TEXT_LIMIT = 250
CODE_LIMIT = 20

_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s.,;<>\"]+(?:\.[^@\s.,;<>\"]+)+")
_NUMBER = re.compile(r"[A-Z0-9](?:[A-Z0-9 ._/-]{0,18}[A-Z0-9])?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,4})?")
_YES = {"yes", "y", "true", "1", "x", "ja", "j", "sann"}
_NO = {"no", "n", "false", "0", "nee", "nei", "usann"}
_TYPES = {
    ContactType.COMPANY: "company|organization|organisation|bedrijf|onderneming|firma|selskap|bedrift",
    ContactType.PERSON: "person|contact person|persoon|contactpersoon|kontaktperson",
}
_CORRESPONDENCE = {
    Correspondence.HARD_COPY: "hard copy|hard_copy|paper|letter|papier|brief|papirkopi|papir|brev",
    Correspondence.EMAIL: "email|e-mail|e-post|mail",
}
_COUNTRIES = {
    "NO": "norway|noorwegen|norge|norvege",
    "NL": "netherlands|the netherlands|nederland|holland",
    "BE": "belgium|belgie|belgique|belgia",
    "DE": "germany|duitsland|tyskland|deutschland",
    "FR": "france|frankrijk|frankrike",
    "SE": "sweden|zweden|sverige",
    "DK": "denmark|denemarken|danmark",
    "FI": "finland|suomi",
    "LU": "luxembourg|luxemburg",
    "GB": "united kingdom|verenigd koninkrijk|storbritannia|uk",
    "US": "united states|verenigde staten|usa",
}


class Fault(Exception):  # noqa: N818 - the trade's word: the row is faulty, nothing is broken
    """Something in a row can't be taken over; the message says how to correct it."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.message = Message(text, values)


def _words(table: dict[Any, str]) -> dict[str, Any]:
    return {compact(word): value for value, words in table.items() for word in words.split("|")}


_TYPE_WORDS = _words(_TYPES)
_CORRESPONDENCE_WORDS = _words(_CORRESPONDENCE)
_COUNTRY_WORDS = _words(_COUNTRIES)


def _limited(limit: int, title: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        plain = " ".join(cell.split())
        if len(plain) > limit:
            raise Fault(
                "{title} has {length} characters: shorten it to {limit}.",
                title=title,
                length=len(plain),
                limit=limit,
            )
        return plain

    return read


def _number(cell: str) -> str:
    number = cell.upper()
    if not _NUMBER.fullmatch(number):
        raise Fault(
            "“{cell}” can't be a contact number: write at most 20 letters, digits, and . _ / - between them.",
            cell=cell[:40],
        )
    return number


def _email(cell: str) -> str:
    address = cell.casefold()
    if len(address) > TEXT_LIMIT or not _EMAIL.fullmatch(address):
        raise Fault("“{cell}” is not an e-mail address: write it as in anna@fjordbygg.no.", cell=cell[:80])
    return address


def _type(cell: str) -> ContactType:
    found = _TYPE_WORDS.get(compact(cell))
    if not isinstance(found, ContactType):
        raise Fault("“{cell}” is no type of contact: write Company or Person.", cell=cell[:40])
    return found


def _correspondence(cell: str) -> Correspondence:
    found = _CORRESPONDENCE_WORDS.get(compact(cell))
    if not isinstance(found, Correspondence):
        raise Fault("“{cell}” is no correspondence type: write Hard Copy or Email.", cell=cell[:40])
    return found


def _flag(cell: str) -> bool:
    word = compact(cell)
    if word not in _YES and word not in _NO:
        raise Fault("“{cell}” is neither yes nor no: write Yes or No.", cell=cell[:40])
    return word in _YES


def _country(cell: str) -> str:
    code = cell.upper()
    if len(code) == 2 and code.isascii() and code.isalpha():  # noqa: PLR2004 - ISO 3166
        return code
    found = _COUNTRY_WORDS.get(compact(cell))
    if found is None:
        raise Fault("“{cell}” is no country code: write two letters, as in NO, NL or BE.", cell=cell[:40])
    return str(found)


def _language(cell: str) -> str:
    if not _LANGUAGE.fullmatch(cell):
        raise Fault("“{cell}” is no language code: write it as in nb-NO or nl.", cell=cell[:40])
    return cell


def _salesperson(cell: str) -> str:
    if "@" in cell:
        return _email(cell)
    if len(cell) > CODE_LIMIT:
        raise Fault(
            "“{cell}” is too long for a salesperson's code: write at most 20 characters.", cell=cell[:40]
        )
    return cell.upper()


def _groups(cell: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(code for part in cell.split(";") if (code := " ".join(part.split()))))
    for code in codes:
        if len(code) > CODE_LIMIT:
            raise Fault("The group “{cell}” is too long: write at most 20 characters.", cell=code[:40])
    return codes


_TITLES = {
    Field.NAME: (NAME_LIMIT, "Name"),
    Field.COMPANY_NAME: (NAME_LIMIT, "Company Name"),
    Field.FIRST_NAME: (NAME_LIMIT, "First Name"),
    Field.MIDDLE_NAME: (NAME_LIMIT, "Middle Name"),
    Field.SURNAME: (NAME_LIMIT, "Surname"),
    Field.JOB_TITLE: (NAME_LIMIT, "Job Title"),
    Field.PHONE: (80, "Phone No."),
    Field.MOBILE: (80, "Mobile Phone No."),
    Field.ADDRESS: (TEXT_LIMIT, "Address"),
    Field.POST_CODE: (20, "Post Code"),
    Field.CITY: (NAME_LIMIT, "City"),
    Field.TERRITORY: (NAME_LIMIT, "Territory"),
    Field.SALUTATION: (NAME_LIMIT, "Salutation"),
    Field.ORGANIZATIONAL_LEVEL: (NAME_LIMIT, "Organizational Level"),
}
READERS: dict[Field, Callable[[str], Any]] = {
    **{field: _limited(limit, title) for field, (limit, title) in _TITLES.items()},
    **dict.fromkeys(GROUP_FIELDS, _groups),
    Field.NUMBER: _number,
    Field.TYPE: _type,
    Field.EMAIL: _email,
    Field.EMAIL2: _email,
    Field.COUNTRY: _country,
    Field.LANGUAGE: _language,
    Field.SALESPERSON: _salesperson,
    Field.CORRESPONDENCE: _correspondence,
    Field.EXCLUDE_FROM_SEGMENT: _flag,
    Field.PRIVACY_BLOCKED: _flag,
    Field.MINOR: _flag,
    Field.PARENTAL_CONSENT: _flag,
}
"""How the cell of each field is read; what they get is stripped and not empty."""
