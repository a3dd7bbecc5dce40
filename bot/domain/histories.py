"""What happened to a thing, as it is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.ids import PersonId
from bot.domain.operations import ItemKind

LINES = 40
"""Changes on one page of a history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of one thing, changed by one person (None: by Saleslog itself); values as they were written down."""

    kind: ItemKind
    item: int
    at: datetime
    actor: PersonId | None
    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One page of what happened, newest first, with the names that it needs."""

    page: int
    changes: tuple[Change, ...]
    more: bool
    people: Mapping[int, str] = field(default_factory=dict)
    contacts: Mapping[int, str] = field(default_factory=dict)
    opportunities: Mapping[int, str] = field(default_factory=dict)
