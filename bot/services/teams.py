"""Teams, as admins set them up (`product.md` 1): who belongs to them, who manages them."""

from collections.abc import Sequence

from bot.domain.ids import PersonId, TeamId
from bot.domain.messages import Message, Refusal
from bot.domain.people import Person, Role, Visibility
from bot.domain.teams import Move, Team, TeamList, TeamPage, Trouble, Typed, UserGroup
from bot.services.bell import Bell, homes_changed
from bot.services.people import VISIBILITY, visibility
from storage.store import Store
from storage.work import Work

TEAMS_SHOWN = 20
PEOPLE_SHOWN = 20


class Teams:
    """Makes, changes and deletes teams, and sets who reads what."""

    def __init__(self, store: Store, bell: Bell) -> None:
        self._store = store
        self._bell = bell

    def visibility(self, actor: Person) -> Visibility:
        """Return whose entries a salesperson may read."""
        _admins_only(actor)
        with self._store.read(actor.workspace) as work:
            return visibility(work)

    def let_see(self, actor: Person, wanted: Visibility) -> None:
        """Set whose entries a salesperson may read."""
        _admins_only(actor)
        with self._store.begin(actor.workspace) as work:
            work.settings.put(VISIBILITY, wanted.value)

    def all(self, actor: Person, page: int = 0) -> TeamList:
        """Return a page of the teams, by name; beyond the last one the last.

        Raises:
            Refusal: the actor is no admin.
        """
        _admins_only(actor)
        with self._store.read(actor.workspace) as work:
            teams = work.teams.all()
        pages = max(1, -(-len(teams) // TEAMS_SHOWN))
        shown = min(page, pages - 1)
        return TeamList(tuple(teams[shown * TEAMS_SHOWN :][:TEAMS_SHOWN]), shown, pages)

    def page(self, actor: Person, team: TeamId, page: int = 0) -> TeamPage:
        """Return a team with a page of its members.

        Raises:
            Refusal: the actor is no admin, or the team is gone.
        """
        _admins_only(actor)
        with self._store.read(actor.workspace) as work:
            found, people = _found(work, team), work.teams.people(team)
        pages = max(1, -(-len(people) // PEOPLE_SHOWN))
        shown = min(page, pages - 1)
        return TeamPage(found, tuple(people[shown * PEOPLE_SHOWN :][:PEOPLE_SHOWN]), shown, pages)

    def find(self, actor: Person, query: str, limit: int) -> list[tuple[Person, str]]:
        """Return salespeople by the start of a name, each with the team he belongs to."""
        _admins_only(actor)
        with self._store.read(actor.workspace) as work:
            names = {team.id: team.name for team in work.teams.all()}
            found = work.people.named(query, limit)
        return [(person, names.get(person.team, "") if person.team else "") for person in found]

    def make(self, actor: Person, key: str, typed: Typed) -> TeamId | Message:
        """Make a team and return it, or what is wrong; the same form (`key`) once more gives the same team."""
        _admins_only(actor)
        with self._store.begin(actor.workspace) as work:
            first = work.requests.first_answer(key)
            if first is not None:
                return TeamId(first["team"])
            wrong = typed.wrong(work.teams.all())
            if wrong is not None:
                return wrong
            team = work.people.add_team(typed.written)
            changed = work.teams.let_manage(team, _known(work, typed.managers))
            work.requests.remember(key, {"team": team})
        self._ring(actor, changed)
        return team

    def edit(self, actor: Person, team: TeamId, typed: Typed) -> Message | None:
        """Give a team another name or other managers; return what is wrong.

        Raises:
            Refusal: the actor is no admin, or the team is gone.
        """
        _admins_only(actor)
        with self._store.begin(actor.workspace) as work:
            _found(work, team)
            wrong = typed.wrong(other for other in work.teams.all() if other.id != team)
            if wrong is not None:
                return wrong
            work.teams.rename(team, typed.written)
            changed = work.teams.let_manage(team, _known(work, typed.managers))
        self._ring(actor, changed)
        return None

    def add(self, actor: Person, team: TeamId, people: Sequence[PersonId]) -> list[Move]:
        """Let people belong to a team; return who joined, each with the team that he left.

        Raises:
            Refusal: the actor is no admin, the team is gone, or a user group says where somebody belongs.
        """
        _admins_only(actor)
        with self._store.begin(actor.workspace) as work:
            names = {one.id: one for one in work.teams.all()}
            _by_hand(_found(work, team))
            known = work.people.many(frozenset(people)).values()
            moves = [_move(person, names) for person in known if person.team != team and person.active]
            work.teams.move(frozenset(move.person.id for move in moves), team)
        self._ring(actor, frozenset(move.person.id for move in moves))
        return moves

    def take_out(self, actor: Person, team: TeamId, person: PersonId) -> None:
        """Let somebody belong to no team; whoever is out already stays out.

        Raises:
            Refusal: the actor is no admin, the team is gone, or it follows a user group.
        """
        _admins_only(actor)
        with self._store.begin(actor.workspace) as work:
            _by_hand(_found(work, team))
            there = frozenset(one.id for one in work.teams.people(team))
            work.teams.take_out(there & {person})
        self._ring(actor, frozenset({person}))

    def delete(self, actor: Person, team: TeamId) -> Team:
        """Delete a team and return what it was: its members stay without one, its digests end.

        Raises:
            Refusal: the actor is no admin, or the team is gone.
        """
        _admins_only(actor)
        with self._store.begin(actor.workspace) as work:
            found = _found(work, team)
            work.teams.delete(team)
        self._ring(actor, frozenset(manager.id for manager in found.managers))
        return found

    def follow(self, actor: Person, team: TeamId, group: UserGroup) -> None:
        """Let a team follow a user group from now on.

        Raises:
            Refusal: the actor is no admin, the team is gone, or another team follows this group.
        """
        _admins_only(actor)
        with self._store.begin(actor.workspace) as work:
            _found(work, team)
            for other in work.teams.following():
                if other.group and other.group.id == group.id and other.id != team:
                    raise Refusal("{team} follows @{group} already.", team=other.name, group=group.handle)
            work.teams.follow(team, group.id, group.handle)

    def stop_following(self, actor: Person, team: TeamId) -> None:
        """Let a team follow no user group; its members stay.

        Raises:
            Refusal: the actor is no admin, or the team is gone.
        """
        _admins_only(actor)
        with self._store.begin(actor.workspace) as work:
            _found(work, team)
            work.teams.stop_following(team)

    def _ring(self, actor: Person, changed: frozenset[PersonId]) -> None:
        with self._store.read(actor.workspace) as work:
            overseers = overseers_of(work)
        homes_changed(self._bell, actor, changed | overseers)


def overseers_of(work: Work) -> frozenset[PersonId]:
    """Return on whose App Home teams show: managers and admins."""
    managers = (manager.id for team in work.teams.all() for manager in team.managers)
    return frozenset(managers) | {admin.id for admin in work.people.admins()}


def _move(person: Person, teams: dict[TeamId, Team]) -> Move:
    before = teams.get(person.team) if person.team else None
    if before is None:
        return Move(person)
    if before.group is not None and before.trouble is not Trouble.GONE:
        raise Refusal(
            "{name} belongs to {team}, which follows @{group}. Change the user group in Slack.",
            name=person.name,
            team=before.name,
            group=before.group.handle,
        )
    return Move(person, before.name)


def _by_hand(team: Team) -> None:
    if team.group is not None:
        raise Refusal(
            "{team} follows @{group}. Change the user group in Slack, or stop following it.",
            team=team.name,
            group=team.group.handle,
        )


def _found(work: Work, team: TeamId) -> Team:
    found = work.teams.get(team)
    if found is None:
        raise Refusal("This team is gone.")
    return found


def _known(work: Work, people: Sequence[PersonId]) -> frozenset[PersonId]:
    return frozenset(work.people.many(frozenset(people)))


def _admins_only(actor: Person) -> None:
    if actor.role is not Role.ADMIN:
        raise Refusal("Only an admin can set up teams.")
