"""When each job ran, for all processes: whoever moves `next_at` runs it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from bot.domain.jobs import JobRun
from bot.domain.messages import Conflict
from storage.store import Store
from storage.tables.jobs import jobs


class JobRows:
    """The jobs' runs."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def claim(self, name: str, every: timedelta) -> bool:
        """Take this turn of a job; False when it is not due, or another process was first.

        A turn that lies further ahead than one period was written by a wrong clock: it is due.
        """
        now = self._store.clock.now()
        seen = self._next(name)
        if seen is not None and now < seen <= now + every:
            return False
        try:
            return self._begun(name, seen, now, now + every)
        except Conflict:
            return False

    def ended(self, name: str, result: str) -> None:
        """Note how a run ended."""
        self._note(name, ended_at=self._store.clock.now(), result=result, error="")

    def failed(self, name: str, error: str) -> None:
        """Note why a run failed; when it last went well stays to be seen."""
        self._note(name, failed_at=self._store.clock.now(), error=error)

    def all(self) -> dict[str, JobRun]:
        """Return every job that ever ran, by name."""
        with self._store.reading() as connection:
            rows = connection.execute(select(jobs)).mappings().all()
        return {row["name"]: JobRun(**row) for row in rows}

    def _next(self, name: str) -> datetime | None:
        with self._store.reading() as connection:
            return connection.scalar(select(jobs.c.next_at).where(jobs.c.name == name))

    def _begun(self, name: str, seen: datetime | None, now: datetime, next_at: datetime) -> bool:
        turn = {"next_at": next_at, "started_at": now}
        with self._store.writing() as connection:
            if seen is None:
                connection.execute(insert(jobs).values(name=name, **turn))
                return True
            moved = connection.execute(
                update(jobs).where(jobs.c.name == name, jobs.c.next_at == seen).values(**turn)
            )
            return bool(moved.rowcount)

    def _note(self, name: str, **values: Any) -> None:
        with self._store.writing() as connection:
            connection.execute(update(jobs).where(jobs.c.name == name).values(**values))
