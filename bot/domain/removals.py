"""Contacts that go: merged into another, which is their heir, or deleted (`domain.md` 3.9; `product.md` 11)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bot.domain.contacts import Contact
from bot.domain.ids import ContactId, OperationId, RemovalId
from bot.domain.messages import Refusal

FILLABLE = (
    "company_name",
    "job_title",
    "phone",
    "mobile",
    "email",
    "email2",
    "address",
    "post_code",
    "city",
    "country",
    "territory",
    "language",
    "correspondence",
    "salutation",
    "organizational_level",
)
"""The fields in which a survivor may get what only the other one has."""


class RemovalKind(StrEnum):
    """Why a contact goes."""

    MERGE = "merge"
    DELETE = "delete"


class RemovalState(StrEnum):
    """How far it has come."""

    MOVING = "moving"
    """What names the contact is being given to its heir."""

    GONE = "gone"
    RETURNING = "returning"
    """Undo: what named the contact is being given back to it."""

    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A contact that goes or has gone; `before` is what it was, empty once that can't be undone any more."""

    id: RemovalId
    contact: ContactId
    number: str
    kind: RemovalKind
    heir: ContactId | None
    state: RemovalState
    operation: OperationId
    before: Mapping[str, Any]
    filled: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The name of the contact, as long as it is known."""
        return str(self.before.get("name", self.number))

    @property
    def under_way(self) -> bool:
        """Whether it has not come to its end."""
        return self.state in (RemovalState.MOVING, RemovalState.RETURNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much names a contact."""

    entries: int = 0
    drafts: int = 0
    tasks: int = 0
    open_tasks: int = 0
    lines: int = 0
    people: int = 0
    opportunities: int = 0
    open_opportunities: int = 0


def fillable(one: Contact, other: Contact) -> tuple[str, ...]:
    """Return the fields that only one of the two has: whoever survives may have both halves."""
    return tuple(name for name in FILLABLE if bool(getattr(one, name)) != bool(getattr(other, name)))


def filled(survivor: Contact, gone: Contact, chosen: Collection[str]) -> Contact:
    """Return the survivor with the chosen ones of the fields that only the other one has."""
    names = [name for name in fillable(survivor, gone) if name in chosen and getattr(gone, name)]
    taken: dict[str, Any] = {name: getattr(gone, name) for name in names}
    if survivor.salesperson is None:
        taken["salesperson"] = gone.salesperson
    if "company_name" in taken:
        taken["company"] = gone.company
    careful = {
        flag: True
        for flag in ("privacy_blocked", "exclude_from_segment")
        if getattr(gone, flag) and not getattr(survivor, flag)
    }
    if gone.minor and not survivor.minor:
        careful |= {"minor": True, "parental_consent": gone.parental_consent}
    return replace(survivor, **taken | careful)


def refuse_merge(survivor: Contact, gone: Contact) -> None:
    """Refuse to make one of two contacts that can't be one.

    Raises:
        Refusal: they are the same, or a person and a company.
    """
    if survivor.id == gone.id:
        raise Refusal("Choose two different contacts.")
    if survivor.type is not gone.type:
        raise Refusal(
            "A person and a company can't be merged: {one}, {two}.", one=survivor.label, two=gone.label
        )


def refuse_delete(contact: Contact, counts: Counts, segments: Collection[str]) -> None:
    """Refuse to delete a contact that somebody still works with (`domain.md` 3.9).

    Raises:
        Refusal: it stands in a segment, has open follow-ups or an open opportunity.
    """
    if segments:
        raise Refusal(
            "{name} is in {numbers}. Remove the line first.", name=contact.label, numbers=tuple(segments)
        )
    if counts.open_tasks:
        raise Refusal(
            "{name} has open follow-ups ({n}). Finish them first.", name=contact.label, n=counts.open_tasks
        )
    if counts.open_opportunities:
        raise Refusal(
            "{name} has open opportunities ({n}). Close them first.",
            name=contact.label,
            n=counts.open_opportunities,
        )
    if counts.opportunities and contact.company is None:
        raise Refusal(
            "{name} has opportunities, which can't be without a contact. Merge instead.", name=contact.label
        )
