"""A filter on the interaction log in words, as in “Yours · Outgoing call · since Mon 2 Nov”."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.entries import Filter, Standing
from bot.domain.entry_controls import days_back
from bot.domain.ids import PersonId
from bot.text import Text
from bot.views.words import EVALUATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a filter names; of what is gone the name is empty."""

    people: Mapping[PersonId, str]
    team: str = ""
    contact: str = ""
    template: str = ""
    group: str = ""
    campaign: str = ""
    opportunity: str = ""
    segment: str = ""


def in_words(wanted: Filter, names: Names, reader: PersonId, text: Text) -> str:
    """Return all that a filter asks for."""
    said = (*_whose(wanted, names, reader, text), *_what(wanted, names, text), *_when(wanted, text))
    return " · ".join(said)


def understood(wanted: Filter, names: Names, reader: PersonId, text: Text) -> str:
    """Return how a line of `/log find` was understood, as in “with Anna Berg, last 30 days, by you”."""
    return conditions(wanted, names, reader, text) or text("everything")


def conditions(wanted: Filter, names: Names, reader: PersonId, text: Text) -> str:
    """Return the same, empty where there is no condition."""
    return ", ".join((*_what(wanted, names, text), *_when(wanted, text), *_by(wanted, names, reader, text)))


def _by(wanted: Filter, names: Names, reader: PersonId, text: Text) -> Iterator[str]:
    if wanted.person == reader:
        yield text("by you")
    elif wanted.person is not None or wanted.salespeople:
        yield text("by {name}", name=", ".join(_whose(wanted, names, reader, text)))
    elif wanted.team is not None:
        yield from _whose(wanted, names, reader, text)


def _whose(wanted: Filter, names: Names, reader: PersonId, text: Text) -> Iterator[str]:
    if wanted.person is not None:
        yield text("Yours") if wanted.person == reader else names.people.get(wanted.person, "–")
    if wanted.salespeople:
        yield ", ".join(sorted(names.people.get(one, "–") for one in wanted.salespeople))
    if wanted.team is not None:
        yield text("team {team}", team=names.team or "–")
    if wanted.person is None and not wanted.salespeople and wanted.team is None:
        yield text("Everyone's, as far as you may see")


def _what(wanted: Filter, names: Names, text: Text) -> Iterator[str]:
    if wanted.text:
        yield f"“{wanted.text}”"
    if wanted.contact is not None:
        yield text("with {contact}", contact=names.contact or "–")
    if wanted.template is not None:
        yield names.template or "–"
    if wanted.group is not None:
        yield names.group or "–"
    if wanted.evaluations:
        yield ", ".join(text(word) for one, word in EVALUATIONS.items() if one in wanted.evaluations)
    if wanted.failed:
        yield text("attempt failed")
    if wanted.campaign is not None:
        yield text("campaign {campaign}", campaign=names.campaign or "–")
    if wanted.opportunity is not None:
        yield text("opportunity {opportunity}", opportunity=names.opportunity or "–")
    if wanted.logged is not None:
        yield text("logged with segment {segment}", segment=names.segment or "–")


def _when(wanted: Filter, text: Text) -> Iterator[str]:
    yield from _period(wanted, text)
    if wanted.logged_after is not None:
        yield text("logged after {moment}", moment=text.moment_within(wanted.logged_after))
    if wanted.standing is Standing.ALL:
        yield text("canceled ones too")
    elif wanted.standing is Standing.CANCELED:
        yield text("only canceled ones")


def _period(wanted: Filter, text: Text) -> Iterator[str]:
    days = days_back(wanted, text.today)
    if days is not None:
        yield text("today") if days == 1 else text("last {n} days", n=days)
        return
    first = "" if wanted.first is None else text.short_day(wanted.first)
    last = "" if wanted.last is None else text.short_day(wanted.last)
    if first and first == last:
        yield first
    elif first and last:
        yield f"{first} – {last}"
    elif first:
        yield text("since {day}", day=first)
    elif last:
        yield text("until {day}", day=last)
