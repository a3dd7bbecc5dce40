"""The columns of a contact import, and what people call them in English, Dutch and Norwegian (`domain.md` 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.folding import compact
from bot.domain.messages import Refusal


class Field(StrEnum):
    """A column; the value is the contact's attribute where there is one of that name."""

    NUMBER = "number"
    TYPE = "type"
    NAME = "name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    SURNAME = "surname"
    COMPANY_NAME = "company_name"
    JOB_TITLE = "job_title"
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"
    EMAIL2 = "email2"
    ADDRESS = "address"
    POST_CODE = "post_code"
    CITY = "city"
    COUNTRY = "country"
    TERRITORY = "territory"
    LANGUAGE = "language"
    SALESPERSON = "salesperson"
    CORRESPONDENCE = "correspondence"
    SALUTATION = "salutation"
    ORGANIZATIONAL_LEVEL = "organizational_level"
    EXCLUDE_FROM_SEGMENT = "exclude_from_segment"
    PRIVACY_BLOCKED = "privacy_blocked"
    MINOR = "minor"
    PARENTAL_CONSENT = "parental_consent"
    MAILING_GROUPS = "mailing_groups"
    INDUSTRY_GROUPS = "industry_groups"
    JOB_RESPONSIBILITIES = "job_responsibilities"


GROUP_FIELDS = (Field.MAILING_GROUPS, Field.INDUSTRY_GROUPS, Field.JOB_RESPONSIBILITIES)
REASON = "Reason"
"""The last column of an error file; it is passed over when the file is sent again."""

_NAMES = {
    Field.NUMBER: "No.|Number|Contact No.|Contact Number|Nr.|Nummer|Contactnr.|Contactnummer|Kontaktnr.|Kontaktnummer",
    Field.TYPE: "Type|Contact Type|Contacttype|Soort|Kontakttype",
    Field.NAME: "Name|Contact Name|Full Name|Naam|Contactnaam|Volledige naam|Navn|Kontaktnavn|Fullt navn",
    Field.FIRST_NAME: "First Name|Given Name|Voornaam|Fornavn",
    Field.MIDDLE_NAME: "Middle Name|Tussenvoegsel|Tweede naam|Mellomnavn",
    Field.SURNAME: "Surname|Last Name|Family Name|Achternaam|Familienaam|Etternavn",
    Field.COMPANY_NAME: (
        "Company Name|Company|Organization|Organisation|Bedrijfsnaam|Bedrijf|Organisatie|Firma"
        "|Firmanavn|Selskap|Selskapsnavn|Bedrift|Organisasjon"
    ),
    Field.JOB_TITLE: "Job Title|Title|Function|Functie|Functietitel|Stilling|Stillingstittel|Tittel",
    Field.PHONE: (
        "Phone No.|Phone|Phone Number|Telephone|Telefoon|Telefoonnr.|Telefoonnummer|Telefon|Telefonnr.|Telefonnummer"
    ),
    Field.MOBILE: (
        "Mobile Phone No.|Mobile Phone|Mobile|Mobile No.|Cell Phone|Mobiel|Mobiele telefoon|Mobiel nr.|Gsm"
        "|Mobiele-telefoonnr.|Mobil|Mobiltelefon|Mobilnr.|Mobilnummer"
    ),
    Field.EMAIL: "E-Mail|Email Address|E-mailadres|E-post|E-postadresse|Epost|Mail",
    Field.EMAIL2: "E-Mail 2|Second E-Mail|E-mail 2|E-mailadres 2|E-post 2|E-postadresse 2",
    Field.ADDRESS: "Address|Street|Adres|Straat|Straat en huisnummer|Adresse|Gateadresse|Gate",
    Field.POST_CODE: "Post Code|Postal Code|Postcode|Zip|Zip Code|Postnr.|Postnummer",
    Field.CITY: "City|Town|Plaats|Stad|Woonplaats|Gemeente|By|Sted|Poststed",
    Field.COUNTRY: "Country|Country Code|Country/Region Code|Land|Landcode|Land-/regiocode|Landkode|Lands-/områdekode",
    Field.TERRITORY: "Territory|Territory Code|Region|Regio|Regiocode|Gebied|Distrikt|Distriktskode|Område",
    Field.LANGUAGE: "Language|Language Code|Taal|Taalcode|Språk|Språkkode",
    Field.SALESPERSON: (
        "Salesperson|Salesperson Code|Salesperson E-Mail|Verkoper|Verkoperscode|Verkopercode|E-mail verkoper"
        "|Vertegenwoordiger|Selger|Selgerkode|Selgers e-post"
    ),
    Field.CORRESPONDENCE: "Correspondence Type|Correspondentietype|Korrespondansetype",
    Field.SALUTATION: "Salutation|Salutation Code|Aanhef|Aanhefcode|Hilsen|Tiltaleform|Hilsningskode",
    Field.ORGANIZATIONAL_LEVEL: (
        "Organizational Level|Organizational Level Code|Organisatieniveau|Organisatieniveaucode"
        "|Organisasjonsnivå|Organisasjonsnivåkode"
    ),
    Field.EXCLUDE_FROM_SEGMENT: "Exclude from Segment|Uitsluiten van segment|Utelat fra segment",
    Field.PRIVACY_BLOCKED: "Privacy Blocked|Geblokkeerd vanwege privacy|Privacy geblokkeerd|Personvern sperret",
    Field.MINOR: "Minor|Minderjarig|Mindreårig",
    Field.PARENTAL_CONSENT: (
        "Parental Consent Received|Parental Consent|Ouderlijke toestemming ontvangen|Ouderlijke toestemming"
        "|Foreldresamtykke mottatt|Foreldresamtykke"
    ),
    Field.MAILING_GROUPS: (
        "Mailing Groups|Mailing Group|Mailing Group Code|Mailinggroep|Mailinggroepen|Postgruppe|Postgrupper"
    ),
    Field.INDUSTRY_GROUPS: (
        "Industry Groups|Industry Group|Industry Group Code|Sector|Sectoren|Bransjegruppe|Bransjegrupper|Bransje"
    ),
    Field.JOB_RESPONSIBILITIES: (
        "Job Responsibilities|Job Responsibility|Job Responsibility Code|Functiegroep|Functiegroepen"
        "|Ansvarsområde|Ansvarsområder"
    ),
}
_FIELDS = {compact(name): field for field, names in _NAMES.items() for name in names.split("|")}


@dataclass(frozen=True, slots=True)
class Columns:
    """Which cell of a row holds which field, and the columns that are passed over."""

    fields: tuple[tuple[int, Field], ...]
    unknown: tuple[str, ...]


def columns_of(header: Sequence[str]) -> Columns:
    """Return what the columns are; unknown ones, and a field's second one, are named and passed over.

    Raises:
        Refusal: no column tells contacts apart.
    """
    fields: dict[Field, int] = {}
    unknown = []
    for place, title in enumerate(header):
        field = field_of(title)
        if field is not None and field not in fields:
            fields[field] = place
        elif title.strip() and compact(title) != compact(REASON):
            unknown.append(title.strip())
    if not {Field.NUMBER, Field.EMAIL, Field.NAME, Field.SURNAME} & set(fields):
        raise Refusal(
            "The first line must name the columns, and one of them must be “No.”, “Name” or “E-Mail”."
            " Saleslog read: {titles}.",
            titles=", ".join(unknown) or "–",
        )
    return Columns(tuple((place, field) for field, place in fields.items()), tuple(unknown))


def field_of(title: str) -> Field | None:
    """Return the field that a column's title means."""
    return _FIELDS.get(compact(title))
