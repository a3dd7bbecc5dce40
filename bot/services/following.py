"""Teams that follow a Slack user group: their members are those of the group (`product.md` 1)."""

from collections.abc import Callable, Iterable, Mapping

from bot.domain.ids import PersonId, SlackUser, TeamId, WorkspaceId
from bot.domain.messages import Refusal
from bot.domain.people import Person, Profile
from bot.domain.teams import Regrouped, Team, Trouble, UserGroup, regrouped
from bot.services.bell import Bell
from bot.services.people import People
from bot.services.teams import overseers_of
from storage.people import all_workspaces
from storage.store import Store
from storage.work import Work

Tell = Callable[[SlackUser], Profile | None]
"""Asks Slack who somebody is; None where it does not say."""


class Following:
    """Lets teams follow their user groups."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell

    def workspaces(self) -> list[WorkspaceId]:
        """Return every workspace."""
        with self._store.reading() as connection:
            return all_workspaces(connection)

    def follows(self, workspace: WorkspaceId) -> bool:
        """Whether any team follows a user group."""
        with self._store.read(workspace) as work:
            return bool(work.teams.following())

    def regroup(self, workspace: WorkspaceId, groups: Iterable[UserGroup], tell: Tell) -> Regrouped:
        """Give each team that follows a user group the group's members; who is not welcome stays outside.

        Somebody of whom Slack does not say who he is joins when it does.
        """
        told = {group.id: group for group in groups}
        with self._store.read(workspace) as work:
            followed = [told[group] for group in _groups(work.teams.following()).values() if group in told]
        members = self._members(workspace, followed, tell)
        with self._store.begin(workspace) as work:
            done = _regrouped(work, told, members)
            overseers = overseers_of(work) if done.moved else frozenset()
        for person in overseers.union(done.moved):
            self._bell.home_changed(workspace, person)
        return done

    def cannot(self, workspace: WorkspaceId, trouble: Trouble) -> int:
        """Note that Slack does not tell any user group; members stay as they are."""
        with self._store.begin(workspace) as work:
            teams = work.teams.following()
            for team in teams:
                work.teams.troubled(team.id, trouble)
        return len(teams)

    def look_at_admins(self, workspace: WorkspaceId, tell: Tell) -> None:
        """Ask Slack whether those who are admins still are: its word of it may have been missed."""
        with self._store.read(workspace) as work:
            admins = work.people.admins()
        for admin in admins:
            profile = tell(admin.slack_id) if admin.slack_id else None
            if profile is not None:
                self._people.refresh(workspace, profile)

    def _members(
        self, workspace: WorkspaceId, followed: Iterable[UserGroup], tell: Tell
    ) -> dict[str, frozenset[PersonId]]:
        return {
            group.id: frozenset(
                person.id
                for user in sorted(group.members)
                if (person := self._member(workspace, user, tell)) is not None
            )
            for group in followed
        }

    def _member(self, workspace: WorkspaceId, user: SlackUser, tell: Tell) -> Person | None:
        known = self._people.known(workspace, user)
        if known is not None:
            return known
        profile = tell(user)
        if profile is None:
            return None
        try:
            return self._people.admit(workspace, profile)
        except Refusal:
            return None


def _groups(teams: Iterable[Team]) -> dict[TeamId, str]:
    return {team.id: team.group.id for team in teams if team.group is not None}


def _regrouped(
    work: Work, told: Mapping[str, UserGroup], members: Mapping[str, frozenset[PersonId]]
) -> Regrouped:
    groups = _groups(work.teams.following())
    gone = [team for team, group in groups.items() if group not in told]
    for team in gone:
        work.teams.troubled(team, Trouble.GONE)
    followed = {team: group for team, group in groups.items() if group in members}
    moved = _out(work, followed, members) | _in(work, followed, members)
    for team, group in followed.items():
        work.teams.followed(team, told[group].handle, work.access.clock.now())
    return Regrouped(moved, len(gone))


def _out(
    work: Work, followed: Mapping[TeamId, str], members: Mapping[str, frozenset[PersonId]]
) -> frozenset[PersonId]:
    """Take out who is in a group no longer; only then may he join the team of another one."""
    people, following = work.people.active(), frozenset(followed)
    plans = [regrouped(team, members[group], people, following) for team, group in followed.items()]
    leaves = frozenset(person.id for plan in plans for person in plan.leaves)
    work.teams.take_out(leaves)
    return leaves


def _in(
    work: Work, followed: Mapping[TeamId, str], members: Mapping[str, frozenset[PersonId]]
) -> frozenset[PersonId]:
    moved: frozenset[PersonId] = frozenset()
    for team, group in followed.items():
        plan = regrouped(team, members[group], work.people.active(), frozenset(followed))
        joins = frozenset(person.id for person in plan.joins)
        work.teams.move(joins, team)
        moved |= joins
    return moved
