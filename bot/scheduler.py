"""The clock that rings: APScheduler with static jobs in memory; the database decides what is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to look at again and again; missed rings fall together into one."""

    name: str
    every: timedelta
    job: Callable[[], object]


class Scheduler:
    """Rings each tick; a missed or doubled ring has no effect, since jobs claim their work in the database."""

    def __init__(self, ticks: list[Tick]) -> None:
        defaults = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        self._scheduler = BackgroundScheduler(timezone="UTC", job_defaults=defaults)
        for tick in ticks:
            self._scheduler.add_job(tick.job, "interval", seconds=tick.every.total_seconds(), id=tick.name)

    @property
    def alive(self) -> bool:
        """Whether the clock is running."""
        return bool(self._scheduler.running)

    def start(self) -> None:
        """Start ringing."""
        self._scheduler.start()

    def stop(self) -> None:
        """Let running jobs finish, then stop."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
