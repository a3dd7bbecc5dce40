"""Exports of the interaction log: which columns, what kind of file, what is to be written (`product.md` 7)."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import ExportId, PersonId, WorkspaceId

TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much goes into one file through Slack; the command line knows no end.

    `large`: from so many entries on the reader is told how far it has come, every `said_every` seconds.
    `at_once`: so many are read in one transaction. `most_bytes`: Slack takes no larger file.
    """

    large: int = 10_000
    said_every: float = 5.0
    at_once: int = 2_000
    most: int = 2_000_000
    most_bytes: int = 1_000_000_000


LIMITS = Limits()


class SheetFormat(StrEnum):
    """What kind of file an export becomes; the value is the file's ending."""

    EXCEL = "xlsx"
    CSV = "csv"


class Column(StrEnum):
    """What stands in a row about one entry, from left to right."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    CONTACT_NUMBER = "contact_number"
    CONTACT = "contact"
    COMPANY = "company"
    TEMPLATE = "template"
    GROUP = "group"
    DESCRIPTION = "description"
    SUBJECT = "subject"
    COMMENT = "comment"
    EVALUATION = "evaluation"
    ATTEMPT_FAILED = "attempt_failed"
    SALESPERSON = "salesperson"
    LOGGED_BY = "logged_by"
    LOGGED_AT = "logged_at"
    CORRESPONDENCE = "correspondence"
    FLOW = "flow"
    INITIATED_BY = "initiated_by"
    DURATION = "duration"
    COST = "cost"
    LANGUAGE = "language"
    CAMPAIGN = "campaign"
    OPPORTUNITY = "opportunity"
    SEGMENT = "segment"
    ATTACHMENT = "attachment"
    DOCUMENT_TYPE = "document_type"
    DOCUMENT_NUMBER = "document_number"
    DOCUMENT_VERSION = "document_version"
    CANCELED = "canceled"
    CANCELED_BY = "canceled_by"
    CANCELED_AT = "canceled_at"
    CANCEL_REASON = "cancel_reason"


EXPORTED = tuple(column for column in Column if column is not Column.CANCEL_REASON)
"""What an export tells; the reason is of interest only where what was undone is told too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What somebody ordered and nobody has written yet; `asked` is the filter's word."""

    id: ExportId
    workspace: WorkspaceId
    person: PersonId
    format: SheetFormat
    asked: str
    tries: int = 0

    @property
    def answer(self) -> str:
        """The key of the one message about it."""
        return f"export:{self.id}"
