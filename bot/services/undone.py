"""What an undo did, and the sentences that name it (`product.md` 4.1)."""

from dataclasses import dataclass, field

from bot.domain.entries import Listed
from bot.domain.ids import FormId
from bot.domain.messages import Message, n_
from bot.domain.operations import Operation, OperationKind

DID = {
    OperationKind.LOG: n_("Undone: {what}."),
    OperationKind.QUICK_LOG: n_("Undone: {what}."),
    OperationKind.DISCARD: n_("Undone: the discarded draft is back."),
    OperationKind.FOLLOW_UP: n_("Undone: the follow-up is gone."),
    OperationKind.CANCEL: n_("Undone: {what} counts again."),
    OperationKind.REINSTATE: n_("Undone: {what} is canceled again."),
    OperationKind.EVALUATE: n_("Undone: {what} is evaluated as before."),
    OperationKind.COMPLETE: n_("Undone: the follow-up is open again."),
    OperationKind.LOG_SEGMENT: n_("Undoing: what was logged of {what} is being taken back."),
    OperationKind.CANCEL_SEGMENT: n_("Undoing: the interactions of {what} are being reinstated."),
    OperationKind.REINSTATE_SEGMENT: n_("Undoing: the interactions of {what} are being canceled again."),
    OperationKind.MERGE: n_("Undone: {what} is a contact of its own again."),
    OperationKind.DELETE_CONTACT: n_("Undone: {what} is there again."),
    OperationKind.ANSWER: n_("Undone: it waits in the inbox again."),
    OperationKind.ATTACH: n_("Undone: {what} has the file that it had before."),
}
DRAFTS = n_("Undone: {n} discarded drafts are back.")
DID_SEVERAL = {
    OperationKind.CANCEL: n_("Undone: {n} interactions count again."),
    OperationKind.REINSTATE: n_("Undone: {n} interactions are canceled again."),
    OperationKind.EVALUATE: n_("Undone: {n} interactions are evaluated as before."),
    OperationKind.ATTACH: n_("Undone: {n} interactions have the files that they had before."),
}
NOTHING = n_("Nothing was left to undo.")
TOO_LATE = {
    OperationKind.LOG: n_("The ten minutes for Undo are over. Use “Cancel entry” instead."),
    OperationKind.QUICK_LOG: n_("The ten minutes for Undo are over. Use “Cancel entry” instead."),
    OperationKind.CANCEL: n_("The ten minutes for Undo are over. Use “Reinstate” under /log list instead."),
    OperationKind.REINSTATE: n_("The ten minutes for Undo are over. Use “Cancel entry” instead."),
    OperationKind.LOG_SEGMENT: n_(
        "The ten minutes for Undo are over. Cancel it under /segment logged instead."
    ),
}
TOO_LATE_FOR_ANYTHING = n_("The ten minutes for Undo are over.")


@dataclass(slots=True)
class Undone:
    """What an undo did, gathered while it goes on; `entries` are those that are as they were before."""

    operation: Operation
    entries: list[Listed] = field(default_factory=list)
    given_back: FormId | None = None
    drafts: int = 0
    left: list[Message] = field(default_factory=list)
    entry_stays: bool = False
    segment: str = ""
    """The logged segment, or the contact, that the operation was about."""

    @property
    def listed(self) -> Listed | None:
        """The entry that the operation was about, or the first of them."""
        return self.entries[0] if self.entries else None

    @property
    def message(self) -> Message:
        """One sentence that names what was undone."""
        if self.drafts > 1:
            return Message(DRAFTS, {"n": self.drafts})
        several = DID_SEVERAL.get(self.operation.kind)
        if several is not None and len(self.entries) != 1:
            return Message(several, {"n": len(self.entries)}) if self.entries else Message(NOTHING)
        what = self.segment or self._entry()
        return Message(DID[self.operation.kind], {"what": what})

    def _entry(self) -> str:
        return f"{self.listed.template_name} · {self.listed.contact_label}" if self.listed else ""


def too_late(kind: OperationKind) -> str:
    """Return why an operation can't be undone any more, and what to do instead."""
    return TOO_LATE.get(kind, TOO_LATE_FOR_ANYTHING)
