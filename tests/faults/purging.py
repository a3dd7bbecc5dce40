"""A process that purges, to be killed in the middle; the clock stands at the moment given."""

import sys
from datetime import datetime
from pathlib import Path

from bot.clock import FixedClock
from bot.domain.ids import PersonId, WorkspaceId
from bot.services.card_messages import CardMessages
from bot.services.people import People
from bot.services.purge import Purge
from bot.services.sweep import Pace, Sweep
from storage.store import open_store


class Silence:
    def ring(self) -> None: ...

    def home_changed(self, workspace: WorkspaceId, person: PersonId) -> None: ...


def main(url: str, folder: str, at: str) -> None:
    store = open_store(url, FixedClock(datetime.fromisoformat(at)))
    people = People(store, frozenset(), guests_allowed=False)
    sweep = Sweep(store, lambda: Pace(size=3, smallest=2, largest=4, held=0.001, rest=0.5))
    purge = Purge(store, Silence(), sweep, CardMessages(people, Path(folder)))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(purge.run())
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
