"""What takes many minutes: each is begun at once by a thread of its own, and by the clock where that was killed."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from bot.jobs.board import Board, Job
from bot.jobs.exports import export
from bot.jobs.imports import import_contacts
from bot.jobs.segments import log_segments
from bot.jobs.worker import Worker


def long_jobs(services: Mapping[str, Any], every: timedelta) -> tuple[Job, ...]:
    """Return the jobs."""
    return (
        Job("segments", every, lambda: log_segments(services["runs"])),
        Job("imports", every, lambda: import_contacts(services["imports"])),
        Job("exports", every, lambda: export(services["entry_exports"])),
    )


def workers(services: Mapping[str, Any], board: Board) -> tuple[Worker, ...]:
    """Return the threads; a job's turn has come whenever there is something to do."""
    segments, imports, exports = long_jobs(services, timedelta())
    return (
        Worker(segments.name, services["runs"], partial(board.look, segments)),
        Worker(imports.name, services["imports"], partial(board.look, imports)),
        Worker(exports.name, services["entry_exports"], partial(board.look, exports)),
    )
