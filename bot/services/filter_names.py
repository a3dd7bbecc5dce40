"""The names of what a filter on the interaction log asks for."""

from bot.domain.entries import Filter
from bot.views.filter_words import Names
from storage.segment_runs import SegmentRuns
from storage.work import Work


def names_of(work: Work, wanted: Filter) -> Names:
    """Return the names of what a filter names."""
    people = wanted.salespeople | ({wanted.person} if wanted.person else set())
    known = work.people.many(people) if people else {}
    groups = {one.id: one.description for one in work.templates.groups().values()}
    template = work.templates.by_id().get(wanted.template) if wanted.template else None
    return Names(
        team=_team(work, wanted),
        people={person: one.name for person, one in known.items()},
        contact=_contact(work, wanted),
        template=template.description if template else "",
        group=groups.get(wanted.group, "") if wanted.group else "",
        campaign=work.campaigns.names().get(wanted.campaign, "") if wanted.campaign else "",
        opportunity=_opportunity(work, wanted),
        segment=_segment(work, wanted),
    )


def _team(work: Work, wanted: Filter) -> str:
    found = work.teams.get(wanted.team) if wanted.team else None
    return found.name if found else ""


def _contact(work: Work, wanted: Filter) -> str:
    found = work.contacts.get(wanted.contact) if wanted.contact else None
    return found.name if found else ""


def _opportunity(work: Work, wanted: Filter) -> str:
    found = work.opportunities.get(wanted.opportunity) if wanted.opportunity else None
    return found.label if found else ""


def _segment(work: Work, wanted: Filter) -> str:
    found = SegmentRuns(work.access).get(wanted.logged) if wanted.logged else None
    return found.segment_number if found else ""
