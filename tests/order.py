"""In which order files are handed to the test processes: the longest first, so that at the end nobody waits for one."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

HERE = Path(__file__).parent
SECONDS: Mapping[str, int] = MappingProxyType(
    {
        "faults/test_segment_runs.py": 60,
        "faults/test_purge.py": 45,
        "faults/test_reminders_and_kills.py": 43,
        "matrix/test_matrix.py": 33,
        "cli/test_run.py": 30,
        "services/test_reminders.py": 29,
        "cli/test_operations.py": 28,
        "journeys/test_later.py": 27,
        "services/test_packing.py": 25,
        "faults/test_letters_and_kills.py": 25,
        "services/test_membership.py": 22,
        "cli/test_check.py": 20,
        "cli/test_job.py": 20,
        "services/test_segment_runs.py": 20,
        "services/test_purge.py": 19,
        "playground/page/test_page_forms.py": 18,
        "playground/page/test_page_talk.py": 18,
        "faults/test_kills.py": 17,
        "faults/test_documents_and_kills.py": 15,
        "faults/test_imports_and_kills.py": 15,
        "services/test_segment_lines.py": 17,
        "services/test_snoozes.py": 15,
        "architecture/test_borders.py": 14,
        "faults/test_databases.py": 14,
        "services/test_logged_segments.py": 14,
        "handlers/test_segment_runs.py": 13,
        "journeys/test_demo.py": 13,
        "services/test_pasting.py": 13,
        "faults/test_bad_days.py": 12,
        "services/test_files.py": 12,
        "handlers/test_membership.py": 11,
        "storage/test_search.py": 11,
        "word/test_hostile_files.py": 10,
    }
)
"""Measured with four processes on two cores (`pytest --durations=0`); a file that is not named takes less."""


class Item(Protocol):
    """A test."""

    path: Path


def longest_first(items: list[Item]) -> None:
    """Order tests by the seconds that their file takes; within a file, and among the short ones, nothing changes."""
    items.sort(key=lambda item: -seconds_of(item.path))


def seconds_of(path: Path) -> int:
    """Return about how long a file takes."""
    return SECONDS.get(path.relative_to(HERE).as_posix(), 0)
