"""The lists of the setup that are kept in files: their columns, in English, Dutch and Norwegian (`domain.md` 6).

In such a list a cell says what stands in its field, a blank one that nothing does; what no column names stays
as it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain import setup_cells as cells
from bot.domain.folding import compact
from bot.domain.import_cells import Fault
from bot.domain.import_fields import REASON
from bot.domain.messages import Refusal

Row = Mapping[str, Any]
"""What a row says, by field."""


class SetupList(StrEnum):
    """A list; the value is what its sheet is called."""

    GROUPS = "Interaction groups"
    TEMPLATES = "Interaction templates"
    LANGUAGES = "Template languages"
    RECORDING = "Template setup"
    CAMPAIGNS = "Campaigns"
    OPPORTUNITIES = "Opportunities"
    SERIES = "Number series"
    SETTINGS = "Settings"


class Sort(StrEnum):
    """What is imported at once: the value is the word of the command."""

    TEMPLATES = "templates"
    CAMPAIGNS = "campaigns"
    OPPORTUNITIES = "opportunities"
    SETUP = "setup"


LISTS_OF: Mapping[Sort, tuple[SetupList, ...]] = {
    Sort.TEMPLATES: (SetupList.GROUPS, SetupList.TEMPLATES, SetupList.LANGUAGES, SetupList.RECORDING),
    Sort.CAMPAIGNS: (SetupList.CAMPAIGNS,),
    Sort.OPPORTUNITIES: (SetupList.OPPORTUNITIES,),
    Sort.SETUP: (
        SetupList.SERIES,
        SetupList.CAMPAIGNS,
        SetupList.GROUPS,
        SetupList.TEMPLATES,
        SetupList.LANGUAGES,
        SetupList.RECORDING,
        SetupList.OPPORTUNITIES,
        SetupList.SETTINGS,
    ),
}
"""In the order in which they are read: what others name comes before them."""

ALONE: Mapping[Sort, SetupList] = {
    Sort.TEMPLATES: SetupList.TEMPLATES,
    Sort.CAMPAIGNS: SetupList.CAMPAIGNS,
    Sort.OPPORTUNITIES: SetupList.OPPORTUNITIES,
}
"""What a file holds that has but one sheet, or none of ours."""


@dataclass(frozen=True, slots=True)
class Column:
    """A field with its titles, the English one first, and how a cell that is not blank is read."""

    field: str
    titles: str
    read: Callable[[str], Any] = str
    needed: bool = False
    blank: Any = None
    """What a blank cell means."""

    @property
    def title(self) -> str:
        """What the column is called in the files that we write."""
        return self.titles.partition("|")[0]


_CODE = "Code|Kode"
_DESCRIPTION = "Description|Name|Omschrijving|Beschrijving|Naam|Beskrivelse|Navn"
_NUMBER = "No.|Number|Nr.|Nummer"
_SALESPERSON = "Salesperson|Salesperson Code|Verkoper|Verkoperscode|Selger|Selgerkode"
_CAMPAIGN = "Campaign No.|Campaign|Campagnenr.|Campagne|Kampanjenr.|Kampanje"
_COMMENT = "Comment|Comments|Opmerking|Opmerkingen|Merknad|Merknader"
_TEMPLATE = (
    "Interaction Template Code|Interaction Template|Template|Template Code|Interactiesjablooncode|Interactiesjabloon"
    "|Sjabloon|Samhandlingsmal – kode|Samhandlingsmalkode|Samhandlingsmal|Mal"
)
_GROUP = (
    "Interaction Group Code|Interaction Group|Group|Group Code|Interactiegroepcode|Interactiegroep|Groep"
    "|Samhandlingsgruppekode|Samhandlingsgruppe|Gruppe"
)
_LANGUAGE = (
    "Language|Language Code|Language Code (Default)|Taal|Taalcode|Taal (Standaard)|Språk|Språkkode"
    "|Språkkode (standard)"
)

COLUMNS: Mapping[SetupList, tuple[Column, ...]] = {
    SetupList.GROUPS: (
        Column("code", _CODE, cells.code, needed=True),
        Column("description", _DESCRIPTION, cells.words, needed=True),
    ),
    SetupList.TEMPLATES: (
        Column("code", f"{_CODE}|{_TEMPLATE}", cells.code, needed=True),
        Column("group", _GROUP, cells.code),
        Column("description", _DESCRIPTION, cells.words),
        Column("cost", "Unit Cost|Cost|Unit Cost (LCY)|Kosten|Kostprijs|Kostnad|Enhetskost", blank=""),
        Column(
            "duration",
            "Unit Duration (Min.)|Duration|Duration (Min.)|Duur|Duur (min.)|Varighet|Varighet (min.)",
            blank="",
        ),
        Column("flow", "Information Flow|Informatiestroom|Informasjonsflyt", cells.flow),
        Column("initiated_by", "Initiated By|Geïnitieerd door|Initiert av", cells.initiator),
        Column(
            "correspondence",
            "Correspondence Type|Correspondentietype|Korrespondansetype",
            cells.correspondence,
        ),
        Column(
            "ignore_contact",
            "Ignore Contact Corres. Type|Ignore Contact|Correspondentietype contact negeren|Ignorer kontaktens type",
            cells.flag,
            blank=False,
        ),
        Column("language", _LANGUAGE, cells.language),
        Column("wizard_action", "Wizard Action|Wizardactie|Veiviserhandling", cells.wizard_action),
        Column("campaign", _CAMPAIGN, cells.number),
        Column("active", "Active|Actief|Aktiv", cells.flag, blank=True),
    ),
    SetupList.LANGUAGES: (
        Column("template", f"{_TEMPLATE}|{_CODE}", cells.code, needed=True),
        Column("language", _LANGUAGE, cells.language, needed=True),
        Column("description", _DESCRIPTION, cells.words, blank=""),
    ),
    SetupList.RECORDING: (
        Column("recorded", "Document Type|Documenttype|Dokumenttype", cells.recorded, needed=True),
        Column("template", f"{_TEMPLATE}|{_CODE}", cells.code),
    ),
    SetupList.CAMPAIGNS: (
        Column("number", f"{_NUMBER}|{_CAMPAIGN}", cells.number),
        Column("description", _DESCRIPTION, cells.words),
        Column("starts", "Starting Date|Start Date|Begindatum|Startdatum|Startdato", cells.day),
        Column("ends", "Ending Date|End Date|Einddatum|Sluttdato", cells.day),
        Column("salesperson", _SALESPERSON, cells.salesperson),
        Column("active", "Active|Actief|Aktiv", cells.flag, blank=True),
    ),
    SetupList.OPPORTUNITIES: (
        Column("number", f"{_NUMBER}|Opportunity No.|Opportunitynr.|Salgsmulighetsnr.", cells.number),
        Column("description", _DESCRIPTION, cells.words),
        Column("contact", "Contact No.|Contact|Contactnr.|Kontaktnr.|Kontakt", cells.number),
        Column("salesperson", _SALESPERSON, cells.salesperson),
        Column("campaign", _CAMPAIGN, cells.number),
        Column("status", "Status", cells.status),
        Column("comment", _COMMENT, blank=""),
    ),
    SetupList.SERIES: (
        Column("code", _CODE, cells.series, needed=True),
        Column("prefix", "Prefix|Voorvoegsel|Prefiks", blank=""),
        Column("next", "Next No.|Next|Volgend nr.|Neste nr.", needed=True),
        Column("digits", "Digits|Cijfers|Sifre|Siffer", needed=True),
        Column("manual", "Manual Nos.|Manual|Handmatige nrs.|Manuelle nr.", cells.flag, blank=False),
    ),
    SetupList.SETTINGS: (
        Column("setting", "Setting|Instelling|Innstilling", needed=True),
        Column("value", "Value|Waarde|Verdi", needed=True),
    ),
}


class RowReader:
    """Reads the rows of one sheet by its titles; unknown ones, and a field's second one, are passed over.

    Raises:
        Refusal: a column without which nothing can be told is not there.
    """

    def __init__(self, wanted: SetupList, header: Sequence[str]) -> None:
        known = {
            compact(title): column
            for column in reversed(COLUMNS[wanted])
            for title in column.titles.split("|")
        }
        places: dict[str, tuple[int, Column]] = {}
        unknown = []
        for place, title in enumerate(header):
            column = known.get(compact(title))
            if column is not None and column.field not in places:
                places[column.field] = (place, column)
            elif title.strip() and compact(title) != compact(REASON):
                unknown.append(title.strip())
        self.unknown = tuple(unknown)
        self._places = tuple(places.values())
        _refuse_without(wanted, frozenset(places), self.unknown)

    def read(self, cells_of_row: Sequence[str]) -> Row:
        """Return what a row says.

        Raises:
            Fault: a cell can't be understood, or one that is needed is blank.
        """
        return {
            column.field: _read(column, cells_of_row[place] if place < len(cells_of_row) else "")
            for place, column in self._places
        }


def knows(wanted: SetupList, header: Sequence[str]) -> int:
    """Return how many of a sheet's titles a list knows."""
    names = {compact(title) for column in COLUMNS[wanted] for title in column.titles.split("|")}
    return sum(compact(title) in names for title in header)


def _refuse_without(wanted: SetupList, found: frozenset[str], unknown: Sequence[str]) -> None:
    missing = [one.title for one in COLUMNS[wanted] if one.needed and one.field not in found]
    if missing or not found:
        raise Refusal(
            "{list}: the first line must name the columns, with “{missing}” among them. Saleslog read: {titles}.",
            list=wanted.value,
            missing="”, “".join(missing or [COLUMNS[wanted][0].title]),
            titles=", ".join(unknown) or "–",
        )


def _read(column: Column, cell: str) -> Any:
    plain = cell.strip()
    if plain:
        return column.read(plain)
    if column.needed:
        raise Fault("“{title}” is blank: fill it in.", title=column.title)
    return column.blank
