"""Letters whose zip is sent once more: their entries say again that they are under way (`domain.md` 2.7)."""

import zipfile
from pathlib import Path

from bot.domain.attachments import line_of
from bot.domain.ids import DeliveryId
from storage.letters import IN_PROGRESS, Letters
from storage.work import Work

LINES_AT_ONCE = 1_000


def under_way_again(work: Work, delivery: DeliveryId) -> None:
    """Note it with the lines that are in the zip; those that could not be made stay as they are."""
    letters = Letters(work.access)
    handed = letters.handed_over(delivery)
    if handed is not None:
        logged, path = handed
        lines = _lines_in(Path(path))
        for start in range(0, len(lines), LINES_AT_ONCE):
            letters.mark(logged, lines[start : start + LINES_AT_ONCE], IN_PROGRESS)


def _lines_in(path: Path) -> list[int]:
    try:
        with zipfile.ZipFile(path) as archive:
            return [line_of(name) for name in archive.namelist()]
    except (OSError, zipfile.BadZipFile):
        return []
