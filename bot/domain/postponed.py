"""Postponed interactions (drafts): a form that waits (`product.md` 5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5

from bot.domain.entries import Listed
from bot.domain.ids import ContactId, DraftId, FormId, PersonId
from bot.domain.interactions import Field, Form


class DraftState(StrEnum):
    """Whether the draft waits, became an entry, or was thrown away."""

    OPEN = "open"
    FINISHED = "finished"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a form stands on the screen: unfolded or not, its contact fixed or not.

    `revisions` counts, by field, the values that were forced into the open form.
    """

    more: bool = False
    locked: ContactId | None = None
    revisions: Mapping[str, int] = field(default_factory=dict)
    below: str = ""
    """A block of the list from which it was resumed last."""

    call: str = ""
    """The number that is dialled, where the form is a call's."""

    def forcing(self, fields: Iterable[str]) -> "Layout":
        """Return the layout with one more forced value for each of these fields."""
        raised = {name: self.revisions.get(name, 0) + 1 for name in fields}
        return replace(self, revisions={**self.revisions, **raised})


def given_back_as(form_id: FormId) -> FormId:
    """Return the id under which an ended form opens again: always the same one, however often it is asked for."""
    return FormId(uuid5(NAMESPACE_URL, f"given-back:{form_id}").hex)


def still_shown(
    typed: Mapping[Field, object], seen: Mapping[str, int], layout: Layout
) -> dict[Field, object]:
    """Return what was typed into fields that nothing has been forced into since the typist saw them."""
    return {
        field: value for field, value in typed.items() if seen.get(field, 0) >= layout.revisions.get(field, 0)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a form holds; `kept` once somebody touched or postponed it, so that it is listed."""

    id: DraftId
    form_id: FormId
    owner: PersonId
    form: Form
    layout: Layout
    state: DraftState
    kept: bool
    revision: int
    opened_at: datetime
    saved_at: datetime
    closed_at: datetime | None = None
    """When its form was closed; None while it stands open on a screen."""

    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a form while somebody still had it, or its button, before his eyes."""

    form_id: FormId
    listed: Listed | None
    """The entry it became; None when it was discarded."""

    given_back: FormId | None
    """The form as which it waits again, after somebody took that back."""
