"""Undo of what was done to entries: each is put back as it was, unless somebody else changed it meanwhile."""

from dataclasses import replace

from bot.domain.entries import Listed, canceled, evaluated, reinstated
from bot.domain.ids import EntryId
from bot.domain.interactions import Entry, Evaluation
from bot.domain.messages import Message, Refusal, n_
from bot.domain.operations import CancelReason, ItemKind, Operation, OperationKind
from bot.domain.people import Person
from bot.services.entry_files import file_before, file_names
from bot.services.undone import Undone
from storage.attachments import Attachments
from storage.work import Work

LOGGED = (OperationKind.LOG, OperationKind.QUICK_LOG)
ONE_STAYS = n_("Somebody else changed the entry meanwhile; it stays.")
THIS_STAYS = n_("{template} · {contact} was changed by somebody else meanwhile; it stays as it is.")


def put_back(work: Work, actor: Person, undone: Undone, entry_id: EntryId) -> None:
    """Put one entry of an operation back as it was before; gone meanwhile, nothing happens.

    Raises:
        Refusal: somebody changed it at this very moment.
    """
    listed = work.entries.listed(entry_id)
    entry = work.entries.get(entry_id)
    if listed is None or entry is None:
        return
    operation = undone.operation
    if work.history.others(ItemKind.ENTRY, entry_id, actor.id, operation.ended_at):
        _leave(undone, listed)
        return
    before = _before(work, actor, operation, entry)
    if before != entry or operation.kind in LOGGED:
        _change(work, actor, entry, before)
        undone.entries.append(listed)


def _leave(undone: Undone, listed: Listed) -> None:
    undone.entry_stays = True
    if undone.operation.kind in LOGGED:
        undone.entries.append(listed)
        undone.left.append(Message(ONE_STAYS))
    else:
        what: dict[str, object] = {"template": listed.template_name, "contact": listed.contact_label}
        undone.left.append(Message(THIS_STAYS, what))


def _before(work: Work, actor: Person, operation: Operation, entry: Entry) -> Entry:
    """Return the entry as it was before the operation, as far as nobody changed that since."""
    now = work.access.clock.now()
    if operation.kind is OperationKind.CANCEL:
        return reinstated(entry) if entry.cancel_reason is CancelReason.CANCELED else entry
    if operation.kind is OperationKind.REINSTATE:
        return canceled(entry, CancelReason.CANCELED, actor.id, now)
    if operation.kind is OperationKind.EVALUATE:
        return _evaluated_before(work, operation, entry)
    if operation.kind is OperationKind.ATTACH:
        return file_before(work, operation.id, entry)
    return replace(canceled(reinstated(entry), CancelReason.UNDONE, actor.id, now), draft=None)


def _evaluated_before(work: Work, operation: Operation, entry: Entry) -> Entry:
    change = work.histories.last(ItemKind.ENTRY, entry.id, "evaluation", operation.actor, operation.ended_at)
    if change is None or (entry.evaluation or None) != (change.new or None):
        return entry
    return evaluated(entry, Evaluation(change.old) if change.old else None)


def _change(work: Work, actor: Person, entry: Entry, before: Entry) -> None:
    if not work.entries.change(entry, before):
        raise Refusal("Somebody changed the entry at this moment. Try again.")
    changed: tuple[str, object, object] = (
        "canceled",
        entry.cancel_reason or False,
        before.cancel_reason or False,
    )
    if entry.evaluation != before.evaluation:
        changed = ("evaluation", entry.evaluation, before.evaluation)
    if entry.attachment != before.attachment:
        changed = ("attachment", *file_names(work, entry, before))
        Attachments(work.access).drop_unused({entry.attachment} if entry.attachment else ())
    work.history.note(ItemKind.ENTRY, entry.id, actor.id, changed)
