"""Imports of contacts that are ordered in Slack: looked through, asked about, carried out, taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.domain.ids import ImportId, ImportOrderId, PersonId, WorkspaceId
from bot.domain.messages import Refusal

TRIES = 5
"""So often a process may die over an order without having come any further."""

ENDINGS = ("csv", "tsv", "txt", "xlsx")
ANSWER_WITHIN = timedelta(days=7)
"""After so long without an answer a file that was looked through is forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much comes through Slack; the command line knows no end.

    `most_faults`: with more faulty rows a file is to be corrected first. `said_every`: seconds from one word
    about the progress to the next.
    """

    most_bytes: int = 100_000_000
    most_rows: int = 1_000_000
    most_faults: int = 10_000
    said_every: float = 2.0


LIMITS = Limits()


class OrderState(StrEnum):
    """checking → asking → importing, or a reverting by itself; what has come to its end is gone."""

    CHECKING = "checking"
    ASKING = "asking"
    IMPORTING = "importing"
    REVERTING = "reverting"


WORKED_ON = (OrderState.CHECKING, OrderState.IMPORTING, OrderState.REVERTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """What somebody ordered and is not done yet.

    `place` is the last row that is done, `total` how many rows there are; `counts` what became of those done.
    """

    id: ImportOrderId
    workspace: WorkspaceId
    person: PersonId
    state: OrderState
    file: str
    slack_file: str = ""
    subject: ImportId | None = None
    place: int = 0
    total: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    claims: int = 0
    """How often a process began to work on it; who has another number than this has lost it."""

    tries: int = 0
    """How often a process began since it last moved."""

    @property
    def answer(self) -> str:
        """The key of the one message about it."""
        return f"import:{self.subject or self.id}"


def readable(name: str) -> None:
    """Look whether a file's name is a sheet's.

    Raises:
        Refusal: it is not.
    """
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    if ending == "xls":
        raise Refusal("{file} is an old Excel file: save it as .xlsx or .csv.", file=name[:80])
    if ending not in ENDINGS:
        raise Refusal("{file} is no list: send a .csv or .xlsx file.", file=name[:80])
