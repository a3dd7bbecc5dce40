"""A process that works on runs, to be killed in the middle; the clock stands at the moment given."""

import sys
from datetime import datetime

from bot.clock import FixedClock
from bot.domain.ids import LoggedId, WorkspaceId
from bot.domain.segments import Logged
from bot.services.people import People
from bot.services.segment_runs import SegmentRuns
from bot.services.segments import Segments
from storage.store import open_store


class Silence:
    def ring(self) -> None: ...

    def home_changed(self, workspace: WorkspaceId, person: LoggedId) -> None: ...


class NothingToPack:
    cursor, over = 0, True

    def step(self, _workspace: WorkspaceId, _run: Logged) -> "NothingToPack":
        return self

    def drop(self, _run: Logged) -> None: ...


def main(url: str, at: str) -> None:
    store = open_store(url, FixedClock(datetime.fromisoformat(at)))
    people = People(store, frozenset(), guests_allowed=False)
    bell = Silence()
    runs = SegmentRuns(store, people, bell, Segments(store, people, bell), NothingToPack())
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(runs.run())
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
