"""What became of the rows of an import, counted."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.ids import ImportId
from bot.domain.import_fields import columns_of
from bot.domain.import_results import Report
from bot.domain.messages import Message
from bot.services.import_errors import ErrorFile
from bot.services.import_files import Sheet
from bot.services.import_rows import Decided, Outcome

SHOWN_FAULTS = 5

Progress = Callable[[int, float], None]
"""Told the rows done so far and the share of the file that has been read, from 0 to 1."""


@dataclass(slots=True)
class Tally:
    """Counts outcomes, and passes faulty rows on to the error file."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    faults: list[tuple[int, Message]] = field(default_factory=list)

    def add(self, decided: Decided, errors: ErrorFile) -> None:
        """Count a chunk."""
        self.outcomes.update(decided.outcomes)
        self.outcomes[Outcome.FAULTY] += len(decided.faulty)
        for row in decided.faulty:
            errors.add(row.cells, row.reason.text.format(**row.reason.values))
            if len(self.faults) < SHOWN_FAULTS:
                self.faults.append((row.place, row.reason))

    @property
    def rows(self) -> int:
        """How many rows have been counted."""
        return self.outcomes.total()

    def report(self, sheet: Sheet, made: ImportId | None, seconds: float) -> Report:
        """Return the counts so far."""
        columns = columns_of(sheet.header)
        return Report(
            new=self.outcomes[Outcome.NEW],
            changed=self.outcomes[Outcome.CHANGED],
            unchanged=self.outcomes[Outcome.UNCHANGED],
            faulty=self.outcomes[Outcome.FAULTY],
            known_columns=tuple(sheet.header[place].strip() for place, _ in columns.fields),
            unknown_columns=columns.unknown,
            import_id=made,
            seconds=seconds,
            faults=tuple(self.faults),
        )


def silence(_rows: int, _share: float) -> None:
    """Tell nobody how far it is."""
