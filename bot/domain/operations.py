"""An operation lists what one act created, so that it can be undone as a whole (`product.md` 4.1)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ids import OperationId, PersonId

UNDO_WINDOW = timedelta(minutes=10)


class OperationKind(StrEnum):
    """What was done."""

    LOG = "log"
    QUICK_LOG = "quick_log"
    DISCARD = "discard"
    FOLLOW_UP = "follow_up"
    CANCEL = "cancel"
    REINSTATE = "reinstate"
    EVALUATE = "evaluate"
    COMPLETE = "complete"
    """A follow-up was ticked off."""

    LOG_SEGMENT = "log_segment"
    CANCEL_SEGMENT = "cancel_segment"
    REINSTATE_SEGMENT = "reinstate_segment"
    MERGE = "merge"
    """Of two contacts one survives."""

    DELETE_CONTACT = "delete_contact"
    ANSWER = "answer"
    """What arrived by itself was recorded, or ignored."""
    ATTACH = "attach"
    """A file was attached to an entry, replaced or taken off."""


class ItemKind(StrEnum):
    """What an operation touched."""

    ENTRY = "entry"
    TASK = "task"
    DRAFT = "draft"
    CONTACT = "contact"
    LOGGED = "logged"
    """A logged segment; its entries are found through it."""

    ARRIVAL = "arrival"
    """What arrived by itself."""


class SetupKind(StrEnum):
    """What admins set up, as history names it."""

    TEMPLATE = "template"
    GROUP = "group"
    SETUP = "setup"
    """Which template records what."""

    SERIES = "series"


class CancelReason(StrEnum):
    """Why an entry is canceled."""

    UNDONE = "undone"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One act of one person; `ended_at` starts the undo window."""

    id: OperationId
    actor: PersonId
    kind: OperationKind
    ended_at: datetime
    undone_at: datetime | None = None
    answer: str | None = None
    """Key of the message that told of it."""
    items: tuple[tuple[ItemKind, int], ...] = ()

    def undoable_at(self, now: datetime) -> bool:
        """Whether Undo is still offered."""
        return self.undone_at is None and now < self.ended_at + UNDO_WINDOW
