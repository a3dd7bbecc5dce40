"""Writing an ordered export: read page by page, told as it grows, handed over once."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.domain.deliveries import DeliveryKind
from bot.domain.entry_exports import TRIES, Export, Limits, SheetFormat
from bot.domain.messages import Busy
from bot.domain.people import Person
from bot.services import exports
from bot.services.bell import Bell
from bot.services.filter_names import names_of
from bot.services.log_reading import LogReading
from bot.services.people import People, scope
from bot.sheets.cells import Cell
from bot.text import Text
from bot.views import asked
from bot.views import entry_exports as views
from bot.views.entry_sheet import EntryRows
from bot.views.filter_words import in_words
from bot.views.kit import Payload
from storage.entry_exports import Exports
from storage.store import Store

REST = 0.002


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """An export as it is being written, for its reader."""

    export: Export
    reader: Person
    text: Text
    words: str
    reading: LogReading


class ExportWriting:
    """Writes one export at a time into `folder`, where it waits until it is delivered."""

    def __init__(
        self,
        store: Store,
        people: People,
        bell: Bell,
        folder: Path,
        limits: Limits,
        stopped: threading.Event,
    ) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._folder = folder
        self._limits = limits
        self._stopped = stopped

    def write(self, export: Export) -> None:
        """Write a claimed export and hand it over, or say why there is nothing to hand over.

        Raises:
            Stopped: it was stopped before its end.
            Busy, Unwritable, OSError: it came to no end; it is tried again.
        """
        task = self._task(export)
        if task is None:
            return self._forget(export)
        if export.tries > TRIES:
            return self._say(task, views.failed)
        counted = task.reading.count(self._limits.most).number
        if not counted:
            return self._say(task, views.nothing)
        if counted > self._limits.most:
            return self._say(task, views.too_many)
        return self._hand_over(task, counted)

    def _task(self, export: Export) -> _Task | None:
        """Return what is to be done; None when its reader has left."""
        reader = self._people.of(export.workspace, export.person)
        if reader is None or not reader.active:
            return None
        wanted, text = asked.read(export.asked).filter, self._people.text(reader)
        with self._store.read(export.workspace) as work:
            words = in_words(wanted, names_of(work, wanted), reader.id, text)
        reading = LogReading(
            self._store,
            export.workspace,
            wanted,
            lambda work: scope(work, reader),
            self._stopped,
            self._limits.at_once,
        )
        return _Task(export=export, reader=reader, text=text, words=words, reading=reading)

    def _hand_over(self, task: _Task, counted: int) -> None:
        export = task.export
        path = self._folder / f"export-{export.id}-{self._store.ids()}.{export.format}"
        count, sheets = self._written(task, path, counted)
        if path.stat().st_size > self._limits.most_bytes:
            path.unlink()
            return self._say(task, views.too_large)
        file = {"path": str(path), "name": views.file_name(export.format, task.text)}
        if not self._end(task, views.here(count, sheets, task.words, task.text), file):
            path.unlink()
        return None

    def _written(self, task: _Task, path: Path, counted: int) -> tuple[int, int]:
        """Write the file; return how many rows and how many sheets it has."""
        rows = EntryRows(task.text)
        pages = self._pages(task, rows, counted)
        if task.export.format is SheetFormat.EXCEL:
            return exports.write_workbook(self._store, path, rows.layout, pages)
        return exports.write_rows(self._store, path, rows.layout.heading, pages, rows.dialect), 1

    def _pages(self, task: _Task, rows: EntryRows, counted: int) -> Iterator[list[list[Cell]]]:
        """Yield the rows, and say now and then how many there are."""
        done, said = 0, time.monotonic() - self._limits.said_every
        for found in task.reading.pages():
            if time.monotonic() >= said + self._limits.said_every:
                said = time.monotonic()
                self._keep(task, done, counted)
            yield rows.written(found)
            done += len(found)
            self._stopped.wait(REST)

    def _keep(self, task: _Task, done: int, counted: int) -> None:
        """Show that this process is alive, and tell the reader of a large export how far it is."""
        export = task.export
        with suppress(Busy), self._store.begin(export.workspace) as work:
            Exports(work.access).keep(export)
            if counted >= self._limits.large:
                words = views.progress(done, counted, task.text)
                key = f"{export.answer}:{export.tries}:{done}"
                work.deliveries.say(key, DeliveryKind.ANSWER, task.reader.id, words, answer=export.answer)
        self._bell.ring()

    def _say(self, task: _Task, words: Callable[[str, Text], Payload]) -> None:
        self._end(task, words(task.words, task.text))

    def _end(self, task: _Task, words: Payload, file: Payload | None = None) -> bool:
        """Take the export off the list, and say what came of it; False when that is another one's to do."""
        export, reader = task.export, task.reader.id
        with self._store.begin(export.workspace) as work:
            if not Exports(work.access).end(export):
                return False
            work.deliveries.say(
                f"{export.answer}:end", DeliveryKind.ANSWER, reader, words, answer=export.answer
            )
            if file is not None:
                work.deliveries.say(f"{export.answer}:file", DeliveryKind.FILE, reader, file)
        self._bell.ring()
        return True

    def _forget(self, export: Export) -> None:
        with self._store.begin(export.workspace) as work:
            Exports(work.access).end(export)
