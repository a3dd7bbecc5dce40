"""Files that are attached to entries after they were logged (`domain.md` 1.15)."""

from dataclasses import replace
from datetime import datetime

from bot.domain.ids import AttachmentId
from bot.domain.interactions import Entry
from bot.domain.messages import Refusal


def came_with_logging(entry: Entry) -> bool:
    """Whether what hangs on an entry was there when it was logged: it is read-only then."""
    return entry.attachment is not None and entry.attached_at is None


def refuse_read_only(entry: Entry) -> None:
    """Refuse another file where none may be changed.

    Raises:
        Refusal: the entry is canceled, or its file came with logging.
    """
    if entry.canceled:
        raise Refusal("This entry is canceled. Reinstate it first, then attach the file.")
    if came_with_logging(entry):
        raise Refusal(
            "The file of this entry is read-only since it was logged. Log another interaction for another file."
        )


def with_file(entry: Entry, attachment: AttachmentId | None, at: datetime | None) -> Entry:
    """Return the entry with another file, or with none; `at` is when it was attached after logging."""
    return replace(entry, attachment=attachment, attached_at=at if attachment is not None else None)
