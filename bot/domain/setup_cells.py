"""Reading one cell of a list of the setup: the value, or a fault that names its cure."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.campaigns import LONGEST_DESCRIPTION, OpportunityStatus
from bot.domain.documents import ACT_WORDS, DOCUMENT_WORDS, RECORDED, DocumentType
from bot.domain.folding import compact
from bot.domain.import_cells import READERS, Fault
from bot.domain.import_fields import Field
from bot.domain.interactions import Correspondence, Flow, Initiator, WizardAction
from bot.domain.number_series import SeriesCode
from bot.domain.template_forms import CODE_LIMIT, written_code

NUMBER_LIMIT = 20
_NUMBER = re.compile(r"[A-Z0-9](?:[A-Z0-9 ._/-]{0,18}[A-Z0-9])?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")

flag: Callable[[str], bool] = READERS[Field.MINOR]
language: Callable[[str], str] = READERS[Field.LANGUAGE]
salesperson: Callable[[str], str] = READERS[Field.SALESPERSON]


def code(cell: str) -> str:
    """Return a code in capitals."""
    found = written_code(cell)
    if len(found) > CODE_LIMIT or re.search(r"[\s:]", found):
        raise Fault(
            "“{cell}” can't be a code: write at most {limit} characters, without spaces and colons.",
            cell=cell[:40],
            limit=CODE_LIMIT,
        )
    return found


def number(cell: str) -> str:
    """Return a number in capitals."""
    found = cell.upper()
    if not _NUMBER.fullmatch(found):
        raise Fault(
            "“{cell}” can't be a number: write at most 20 letters, digits, and . _ / - between them.",
            cell=cell[:40],
        )
    return found


def words(cell: str) -> str:
    """Return a description."""
    plain = " ".join(cell.split())
    if len(plain) > LONGEST_DESCRIPTION:
        raise Fault(
            "“{cell}…” is too long: shorten it to {limit} characters.",
            cell=plain[:30],
            limit=LONGEST_DESCRIPTION,
        )
    return plain


def day(cell: str) -> date:
    """Return a day: 2026-11-30, or with the day first, as in 30.11.2026."""
    found = _DAY_FIRST.fullmatch(cell)
    written = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else cell.partition("T")[0]
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise Fault("“{cell}” is no date: write it as in 2026-11-30.", cell=cell[:40]) from error


def _among(kind: str, table: Mapping[StrEnum, str]) -> Callable[[str], Any]:
    known = {compact(word): value for value, names in table.items() for word in _names(value, names)}
    choices = ", ".join(names.partition("|")[0] for names in table.values())

    def read(cell: str) -> Any:
        found = known.get(compact(cell))
        if found is None:
            raise Fault(
                "“{cell}” is no {kind}: write one of these: {choices}.",
                cell=cell[:40],
                kind=kind,
                choices=choices,
            )
        return found

    return read


def _names(value: StrEnum, names: str) -> Iterable[str]:
    return value.value, value.value.replace("_", " "), *names.split("|")


flow = _among(
    "information flow",
    {
        Flow.OUTBOUND: "Outbound|Uitgaand|Utgående",
        Flow.INBOUND: "Inbound|Inkomend|Binnenkomend|Innkommende|Inngående",
    },
)
initiator = _among("initiator", {Initiator.US: "Us|Wij|Ons|Oss|Vi", Initiator.THEM: "Them|Zij|Hen|Dem|De"})
correspondence = _among(
    "correspondence type",
    {
        Correspondence.HARD_COPY: "Hard Copy|Papier|Papirkopi",
        Correspondence.EMAIL: "Email|E-mail|E-post",
    },
)
wizard_action = _among(
    "wizard action",
    {
        WizardAction.OPEN: "Open|Openen|Åpne",
        WizardAction.IMPORT: "Import|Importeren|Importer",
        WizardAction.MERGE: "Merge|Samenvoegen|Flett",
    },
)
status = _among(
    "status",
    {
        OpportunityStatus.NOT_STARTED: "Not started|Niet gestart|Ikke startet",
        OpportunityStatus.IN_PROGRESS: "In progress|In uitvoering|Pågår",
        OpportunityStatus.WON: "Won|Gewonnen|Vunnet",
        OpportunityStatus.LOST: "Lost|Verloren|Tapt",
    },
)
series = _among("number series", {one: one.value for one in SeriesCode})
recorded = _among(
    "document type",
    {one: DOCUMENT_WORDS[one] if isinstance(one, DocumentType) else ACT_WORDS[one] for one in RECORDED},
)
