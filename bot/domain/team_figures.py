"""What a team did in a period: rows of the database, folded into a digest (`product.md` 10)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from bot.domain.digests import QUIET_DAYS, NamedTeam, Period
from bot.domain.entries import Filter, Listed
from bot.domain.ids import ContactId, PersonId, TemplateId
from bot.domain.interactions import Evaluation

SHOWN = 100
"""So many quiet contacts are named at most; of more it is said that there are more."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counted interactions: with how many contacts, how long, how many went well, how many reached nobody."""

    interactions: int = 0
    contacts: int = 0
    minutes: int = 0
    positive: int = 0
    failed: int = 0
    very_negative: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """What the database counted of one period; `contacts` are those of the whole team, each once."""

    people: Mapping[PersonId, Tally] = field(default_factory=dict)
    templates: Mapping[TemplateId | None, int] = field(default_factory=dict)
    contacts: int = 0

    @property
    def total(self) -> Tally:
        """The team together."""
        tallies = self.people.values()
        return Tally(
            interactions=sum(one.interactions for one in tallies),
            contacts=self.contacts,
            minutes=sum(one.minutes for one in tallies),
            positive=sum(one.positive for one in tallies),
            failed=sum(one.failed for one in tallies),
            very_negative=sum(one.very_negative for one in tallies),
        )


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One salesperson, now and in the period before."""

    id: PersonId
    name: str
    now: Tally
    before: Tally


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One interaction template: how many interactions now and in the period before."""

    id: TemplateId | None
    name: str
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class QuietContact:
    """A contact with whom nobody had an interaction for long; `last` is the day of the latest, None for never."""

    id: ContactId
    label: str
    salesperson: str
    last: date | None


@dataclass(frozen=True, slots=True)
class OldDrafts:
    """How many drafts of somebody have waited too long, and how many of these only since this period."""

    owner: str
    count: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What a manager is told of a team."""

    team: NamedTeam
    period: Period
    today: date
    total: Tally
    before: Tally
    people: tuple[PersonRow, ...]
    templates: tuple[TemplateRow, ...]
    quiet: tuple[QuietContact, ...] = ()
    drafts: tuple[OldDrafts, ...] = ()
    very_negative: Listed | None = None
    """The latest very negative interaction of the period; how many there are stands in `total`."""

    late: int = 0
    """How many interactions of earlier periods were logged after these had been told of."""

    told_at: datetime | None = None
    """When the periods before were told of."""

    @property
    def running(self) -> bool:
        """Whether the period has not ended yet."""
        return self.today <= self.period.last

    @property
    def filter(self) -> Filter:
        """The entries that were counted."""
        return Filter(team=self.team.id, first=self.period.first, last=self.period.last)

    @property
    def filter_of_very_negative(self) -> Filter:
        """Those that went very badly."""
        worst = frozenset({Evaluation.VERY_NEGATIVE})
        return Filter(team=self.team.id, first=self.period.first, last=self.period.last, evaluations=worst)

    @property
    def filter_of_late(self) -> Filter:
        """Those of earlier periods that were logged late."""
        before = self.period.first - timedelta(days=1)
        return Filter(team=self.team.id, last=before, logged_after=self.told_at)

    @property
    def old_drafts(self) -> int:
        """How many drafts have waited too long."""
        return sum(one.count for one in self.drafts)

    @property
    def has_news(self) -> bool:
        """Whether something has happened in the period that is worth a message."""
        turned = any(one.last is not None and self._turned_quiet(one.last) for one in self.quiet)
        return bool(self.total.interactions or self.late or turned or any(one.new for one in self.drafts))

    def _turned_quiet(self, last: date) -> bool:
        return self.period.first <= last + timedelta(days=QUIET_DAYS) <= self.period.last


def person_rows(now: Sums, before: Sums, names: Mapping[PersonId, str]) -> tuple[PersonRow, ...]:
    """Return a row for each salesperson, the busiest first."""
    rows = (
        PersonRow(one, name, now.people.get(one, Tally()), before.people.get(one, Tally()))
        for one, name in names.items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.now.interactions, -row.before.interactions, row.name)))


def template_rows(
    now: Sums, before: Sums, names: Mapping[TemplateId, str], nameless: str
) -> tuple[TemplateRow, ...]:
    """Return a row for each template that was used in one of both periods, the most used first."""
    rows = (
        TemplateRow(
            one,
            nameless if one is None else names.get(one, nameless),
            now.templates.get(one, 0),
            before.templates.get(one, 0),
        )
        for one in {*now.templates, *before.templates}
    )
    return tuple(sorted(rows, key=lambda row: (-row.now, -row.before, row.name)))


def together(rows: Iterable[PersonRow], name: str) -> PersonRow:
    """Return rows as one: contacts that several talked to count more than once in it."""
    listed = list(rows)
    return PersonRow(
        PersonId(0), name, _added(row.now for row in listed), _added(row.before for row in listed)
    )


def _added(tallies: Iterable[Tally]) -> Tally:
    listed = list(tallies)
    return Tally(
        sum(one.interactions for one in listed),
        sum(one.contacts for one in listed),
        sum(one.minutes for one in listed),
        sum(one.positive for one in listed),
        sum(one.failed for one in listed),
        sum(one.very_negative for one in listed),
    )
