"""Throwing away what nobody needs any more (`product.md` 9)."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.operations import UNDO_WINDOW
from storage.store import Store
from storage.tidying import TidyRows
from storage.unused_files import drop_unused, mark_unused

SAID = timedelta(days=30)
REPEATED = timedelta(days=2)
UNTOUCHED = timedelta(days=1)
DISCARDED = timedelta(days=30)
ARRIVED = timedelta(days=30)
TAKEN_BACK = 6 * UNDO_WINDOW
LEFT_OVER = timedelta(hours=1)
AT_ONCE = 200
REST_SECONDS = 0.005


class Tidying:
    """Throws away, a little at a time."""

    def __init__(self, store: Store, exports: Path) -> None:
        self._store = store
        self._rows = TidyRows(store)
        self._exports = exports.absolute()
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Leave the rest to the next run."""
        self._stopped.set()

    def run(self) -> str:
        """Tidy up; return what was thrown away in one sentence, empty when there was nothing."""
        rows = self._rows
        gone = {
            "old messages": self._emptied(rows.deliveries, SAID),
            "keys of repeats": self._emptied(rows.request_keys, REPEATED),
            "empty forms": self._emptied(rows.empty_forms, UNTOUCHED),
            "discarded forms": self._emptied(rows.discarded, DISCARDED),
            "lines of logged segments": self._emptied(rows.logged_lines, TAKEN_BACK),
            "traces of removed contacts": self._emptied(rows.removals, TAKEN_BACK),
            "unused attachments": self._attachments(),
            "words of what arrived": self._emptied(rows.arrivals, ARRIVED),
            "left-over files": self._files(),
        }
        said = [f"{what} {number}" for what, number in gone.items() if number]
        return f"Threw away: {', '.join(said)}." if said else ""

    def _emptied(self, some: Callable[[datetime, int], int], age: timedelta) -> int:
        before, gone = self._store.clock.now() - age, 0
        while not self._stopped.wait(REST_SECONDS) and (number := some(before, AT_ONCE)):
            gone += number
        return gone

    def _attachments(self) -> int:
        mark_unused(self._store)
        return self._emptied(lambda before, _: drop_unused(self._store, before), TAKEN_BACK)

    def _files(self) -> int:
        """Remove files for which no delivery waits; a new one may not have its delivery yet."""
        if not self._exports.is_dir():
            return 0
        awaited = self._rows.awaited_files()
        now = _disk_time(self._exports)
        old = [
            file for file in self._exports.iterdir() if now - file.stat().st_mtime > LEFT_OVER.total_seconds()
        ]
        left = [file for file in old if str(file) not in awaited]
        for file in left:
            file.unlink(missing_ok=True)
        return len(left)


def _disk_time(folder: Path) -> float:
    """Return the time as the disk stamps it: a file just written is new, even where our clock was moved ahead."""
    stamp = folder / ".now"
    stamp.touch()
    written = stamp.stat().st_mtime
    stamp.unlink()
    return written
