"""What came of imports of contacts: the counts of a file, of a revert, of the imports that were made."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ImportId
from bot.domain.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of the rows of a file."""

    new: int
    changed: int
    unchanged: int
    faulty: int
    known_columns: tuple[str, ...]
    unknown_columns: tuple[str, ...]
    import_id: ImportId | None
    """What a revert asks for; None after a check."""
    seconds: float
    faults: tuple[tuple[int, Message], ...] = ()
    """The first faulty rows, by their place among the rows, and why."""

    @property
    def rows(self) -> int:
        """How many rows the file has below the titles, blank ones aside."""
        return self.new + self.changed + self.unchanged + self.faulty


@dataclass(frozen=True, slots=True, kw_only=True)
class Reverted:
    """What taking an import back came to."""

    deleted: int
    restored: int
    stayed: int
    names: tuple[str, ...]
    """Some of those that stayed as they are: somebody changed them since, or something refers to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """One import as it was registered."""

    id: ImportId
    file: str
    ended_at: datetime | None
    reverted_at: datetime | None
    counts: Mapping[str, int]
    by: str = ""
    """The name of who imported, empty at the command line."""


@dataclass(frozen=True, slots=True)
class Past:
    """An import in the list; `at_work` while it is being taken back."""

    imported: Imported
    at_work: bool
