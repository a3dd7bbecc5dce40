"""Deleting canceled entries for good: announced first, then deleted, unless somebody keeps them (`product.md` 9)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.entries import Listed
from bot.domain.ids import CampaignId, CardId, ContactId, GroupId, PersonId, TemplateId, WorkspaceId

RETENTION = timedelta(days=90)
NOTICE = timedelta(hours=24)
"""A card stands this long before what it announced may go."""
LONGEST_RETENTION_DAYS = 3650
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS = frozenset({"since", "until"})


class CardState(StrEnum):
    """announced → kept | deleting → done; also done when nothing of it was left to delete, or it was announced anew."""

    ANNOUNCED = "announced"
    KEPT = "kept"
    DELETING = "deleting"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which canceled entries are meant (`domain.md` 2.12); what is None holds nothing back."""

    first: int | None = None
    last: int | None = None
    contact: ContactId | None = None
    since: date | None = None
    until: date | None = None
    campaign: CampaignId | None = None
    group: GroupId | None = None
    template: TemplateId | None = None
    salesperson: PersonId | None = None

    def written(self) -> dict[str, Any]:
        """Return it as JSON takes it, without what holds nothing back."""
        chosen = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: value.isoformat() if name in _DAYS else value for name, value in chosen.items()}


def read_filters(written: Mapping[str, Any]) -> Filters:
    """Return what `written` wrote."""
    values: dict[str, Any] = {
        name: date.fromisoformat(value) if name in _DAYS else value for name, value in written.items()
    }
    return Filters(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The entries canceled after `after` and until `until` that pass the filters.

    `canceled_at` never changes while an entry stays canceled: what is reinstated drops out, what is canceled
    again later lies beyond `until`.
    """

    until: datetime
    after: datetime = BEGINNING
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgeCard:
    """The announcement of a selection; `ordered_by` is who asked for it, None for the scheduled purge."""

    id: CardId
    workspace: WorkspaceId
    selection: Selection
    state: CardState
    announced_at: datetime
    kept_until: datetime | None = None
    count: int = 0
    deleted: int = 0
    ordered_by: PersonId | None = None

    def answer(self, person: PersonId) -> str:
        """Return the key of the card's message to one person."""
        return f"{self.answers}{person}"

    @property
    def answers(self) -> str:
        """What the keys of all its messages begin with."""
        return f"card:{self.id}:"

    def may_go_at(self, now: datetime, retention: timedelta | None) -> bool:
        """Whether everything announced is older than the retention as it is now; None keeps everything."""
        return retention is not None and self.selection.until + retention <= now


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a card tells: how many, whose, and the newest as an example."""

    count: int
    people: tuple[tuple[str, int], ...]
    newest: Listed | None


@dataclass(frozen=True, slots=True)
class Sample:
    """What a dialog shows before it asks: how many fit at `at`, and some of them."""

    at: datetime
    count: int
    entries: tuple[Listed, ...]


def counted(entries: int) -> str:
    """Return how many canceled entries, as the result of a job has it."""
    return f"{entries} canceled {'entry' if entries == 1 else 'entries'}"


def retention_of(days: object) -> timedelta | None:
    """Return how long canceled entries are kept by the workspace's setting; None is for ever."""
    if not isinstance(days, int):
        return RETENTION
    return timedelta(days=days) if days > 0 else None


def due_within_a_day(now: datetime, retention: timedelta) -> datetime:
    """Return until when an entry was canceled that may go a day from now."""
    return now + NOTICE - retention
