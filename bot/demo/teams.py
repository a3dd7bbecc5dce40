"""Two teams for the demo: North, which Max manages, and a small one in the south that the admin looks after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.ids import PersonId, TeamId, WorkspaceId
from bot.domain.people import Person, Role
from storage.store import Store
from storage.work import Work

NORTH, SOUTH = "North", "South"


@dataclass(frozen=True, slots=True)
class Colleague:
    """A salesperson who has not opened Saleslog yet: imported, and logged for by hand."""

    name: str
    code: str
    zone: str
    locale: str
    team: str

    @property
    def email(self) -> str:
        """The address, by the first name."""
        return f"{self.name.split()[0].lower()}@nordvik.example"


COLLEAGUES = (
    Colleague("Kari Solheim", "KS", "Europe/Oslo", "nb-NO", NORTH),
    Colleague("Ola Fjeldstad", "OF", "Europe/Oslo", "nb-NO", NORTH),
    Colleague("Joost Maes", "JM", "Europe/Brussels", "nl-BE", SOUTH),
)


def seed_teams(store: Store, workspace: WorkspaceId, admitted: Sequence[Person]) -> list[Person]:
    """Put everybody into a team, with a manager each; return all salespeople and managers as they are now."""
    with store.begin(workspace) as work:
        teams = {name: TeamId(work.people.add_team(name)) for name in (NORTH, SOUTH)}
        for person in admitted:
            _seat(work, person, teams)
        for colleague in COLLEAGUES:
            work.people.add(_person(work, colleague, teams[colleague.team]))
        return work.people.active()


def has_teams(work: Work) -> bool:
    """Whether a demo was made with its teams."""
    return NORTH in (name for name, _ in work.weeks.leaders_by_team())


def _seat(work: Work, person: Person, teams: dict[str, TeamId]) -> None:
    if person.role is Role.ADMIN:
        work.people.let_manage(person.id, teams[SOUTH])
    elif person.name.startswith("Max"):
        work.people.let_manage(person.id, teams[NORTH])
        work.people.change(replace(person, team=teams[NORTH], role=Role.MANAGER))
    else:
        work.people.change(replace(person, team=teams[NORTH]))


def _person(work: Work, colleague: Colleague, team: TeamId) -> Person:
    return Person(
        id=PersonId(work.access.ids()),
        workspace=work.access.workspace,
        slack_id=None,
        code=colleague.code,
        name=colleague.name,
        email=colleague.email,
        zone=colleague.zone,
        locale=colleague.locale,
        team=team,
    )
