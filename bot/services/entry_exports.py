"""Exports of the interaction log: counted, ordered, and written one after the other (`product.md` 7)."""

import threading
import time
from pathlib import Path

from bot.domain.entries import Filter
from bot.domain.entry_exports import LIMITS, Export, Limits, SheetFormat
from bot.domain.ids import ExportId
from bot.domain.people import Person
from bot.services.bell import Bell
from bot.services.export_writing import ExportWriting
from bot.services.filter_names import names_of
from bot.services.log_reading import LogReading, Stopped
from bot.services.people import People, scope
from bot.views import entry_exports as views
from bot.views.entry_exports import Offer
from bot.views.filter_words import in_words
from storage.entry_exports import ExportClaims, Exports
from storage.store import Store

SECONDS_TO_COUNT = 0.7


class EntryExports:
    """Offers, takes orders, and sees to it that they are carried out once, whatever happens to a process."""

    def __init__(
        self, store: Store, people: People, bell: Bell, folder: Path, limits: Limits = LIMITS
    ) -> None:
        self._store = store
        self._people = people
        self._limits = limits
        self._claims = ExportClaims(store)
        self._stopped = threading.Event()
        self._writing = ExportWriting(store, people, bell, folder.absolute(), limits, self._stopped)
        self.awake = threading.Event()

    def offer(self, actor: Person, wanted: Filter) -> Offer:
        """Return what an export would hold, counted as far as Slack waits."""
        reading = LogReading(self._store, actor.workspace, wanted, lambda work: scope(work, actor))
        until = time.monotonic() + SECONDS_TO_COUNT
        counted = reading.count(self._limits.most, lambda: time.monotonic() < until)
        with self._store.read(actor.workspace) as work:
            words = in_words(wanted, names_of(work, wanted), actor.id, self._people.text(actor))
        return Offer(wanted, words, counted.number, counted.whole)

    def order(self, actor: Person, key: str, wanted: Filter, format: SheetFormat) -> None:
        """Order a file; the same order (`key`) once more is the same order."""
        export = Export(
            id=ExportId(self._store.ids()),
            workspace=actor.workspace,
            person=actor.id,
            format=format,
            asked=views.carried(wanted),
        )
        with self._store.begin(actor.workspace) as work:
            if work.requests.remember(key, {"export": int(export.id)}):
                work.deliveries.open_answer(export.answer, actor.id, None)
                Exports(work.access).add(export)
        self.awake.set()

    def waits(self) -> bool:
        """Whether there is an export on which nobody works."""
        return bool(self._claims.free())

    def stop(self) -> None:
        """Leave what is not written yet to the next start."""
        self._stopped.set()
        self.awake.set()

    def run(self) -> str:
        """Write all that nobody works on; return what was done in a sentence."""
        done = 0
        for one in self._claims.free():
            export = None if self._stopped.is_set() else self._claims.claim(one)
            done += export is not None and self._carried_out(export)
        return f"Wrote {done} exports." if done else ""

    def _carried_out(self, export: Export) -> bool:
        try:
            self._writing.write(export)
        except Stopped:
            self._claims.release(export)
            return False
        return True
