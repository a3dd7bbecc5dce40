"""A process that packs the letters of a run, to be killed in the middle."""

import sys
from pathlib import Path

from bot.clock import SystemClock
from bot.domain.ids import LoggedId, WorkspaceId
from bot.services.packing import Packing
from storage.segment_runs import SegmentRuns
from storage.store import open_store


class Silence:
    def ring(self) -> None: ...

    def home_changed(self, workspace: WorkspaceId, person: LoggedId) -> None: ...


def main(url: str, folder: str, workspace: str, logged: str) -> None:
    store = open_store(url, SystemClock())
    packing = Packing(store, Silence(), Path(folder), at_once=40)
    here = WorkspaceId(int(workspace))
    with store.read(here) as work:
        run = SegmentRuns(work.access).get(LoggedId(int(logged)))
    assert run is not None
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while not packing.step(here, run).over:
        sys.stdout.write(".")
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
