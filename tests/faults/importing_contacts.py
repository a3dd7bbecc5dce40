"""A process that works on imports, to be killed in the middle; the clock stands at the moment given."""

import shutil
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.clock import FixedClock
from bot.domain.ids import PersonId, WorkspaceId
from bot.services.import_orders import ContactImports
from bot.services.people import People
from storage.store import Store, open_store


class Silence:
    def ring(self) -> None: ...

    def home_changed(self, workspace: WorkspaceId, person: PersonId) -> None: ...


class Files:
    """Slack, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(
        self, _workspace: WorkspaceId, file: str, path: Path, _most: int, heard: Callable[[], None]
    ) -> None:
        heard()
        shutil.copy(self._folder / file, path)


def imports_on(store: Store, folder: Path) -> ContactImports:
    """Return the imports of a process, with files that are at Slack in a folder."""
    people = People(store, frozenset(), guests_allowed=False)
    return ContactImports(store, people, Silence(), folder / "waiting", Files(folder))


def main(url: str, at: str, folder: str) -> None:
    store = open_store(url, FixedClock(datetime.fromisoformat(at)))
    imports = imports_on(store, Path(folder))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(imports.run())
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
