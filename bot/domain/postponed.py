"""Postponed interactions (drafts): a form that waits (`product.md` 5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import DraftId, FormId, PersonId
from bot.domain.interactions import Form


class DraftState(StrEnum):
    """Whether the draft waits, became an entry, or was thrown away."""

    OPEN = "open"
    FINISHED = "finished"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a form holds; `kept` once somebody touched or postponed it, so that it is listed."""

    id: DraftId
    form_id: FormId
    owner: PersonId
    form: Form
    state: DraftState
    kept: bool
    revision: int
    opened_at: datetime
    saved_at: datetime
