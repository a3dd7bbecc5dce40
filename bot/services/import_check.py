"""Checking what importing a file would do: the same decisions, nothing written."""

import time
from dataclasses import replace
from pathlib import Path

from bot.domain.contact_import import Key, KeyKind
from bot.domain.contacts import Contact, match_key
from bot.domain.ids import ContactId, WorkspaceId
from bot.domain.import_fields import Field, columns_of
from bot.domain.import_results import Report
from bot.domain.people import Person
from bot.services.import_chunks import Chunk, Pace, chunks
from bot.services.import_directory import Directory
from bot.services.import_errors import ErrorFile
from bot.services.import_files import opened
from bot.services.import_report import Progress, Tally, silence
from bot.services.import_rows import Decided, Deciding, Known, known
from bot.services.import_scan import repeated_keys
from storage.import_writes import ImportWrites, Written
from storage.store import Store
from storage.work import Work

_SECONDS = 0.25


class _Pretended:
    """Makes nothing, and says it had."""

    def __init__(self) -> None:
        self._made = 0

    def person(self, work: Work, person: Person) -> None:
        """Leave it at that."""

    def group(self, writes: ImportWrites, kind: Field, code: str) -> int:  # noqa: ARG002 - as the real one
        self._made -= 1
        return self._made


class Checking:
    """Counts what importing a file would do.

    Contacts that several rows mean are kept in mind as the rows before would have left them.
    """

    def __init__(self, store: Store, workspace: WorkspaceId, source: Path, progress: Progress | None) -> None:
        self._store = store
        self._workspace = workspace
        self._source = source
        self._progress = progress or silence
        self._directory = Directory(_Pretended())
        self._repeated = repeated_keys(source)
        self._contacts: dict[Key, Contact] = {}
        self._groups: dict[tuple[Field, ContactId], tuple[int, ...]] = {}

    def report(self, errors_to: Path | None) -> Report:
        """Decide chunk by chunk without writing anything."""
        began = time.monotonic()
        pace = Pace(_SECONDS)
        with opened(self._source) as sheet, ErrorFile(errors_to, sheet) as errors:
            columns = columns_of(sheet.header)
            tally = Tally()
            for chunk in chunks(sheet.rows, columns, pace):
                tally.add(self._counted(chunk, pace), errors)
                self._progress(tally.rows, sheet.share())
            return tally.report(sheet, None, time.monotonic() - began)

    def _counted(self, chunk: Chunk, pace: Pace) -> Decided:
        began = time.monotonic()
        with self._store.read(self._workspace) as work:
            writes = ImportWrites(work.access, set())
            writes.expect_many()
            there = self._as_left(known(work, writes, self._directory, chunk), chunk)
            decided = Deciding(work, writes, self._directory, there).all(chunk)
        for one in (*decided.added, *decided.changed):
            self._keep(one)
        pace.took(len(chunk.rows), time.monotonic() - began)
        return decided

    def _as_left(self, there: Known, chunk: Chunk) -> Known:
        """Return what the rows of a chunk would find, had the chunks before been written."""
        met = {row.incoming.key: self._contacts.get(row.incoming.key) for row in chunk.rows}
        contacts = {key: [contact] for key, contact in met.items() if contact is not None}
        groups = {field: dict(known) for field, known in there.groups.items()}
        for (field, contact), ids in self._groups.items() if contacts else ():
            groups.setdefault(field, {})[contact] = ids
        return replace(there, contacts={**there.contacts, **contacts}, groups=groups)

    def _keep(self, written: Written) -> None:
        keys = [key for key in _keys(written.contact) if key in self._repeated]
        self._contacts.update(dict.fromkeys(keys, written.contact))
        if keys:
            self._groups.update({(field, written.contact.id): ids for field, ids in written.groups.items()})


def _keys(contact: Contact) -> tuple[Key, ...]:
    return (
        Key(KeyKind.NUMBER, contact.number),
        Key(KeyKind.EMAIL, contact.email),
        Key(KeyKind.NAME, match_key(contact)),
    )
