"""Files on entries: attached after logging, replaced, taken off, handed out (`domain.md` 1.15)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore

from bot.domain.attachments import Attachment
from bot.domain.deliveries import DeliveryKind
from bot.domain.entries import Listed
from bot.domain.entry_files import refuse_read_only, with_file
from bot.domain.file_kinds import MEDIA_TYPES, FileKind, FileName
from bot.domain.ids import AttachmentId, EntryId, OperationId
from bot.domain.interactions import Entry
from bot.domain.messages import Message, Refusal, n_
from bot.domain.operations import UNDO_WINDOW, ItemKind, Operation, OperationKind
from bot.domain.people import Person
from bot.inspection.quarantine import inspect
from bot.services.bell import Bell
from bot.services.gates import CHANGE, changeable
from bot.services.people import People
from bot.views import entry_files as views
from storage.attachments import Attachments
from storage.store import Store
from storage.work import Work

Look = Callable[[FileKind, bytes], None]
AT_ONCE = 4
"""So many files are in memory at a time; others wait."""
CHANGED = n_("Somebody changed this entry meanwhile. Open it again to see what stands there now.")


@dataclass(frozen=True, slots=True)
class Place:
    """An entry to which a file can be attached, and what hangs on it now."""

    listed: Listed
    attached: Attachment | None


class EntryFiles:
    """Attaches files to entries."""

    def __init__(self, store: Store, people: People, bell: Bell, look: Look = inspect) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._look = look
        self._few = BoundedSemaphore(AT_ONCE)

    def place(self, actor: Person, entry: EntryId) -> Place:
        """Return an entry that may have another file.

        Raises:
            Refusal: it is canceled, not the actor's to change, or its file came with logging.
        """
        with self._store.read(actor.workspace) as work:
            return _place(work, actor, entry)

    def take(
        self, actor: Person, entry: EntryId, file: FileName, fetch: Callable[[], bytes]
    ) -> Message | None:
        """Attach a file in place of what hangs there; return what stands against it, None when it hangs."""
        try:
            self.place(actor, entry)
            with self._few:
                content = fetch()
                self._look(file.kind, content)
                with self._store.begin(actor.workspace) as work:
                    kept = Attachments(work.access).put(file.name, MEDIA_TYPES[file.kind], content)
                    self._exchange(work, actor, entry, kept)
        except Refusal as refusal:
            return refusal.message
        self._bell.ring()
        return None

    def remove(self, actor: Person, entry: EntryId) -> None:
        """Take the file off an entry.

        Raises:
            Refusal: it is canceled, not the actor's to change, or its file came with logging.
        """
        with self._store.begin(actor.workspace) as work:
            self._exchange(work, actor, entry, None)
        self._bell.ring()

    def _exchange(self, work: Work, actor: Person, entry: EntryId, kept: AttachmentId | None) -> None:
        """Let a file hang on an entry, or none; the same once more changes nothing."""
        place = _place(work, actor, entry)
        before, now = place.listed.entry, work.access.clock.now()
        if before.attachment == kept:
            return
        after = with_file(before, kept, now)
        if not work.entries.change(before, after):
            raise Refusal(CHANGED)
        old, new = file_names(work, before, after)
        work.history.note(ItemKind.ENTRY, entry, actor.id, ("attachment", old, new))
        self._tell(work, actor, place, _operation(work, actor, before, after), new or "")

    def _tell(self, work: Work, actor: Person, place: Place, operation: Operation, name: str) -> None:
        """Say what was done: at once, and without **Undo** when that is over."""
        text, answer = self._people.text(actor), operation.answer or ""
        work.deliveries.open_answer(answer, actor.id, None)
        told = views.done(place.listed, name, operation.id, text)
        work.deliveries.say(answer, DeliveryKind.CONFIRMATION, actor.id, told, answer=answer)
        over, at = views.done(place.listed, name, None, text), operation.ended_at + UNDO_WINDOW
        work.deliveries.say(f"{answer}:over", DeliveryKind.REPLACEMENT, actor.id, over, answer=answer, at=at)


def file_names(work: Work, before: Entry, after: Entry) -> tuple[str | None, str | None]:
    """Return what the files of an entry are called, before and after a change."""
    rows = Attachments(work.access)
    files = (rows.get(entry.attachment) if entry.attachment else None for entry in (before, after))
    old, new = (file.name if file else None for file in files)
    return old, new


def file_before(work: Work, operation: OperationId, entry: Entry) -> Entry:
    """Return an entry with the file that it had before an operation, as far as nobody changed that since."""
    noted = work.requests.first_answer(_noted(operation))
    if noted is None or entry.attachment != noted["after"]:
        return entry
    before = noted["before"]
    if before is not None and Attachments(work.access).get(before) is None:
        return entry
    at = datetime.fromisoformat(noted["at"]) if noted["at"] else None
    return with_file(entry, AttachmentId(before) if before is not None else None, at)


def _place(work: Work, actor: Person, entry: EntryId) -> Place:
    listed = changeable(work, actor, entry, CHANGE)
    refuse_read_only(listed.entry)
    return Place(listed, Attachments(work.access).of_entry(entry))


def _operation(work: Work, actor: Person, before: Entry, after: Entry) -> Operation:
    """Write down an operation with what it takes to undo it."""
    identity, now = OperationId(work.access.ids()), work.access.clock.now()
    operation = Operation(
        id=identity,
        actor=actor.id,
        kind=OperationKind.ATTACH,
        ended_at=now,
        answer=f"act:{identity}",
        items=((ItemKind.ENTRY, int(after.id)),),
    )
    work.operations.add(operation)
    noted = {
        "before": before.attachment,
        "at": before.attached_at.isoformat() if before.attached_at else None,
        "after": after.attachment,
    }
    work.requests.remember(_noted(identity), noted)
    return operation


def _noted(operation: OperationId) -> str:
    return f"file:{operation}"
