"""Who may do what: roles, visibility, and the scope of every list (`product.md` 1)."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.ids import PersonId, SlackUser, TeamId, WorkspaceId


class Role(StrEnum):
    """What a salesperson may do beyond logging for himself."""

    SALESPERSON = "salesperson"
    MANAGER = "manager"
    ADMIN = "admin"


class Visibility(StrEnum):
    """The workspace's setting: whose entries a salesperson may read."""

    EVERYONE = "everyone"
    TEAM = "team"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A salesperson; `slack_id` is empty until somebody with this e-mail first uses Slack."""

    id: PersonId
    workspace: WorkspaceId
    slack_id: SlackUser | None
    code: str
    name: str
    email: str | None = None
    zone: str = "UTC"
    country: str | None = None
    locale: str = "en-GB"
    role: Role = Role.SALESPERSON
    team: TeamId | None = None
    manages: frozenset[TeamId] = frozenset()
    active: bool = True
    confirmed: bool = True
    """False while Slack has not yet told who this is (`users.info` was too slow at first use)."""

    told_zone: str = ""
    told_locale: str = ""
    """What Slack tells, whatever the person chose; empty where it stands in `zone` and `locale`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What Slack tells of a member (`users.info`, `user_change`)."""

    slack_id: SlackUser
    name: str
    email: str | None
    zone: str
    locale: str
    admin: bool
    guest: bool
    bot: bool
    deactivated: bool
    foreign: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list or search may return to its reader; every such query takes one.

    With `people` None everything of the workspace; else entries logged by one of them, whose salesperson
    is one of them, or whose contact (or the contact's company) has one of them as salesperson.
    """

    people: frozenset[PersonId] | None

    @property
    def everything(self) -> bool:
        """Whether nothing is held back."""
        return self.people is None


EVERYTHING = Scope(None)


def scope_of(actor: Person, visibility: Visibility, teammates: frozenset[PersonId]) -> Scope:
    """Return what `actor` may read; `teammates` are the people of his own and of his managed teams.

    A manager always reads the teams he manages; an admin reads everything.
    """
    if actor.role is Role.ADMIN or visibility is Visibility.EVERYONE:
        return EVERYTHING
    if visibility is Visibility.TEAM or actor.role is Role.MANAGER:
        return Scope(teammates | {actor.id})
    return Scope(frozenset({actor.id}))


@dataclass(frozen=True, slots=True)
class Ties:
    """The people an entry belongs to: who logged it, its salesperson, its contact's and company's salespeople."""

    logged_by: PersonId | None
    salesperson: PersonId | None
    contact_salesperson: PersonId | None = None
    company_salesperson: PersonId | None = None

    @property
    def people(self) -> frozenset[PersonId]:
        """Everybody tied to the entry."""
        ties = (self.logged_by, self.salesperson, self.contact_salesperson, self.company_salesperson)
        return frozenset(person for person in ties if person is not None)


def may_read(scope: Scope, ties: Ties) -> bool:
    """Whether an entry with these ties is within the reader's scope."""
    return scope.people is None or bool(scope.people & ties.people)


def may_change(actor: Person, ties: Ties, owner_team: TeamId | None) -> bool:
    """Whether `actor` may cancel, evaluate or correct the entry: his own, his teams', or any as admin."""
    if actor.role is Role.ADMIN or actor.id in (ties.logged_by, ties.salesperson):
        return True
    return owner_team is not None and owner_team in actor.manages


def may_log_for(actor: Person, salesperson: Person) -> bool:
    """Whether `actor` may log on behalf of `salesperson`: himself, a manager for his teams, an admin."""
    if actor.id == salesperson.id or actor.role is Role.ADMIN:
        return True
    return salesperson.team is not None and salesperson.team in actor.manages


def role_of(profile: Profile, admins: frozenset[str], manages: bool) -> Role:  # noqa: FBT001 - a fact, not a switch
    """Return the role: `admins` (ids or e-mails) when given, else the workspace's own admins and owners."""
    names = {profile.slack_id.casefold(), (profile.email or "").casefold()}
    if (names & admins) if admins else profile.admin:
        return Role.ADMIN
    return Role.MANAGER if manages else Role.SALESPERSON


def is_welcome(profile: Profile, *, guests_allowed: bool) -> bool:
    """Whether this member may use Saleslog at all: no bots, foreigners, deactivated people, or uninvited guests."""
    if profile.bot or profile.foreign or profile.deactivated:
        return False
    return guests_allowed or not profile.guest
