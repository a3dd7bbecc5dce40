"""Undo of a merge or a deletion: the contact comes back with all that was given away and not changed since."""

from dataclasses import replace
from typing import Any

from bot.domain.contacts import Contact, match_key, search_text
from bot.domain.ids import ContactId
from bot.domain.messages import Message, Refusal, n_
from bot.domain.operations import ItemKind, OperationKind
from bot.domain.people import Person
from bot.domain.removals import Removal, RemovalState
from bot.services.removals import moved
from bot.services.undone import Undone
from bot.views.words import CONTACT_LABELS
from storage.contact_groups import join, part
from storage.contact_rows import columns, contact_of, with_columns
from storage.removals import Removals as Rows
from storage.work import Work

OF_CONTACTS = (OperationKind.MERGE, OperationKind.DELETE_CONTACT)
LEFT = n_("What was changed meanwhile ({n}) stays as it is.")
FIELD_STAYS = n_("{field} of {name} was changed meanwhile; it stays.")


def bring_back(work: Work, actor: Person, undone: Undone) -> None:
    """Let the contact that an operation removed be there again.

    Raises:
        Refusal: it is still going, its number was given to another one, or what it was is not known any more.
    """
    rows = Rows(work.access)
    removal = rows.of_operation(undone.operation.id)
    if removal is None or not removal.before:
        raise Refusal("What this contact was is not known any more.")
    if removal.state is RemovalState.MOVING:
        raise Refusal("This is still under way. Try again in a minute.")
    if work.contacts.numbered([removal.number]):
        raise Refusal("{number} was given to another contact meanwhile.", number=removal.number)
    _return(work, actor, removal, undone)
    left = rows.left_behind(removal)
    if left:
        undone.left.append(Message(LEFT, {"n": left}))
    rows.turn(removal.id, RemovalState.RETURNING)
    back = rows.lock(removal.id)
    if back is not None:
        moved(work, back)
    undone.segment = f"{removal.name} ({removal.number})"


def _return(work: Work, actor: Person, removal: Removal, undone: Undone) -> None:
    contact = _as_it_was(work, removal)
    work.contacts.add(contact, search_text(contact), match_key(contact))
    join(work.access, contact.id, removal.before.get("groups", {}))
    work.history.note(ItemKind.CONTACT, contact.id, actor.id, ("created", None, contact.number))
    heir = work.contacts.get(removal.heir) if removal.heir else None
    if heir is not None and removal.filled:
        _give_back_fields(work, actor, heir, removal, undone)
        part(work.access, heir.id, removal.filled.get("joined", {}))


def _as_it_was(work: Work, removal: Removal) -> Contact:
    """Return the contact; a company that is gone meanwhile is left out."""
    row = {name: value for name, value in removal.before.items() if name != "groups"}
    company = work.contacts.get(ContactId(row["company_id"])) if row["company_id"] else None
    row |= {"company_id": company.id if company else None, "company_name": company.name if company else ""}
    return contact_of(row)


def _give_back_fields(work: Work, actor: Person, heir: Contact, removal: Removal, undone: Undone) -> None:
    """Empty the fields again that the survivor took over, as far as they still are as they were taken."""
    fields: dict[str, list[Any]] = removal.filled.get("fields", {})
    now = columns(heir)
    back = {name: old for name, (old, new) in fields.items() if now[name] == new}
    for name in fields:
        if name not in back:
            label = Message(CONTACT_LABELS.get(_attribute(name), name))
            undone.left.append(Message(FIELD_STAYS, {"field": label, "name": heir.name}))
    if back:
        before = with_columns(heir, back)
        before = before if before.company else replace(before, company_name="")
        work.contacts.change(before, search_text(before), match_key(before))
        lines = [(_attribute(name), fields[name][1], old) for name, old in back.items()]
        work.history.note(ItemKind.CONTACT, heir.id, actor.id, *lines)


def _attribute(column: str) -> str:
    return column.removesuffix("_id")
