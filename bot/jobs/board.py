"""Runs jobs when their turn has come, once for all processes, and remembers how they ended."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.messages import Refusal
from storage.jobs import JobRows

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do again and again; it returns what it did in one sentence, empty when there was nothing to do."""

    name: str
    every: timedelta
    run: Callable[[], str]


class Board:
    """The jobs' turns."""

    def __init__(self, rows: JobRows) -> None:
        self._rows = rows

    def look(self, job: Job) -> None:
        """Run the job if it is due and nobody else does; never raises."""
        try:
            if self._rows.claim(job.name, job.every):
                self.run(job)
        except Refusal as refusal:
            _log.warning("job %s waits: %s", job.name, type(refusal).__name__)
        except Exception:  # noqa: BLE001 - noted on the board; the clock rings again
            _log.exception("job %s broke", job.name)

    def run(self, job: Job) -> str:
        """Run the job now and note how it ended.

        Raises:
            Exception: whatever the job raised; it is noted first.
        """
        try:
            result = job.run()
        except Exception as error:
            self._rows.failed(job.name, type(error).__name__)
            raise
        self._rows.ended(job.name, result)
        return result
