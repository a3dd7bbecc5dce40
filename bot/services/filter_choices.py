"""What the filters of the interaction log's list offer."""

from bot.domain.entries import Filter
from bot.domain.entry_controls import Control, choice
from bot.domain.folding import asked
from bot.domain.people import Person
from bot.services.filter_names import names_of
from bot.views.entry_controls import Offered
from bot.views.filter_words import Names
from bot.views.kit import Choice
from storage.store import Store
from storage.work import Work

MOST = 50


class FilterChoices:
    """Finds what can be chosen."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, actor: Person, name: str, typed: str) -> list[Choice]:
        """Return what a select offers for what is typed so far."""
        with self._store.read(actor.workspace) as work:
            if name == "contact":
                found = work.search.find(typed, actor.id, MOST)
                return [
                    Choice(_called(one.name, one.company_name), choice(Control.CONTACT, one.id))
                    for one in found
                ]
            return _people(work, actor, typed) if name == "whose" else _templates(work, typed)

    def names(self, actor: Person, wanted: Filter) -> Names:
        """Return the names of what a filter names."""
        with self._store.read(actor.workspace) as work:
            return names_of(work, wanted)

    def offered(self, actor: Person) -> Offered:
        """Return what the form with all filters can offer."""
        with self._store.read(actor.workspace) as work:
            groups = sorted((one.description, str(one.id)) for one in work.templates.groups().values())
            campaigns = sorted((name, str(one)) for one, name in work.campaigns.names().items())
        return Offered(tuple(groups[:100]), tuple(campaigns[:100]))


def _called(name: str, company: str) -> str:
    return f"{name} · {company}" if company else name


def _people(work: Work, actor: Person, typed: str) -> list[Choice]:
    """Return the teams that the actor manages, then people."""
    teams = [team for team in work.teams.all() if team.id in actor.manages and _begun(typed, team.name)]
    people = work.people.known_as(typed, MOST)
    return [
        *(Choice(team.name, choice(Control.TEAM, team.id)) for team in teams),
        *(Choice(one.name, choice(Control.SALESPERSON, one.id)) for one in people),
    ]


def _templates(work: Work, typed: str) -> list[Choice]:
    found = [one for one in work.templates.by_id().values() if _begun(typed, one.description)]
    return [Choice(one.description, choice(Control.TEMPLATE, one.id)) for one in found[:MOST]]


def _begun(typed: str, name: str) -> bool:
    return all(any(word.startswith(one) for word in asked(name)) for one in asked(typed))
