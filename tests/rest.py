"""When a program is at rest: nothing that it took is still being done."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from sqlalchemy import select

from bot.app import Saleslog
from storage.tables.segments import logged_segments

PATIENCE = 15.0
LOOK_SECONDS = 0.005


class Rest:
    """Counts what the program's threads are still doing, so that one scenario ends before the next begins."""

    def __init__(self, program: Saleslog) -> None:
        self._store = program.store
        self._doing: set[Future[Any]] = set()
        for pool in (program.listeners, program.outbox._pool):
            self._watch(pool)

    def runs_end(self) -> None:
        """Wait until no segment is being logged, canceled or taken back any more."""
        until = time.monotonic() + PATIENCE
        working = select(logged_segments.c.id).where(logged_segments.c.state.not_in(("logged", "undone")))
        while time.monotonic() < until:
            with self._store.reading() as connection:
                if connection.execute(working.limit(1)).first() is None:
                    return
            time.sleep(LOOK_SECONDS)
        raise AssertionError(f"a run is still at work after {PATIENCE} s")

    def wait(self) -> None:
        """Wait until nothing is being done any more."""
        until = time.monotonic() + PATIENCE
        while self._doing:
            assert time.monotonic() < until, f"still at work after {PATIENCE} s: {self._doing}"
            time.sleep(LOOK_SECONDS)

    def _watch(self, pool: ThreadPoolExecutor) -> None:
        submit: Any = pool.submit

        def watched(*args: Any, **kwargs: Any) -> Future[Any]:
            doing: Future[Any] = submit(*args, **kwargs)
            self._doing.add(doing)
            doing.add_done_callback(self._doing.discard)
            return doing

        pool.submit = watched  # type: ignore[method-assign]
