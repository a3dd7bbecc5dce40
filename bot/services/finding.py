"""What the conditions of `/log find` mean in this workspace: people, contacts, templates, segments, campaigns."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from bot import dates
from bot.dates import Direction
from bot.domain.contacts import Found
from bot.domain.entries import Filter
from bot.domain.entry_controls import Control, choice, chosen
from bot.domain.find import Key, Part, Readers, Sense, Understanding, parse
from bot.domain.find_words import readers as plain_readers
from bot.domain.folding import asked, fold
from bot.domain.ids import CampaignId, LoggedId, OpportunityId, PersonId, SlackUser
from bot.domain.people import Person
from bot.domain.wording import Vocabulary
from bot.services.opportunity_gates import within
from bot.services.people import scope
from bot.text import Text
from storage.segment_runs import SegmentRuns
from storage.work import Work

CHOICES = 5
NEAR = 3
_MENTION = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")
_ME = frozenset({"me", "mij", "ik", "meg", "mine"})
_EVERYONE = frozenset({"all", "anyone", "anybody", "everyone", "iedereen", "alle"})
_TEAM = frozenset({"team", "myteam", "us"})

Senses = tuple[Sense, ...]


def read_line(
    work: Work, actor: Person, line: str, start: Filter, text: Text
) -> tuple[tuple[Part, ...], Readers, Filter]:
    """Return the parts of a line, what reads them, and the filter that they narrow: `start`, unless by: is said."""
    parts = parse(line)
    named = any(part.key is Key.BY for part in parts)
    return parts, _readers(work, actor, text), Filter() if named else start


def nearest(work: Work, actor: Person, read: Understanding) -> Senses:
    """Return who may be meant by a name that nobody has."""
    unknown = next((one.part for one in read.unread if Key.WITH in (one.part.key, one.meant)), None)
    if unknown is None:
        return ()
    name = unknown.value if unknown.key else unknown.value.partition(":")[2]
    return _contacts(work.search.find(name, actor.id, NEAR))


def _readers(work: Work, actor: Person, text: Text) -> Readers:
    def day(typed: str) -> date | None:
        return dates.read_day(typed, text.today, text.locale, Direction.PAST)

    return {
        **plain_readers(text.today, day),
        Key.WITH: partial(_contact, work),
        Key.BY: partial(_person, work, actor),
        Key.AS: partial(_template, work),
        Key.IN: partial(_segment, work),
        Key.CAMPAIGN: partial(_campaign, work),
        Key.OPPORTUNITY: partial(_opportunity, work, actor),
    }


def _contact(work: Work, typed: str) -> Senses:
    words = asked(typed)
    if not words:
        return ()
    found = work.search.by_prefix_words(list(words), CHOICES)
    exact = [one for one in found if asked(one.name) == words]
    named = [one for one in found if _begun(words, asked(one.name))]  # and not only by company or city
    return _contacts(exact or named or found)


def _contacts(found: Iterable[Found]) -> Senses:
    return tuple(
        _sense(f"{one.name} · {one.company_name}" if one.company_name else one.name, Control.CONTACT, one.id)
        for one in list(found)[:CHOICES]
    )


def _person(work: Work, actor: Person, typed: str) -> Senses:
    said = fold(typed)
    if said in _ME:
        return (_sense(actor.name, Control.MINE, actor.id),)
    if said in _EVERYONE:
        return (_sense(typed, Control.EVERYONE, ""),)
    if said in _TEAM:
        return tuple(_sense(typed, Control.TEAM, team) for team in sorted(_teams(actor)))
    mention = _MENTION.fullmatch(typed)
    if mention:
        known = work.people.by_slack(SlackUser(mention[1]))
        return () if known is None else _people([known])
    return _people(work.people.known_as(typed, CHOICES) if said else [])


def _teams(actor: Person) -> frozenset[int]:
    return frozenset(actor.manages) or frozenset({actor.team} if actor.team else ())


def _people(found: Iterable[Person]) -> Senses:
    return tuple(_sense(one.name, Control.SALESPERSON, one.id) for one in found)


def _template(work: Work, typed: str) -> Senses:
    templates = {one.code: one for one in work.templates.by_id().values()}
    names = {code: one.description for code, one in templates.items()}
    known = Vocabulary(templates=names, past_day=_nothing, coming_day=_nothing, time=_nothing)
    found = [templates[code] for code in known.templates_for(typed)][:CHOICES]
    return tuple(_sense(one.description, Control.TEMPLATE, one.id) for one in found)


def _nothing(_typed: str) -> None:
    """Read no day and no time: a template is asked for."""


def _segment(work: Work, typed: str) -> Senses:
    found = SegmentRuns(work.access).of_segment(typed.strip().upper())
    if found is None:
        return ()
    return (Sense(found.segment_number, partial(_logged, found.id)),)


def _campaign(work: Work, typed: str) -> Senses:
    wanted = asked(typed)
    names = work.campaigns.names().items() if wanted else ()
    found = [(name, one) for one, name in names if _begun(wanted, asked(name))]
    return tuple(Sense(name, partial(_of_campaign, one)) for name, one in sorted(found)[:CHOICES])


def _opportunity(work: Work, actor: Person, typed: str) -> Senses:
    found = work.opportunities.numbered(typed.strip().upper())
    if found is None or not within(work, scope(work, actor), [found]):
        return ()
    return (Sense(found.label, partial(_of_opportunity, found.id)),)


def _begun(wanted: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return all(any(word.startswith(one) for word in name) for one in wanted)


def _logged(run: LoggedId, wanted: Filter) -> Filter:
    return replace(wanted, logged=run)


def _of_campaign(campaign: CampaignId, wanted: Filter) -> Filter:
    return replace(wanted, campaign=campaign)


def _of_opportunity(opportunity: OpportunityId, wanted: Filter) -> Filter:
    return replace(wanted, opportunity=opportunity)


def _sense(name: str, control: Control, value: PersonId | int | str) -> Sense:
    said = choice(control, value)
    return Sense(name, partial(_chosen, said))


def _chosen(said: str, wanted: Filter) -> Filter:
    return chosen(wanted, said, date.min)  # no period is chosen so
