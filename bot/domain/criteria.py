"""Criteria: which contacts join, leave or stay in a segment (`domain.md` 1.8, 2.4; `product.md` 8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from bot.domain.contacts import ContactType
from bot.domain.ids import CampaignId, ContactId, LoggedId, PersonId, SavedId, TemplateId
from bot.domain.interactions import Evaluation
from bot.domain.segments import ActionKind

CODE_LIMIT = 20
BEGINNING = "*"
"""Ends a post code of which only the beginning counts, as in `50*`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """A contact qualifies if it passes every filter that is set; within a filter one of its values is enough.

    The filters from `met_since` to `logged` are about one interaction: some entry must pass all of them.
    """

    words: str = ""
    """Beginnings of words of the name, company, e-mail or city, as in the contact search."""

    first: str = ""
    last: str = ""
    """From and to which contact number."""

    contacts: frozenset[ContactId] = frozenset()
    """These very contacts: who was added by hand or pasted."""

    types: frozenset[ContactType] = frozenset()
    cities: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    post_codes: frozenset[str] = frozenset()
    territories: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    salespeople: frozenset[PersonId] = frozenset()
    mailing_groups: frozenset[int] = frozenset()
    industry_groups: frozenset[int] = frozenset()
    """The contact's own, or its company's."""

    responsibilities: frozenset[int] = frozenset()
    not_met_since: date | None = None
    """No interaction on this day or later; who never had one passes. A failed attempt is none."""

    met_since: date | None = None
    """An interaction on this day or later that was no failed attempt."""

    templates: frozenset[TemplateId] = frozenset()
    evaluations: frozenset[Evaluation] = frozenset()
    campaigns: frozenset[CampaignId] = frozenset()
    entry_salespeople: frozenset[PersonId] = frozenset()
    logged: frozenset[LoggedId] = frozenset()
    """The interaction was logged by one of these logged segments."""

    allow_existing: bool = False
    """Who is in already joins once more."""

    expand_companies: bool = False
    """All people of the companies found join too."""

    allow_related_companies: bool = False
    """The companies of the people found join too."""

    ignore_exclusion: bool = False
    """Who is excluded from segments joins all the same."""

    entire_companies: bool = False
    """With one of a company the whole company goes, or stays."""

    @property
    def asks_entries(self) -> bool:
        """Whether some interaction must pass."""
        return bool(
            self.met_since
            or self.templates
            or self.evaluations
            or self.campaigns
            or self.entry_salespeople
            or self.logged
        )

    def written(self) -> dict[str, Any]:
        """Return it as JSON, without what is not set."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: _plain(value) for name, value in values.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a change of the membership would do; `skipped` names the first of those that can't join."""

    adds: int = 0
    removes: int = 0
    stays: int = 0
    already: int = 0
    excluded: int = 0
    blocked: int = 0
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Saved segment criteria: the actions that made a segment, to be replayed on today's contacts."""

    id: SavedId
    code: str
    description: str
    by: PersonId
    at: datetime
    actions: tuple[tuple[ActionKind, Criteria], ...]


def read_criteria(written: Mapping[str, Any]) -> Criteria:
    """Return what `written` wrote; what it does not know is left out."""
    return Criteria(**{name: read(written[name]) for name, read in _READERS.items() if name in written})


def replayed(kind: ActionKind) -> ActionKind:
    """Return how an action is done once more: by adding, by reducing or by refining."""
    if kind in (ActionKind.REDUCE, ActionKind.REMOVE_ONE):
        return ActionKind.REDUCE
    return ActionKind.REFINE if kind is ActionKind.REFINE else ActionKind.ADD


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value


def _set_of(kind: Callable[[Any], Any]) -> Callable[[Any], frozenset[Any]]:
    return lambda values: frozenset(map(kind, values))


_READERS: dict[str, Callable[[Any], Any]] = {
    "words": str,
    "first": str,
    "last": str,
    "contacts": _set_of(int),
    "types": _set_of(ContactType),
    "cities": _set_of(str),
    "countries": _set_of(str),
    "post_codes": _set_of(str),
    "territories": _set_of(str),
    "languages": _set_of(str),
    "salespeople": _set_of(int),
    "mailing_groups": _set_of(int),
    "industry_groups": _set_of(int),
    "responsibilities": _set_of(int),
    "not_met_since": date.fromisoformat,
    "met_since": date.fromisoformat,
    "templates": _set_of(int),
    "evaluations": _set_of(Evaluation),
    "campaigns": _set_of(int),
    "entry_salespeople": _set_of(int),
    "logged": _set_of(int),
    "allow_existing": bool,
    "expand_companies": bool,
    "allow_related_companies": bool,
    "ignore_exclusion": bool,
    "entire_companies": bool,
}
