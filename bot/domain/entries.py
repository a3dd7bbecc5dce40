"""The interaction log as it is listed, and what may be done to an entry in it (`domain.md` 2.10, 2.11)."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.ids import (
    CampaignId,
    ContactId,
    GroupId,
    LoggedId,
    OpportunityId,
    PersonId,
    TeamId,
    TemplateId,
)
from bot.domain.interactions import Entry, Evaluation
from bot.domain.operations import CancelReason
from bot.domain.people import Ties

PAGE = 10
COUNTED = 1000
"""A list counts no further: beyond it says "more than"."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with the names that a list shows, and the people it belongs to."""

    entry: Entry
    ties: Ties
    contact_name: str
    company_name: str
    template_name: str
    salesperson_name: str

    @property
    def contact_label(self) -> str:
        """The contact's name, with the company's in brackets."""
        return f"{self.contact_name} ({self.company_name})" if self.company_name else self.contact_name


class Standing(StrEnum):
    """Which entries a list holds by whether they count; what was undone is in none."""

    LIVE = "live"
    ALL = "all"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which entries a list, an export or a digest holds; every condition narrows, an empty one says nothing.

    `person`: what he logged or is the salesperson of. `salespeople`: those whose salesperson is one of them.
    `team`: those whose salesperson is in this team now. `contact`: with this contact; of a company, with its
    people too. `first` and `last`: the entry's own date, both included. `logged_after`: logged later than this
    instant, whatever their date. `logged`: those of a logged segment. `text`: with all of these words, or words
    that begin so, in description or comment.
    """

    person: PersonId | None = None
    salespeople: frozenset[PersonId] = frozenset()
    team: TeamId | None = None
    contact: ContactId | None = None
    template: TemplateId | None = None
    group: GroupId | None = None
    evaluations: frozenset[Evaluation] = frozenset()
    campaign: CampaignId | None = None
    opportunity: OpportunityId | None = None
    logged: LoggedId | None = None
    first: date | None = None
    last: date | None = None
    logged_after: datetime | None = None
    failed: bool = False
    standing: Standing = Standing.LIVE
    text: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked to see: which entries, and which page of them, from 0."""

    filter: Filter
    page: int = 0

    @property
    def first(self) -> int:
        """How many entries stand on the pages before."""
        return self.page * PAGE


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of the log, newest first; `count` goes to one more than `COUNTED`.

    Where words are too common to count what holds them, it is `at_least` so many.
    """

    asked: Asked
    count: int
    entries: tuple[Listed, ...]
    at_least: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are, as far as they were counted."""
        return max(1, -(-min(self.count, COUNTED) // PAGE))

    @property
    def uncounted(self) -> bool:
        """Whether there are more entries than were counted."""
        return self.at_least or self.count > COUNTED

    @property
    def older(self) -> Asked | None:
        """The next page, None on the last one."""
        whole = len(self.entries) == PAGE
        more = whole and (self.uncounted or self.asked.first + PAGE < self.count)
        return replace(self.asked, page=self.asked.page + 1) if more else None

    @property
    def newer(self) -> Asked | None:
        """The page before, None on the first one."""
        return replace(self.asked, page=self.asked.page - 1) if self.asked.page else None

    @property
    def live(self) -> tuple[Listed, ...]:
        """The entries of this page that count."""
        return tuple(listed for listed in self.entries if not listed.entry.canceled)

    @property
    def canceled(self) -> tuple[Listed, ...]:
        """The canceled entries of this page."""
        return tuple(listed for listed in self.entries if listed.entry.canceled)


def evaluated(entry: Entry, evaluation: Evaluation | None) -> Entry:
    """Return the entry with another evaluation."""
    return replace(entry, evaluation=evaluation)


def canceled(entry: Entry, reason: CancelReason, by: PersonId, at: datetime) -> Entry:
    """Return the entry as canceled; one that is canceled already stays as it is."""
    if entry.canceled:
        return entry
    return replace(entry, canceled_at=at, canceled_by=by, cancel_reason=reason)


def reinstated(entry: Entry) -> Entry:
    """Return the entry so that it counts again."""
    return replace(entry, canceled_at=None, canceled_by=None, cancel_reason=None)
