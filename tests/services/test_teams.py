"""Teams as admins set them up: members, managers, roles, user groups, who reads what."""

from dataclasses import dataclass
from typing import Any

import pytest
from office import Office, Silence, profile
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.clock import FixedClock
from bot.domain.digests import Cadence
from bot.domain.ids import PersonId, SlackUser, TeamId
from bot.domain.messages import Message, Refusal
from bot.domain.people import Person, Profile, Role, Visibility
from bot.domain.teams import Trouble, Typed, UserGroup
from bot.jobs.teams import follow_groups
from bot.services.following import Following
from bot.services.teams import PEOPLE_SHOWN, TEAMS_SHOWN, Teams
from bot.user_groups import UserGroups
from storage.store import Store
from storage.tables.digests import digest_runs, digests

SALES = "S0SALES001"


@dataclass
class Chair:
    """Ada, who sets up teams."""

    office: Office

    def __post_init__(self) -> None:
        self.teams = Teams(self.office.store, Silence())
        self.following = Following(self.office.store, self.office.people, Silence())
        self.ada = self.office.joins("Ada", admin=True)

    def makes(self, name: str, *managers: Person) -> TeamId:
        typed = Typed(name, tuple(one.id for one in managers))
        made = self.teams.make(self.ada, f"team:{name}", typed)
        assert not isinstance(made, Message), made
        return made

    def now(self, person: Person) -> Person:
        found = self.office.people.of(self.office.workspace, person.id)
        assert found is not None
        return found

    def role(self, person: Person) -> Role:
        return self.now(person).role

    def names(self, team: TeamId) -> list[str]:
        return [person.name for person in self.teams.page(self.ada, team).people]

    def regroups(self, *groups: UserGroup, strangers: tuple[Profile, ...] = ()) -> int:
        told = {stranger.slack_id: stranger for stranger in strangers}
        return len(self.following.regroup(self.office.workspace, groups, told.get).moved)


@pytest.fixture
def chair(office: Office) -> Chair:
    return Chair(office)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def max_(office: Office) -> Person:
    return office.joins("Max")


def group(*members: Person | str, id: str = SALES) -> UserGroup:
    ids = (one if isinstance(one, str) else one.slack_id or "" for one in members)
    return UserGroup(id, id.lower(), frozenset(SlackUser(one) for one in ids))


def test_roles_follow_the_teams_that_somebody_manages(chair: Chair, max_: Person, eva: Person) -> None:
    north, south = chair.makes(" North   Sea ", max_, chair.ada), chair.makes("South", max_)
    assert (chair.role(max_), chair.role(chair.ada)) == (Role.MANAGER, Role.ADMIN)
    assert chair.now(max_).manages == {north, south}
    chair.teams.edit(chair.ada, north, Typed("North Sea", (eva.id,)))
    assert (chair.role(max_), chair.role(eva), chair.role(chair.ada)) == (
        Role.MANAGER,
        Role.MANAGER,
        Role.ADMIN,
    )
    chair.teams.edit(chair.ada, south, Typed("South", ()))
    assert (chair.role(max_), chair.now(max_).manages) == (Role.SALESPERSON, frozenset())
    chair.teams.delete(chair.ada, north)
    assert chair.role(eva) is Role.SALESPERSON


def test_who_lost_his_last_team_stays_a_salesperson_when_slack_speaks(chair: Chair, max_: Person) -> None:
    north = chair.makes("North", max_)
    chair.teams.edit(chair.ada, north, Typed("North", ()))
    chair.office.people.refresh(chair.office.workspace, profile("Max", name="Max Aubert"))
    assert chair.role(max_) is Role.SALESPERSON


@pytest.mark.parametrize(
    ("listed", "role"),
    [({"u0max"}, Role.ADMIN), ({"max@nordvik.example"}, Role.ADMIN), ({"u0wim"}, Role.MANAGER)],
)
def test_the_list_of_admins_counts_from_the_next_thing_that_somebody_does(
    chair: Chair, store: Store, clock: FixedClock, max_: Person, listed: set[str], role: Role
) -> None:
    chair.makes("North", max_)
    later = Office(store, clock, admins=frozenset(listed))
    assert max_.slack_id
    known = later.people.known(later.workspace, max_.slack_id)
    assert known is not None
    assert (known.role, chair.role(max_)) == (role, role)
    ada = later.people.known(later.workspace, SlackUser("U0ADA"))
    assert ada is not None
    assert ada.role is Role.SALESPERSON


def test_a_person_belongs_to_one_team_and_it_is_told_which_he_left(chair: Chair, eva: Person) -> None:
    north, south = chair.makes("North"), chair.makes("South")
    wim = chair.office.joins("Wim")
    assert [move.left for move in chair.teams.add(chair.ada, north, [eva.id])] == [""]
    moves = chair.teams.add(chair.ada, south, [eva.id, wim.id])
    assert {move.person.name: move.left for move in moves} == {"Eva": "North", "Wim": ""}
    assert chair.teams.add(chair.ada, south, [eva.id]) == []
    assert (chair.names(north), chair.names(south)) == ([], ["Eva", "Wim"])
    assert dict(chair.teams.find(chair.ada, "eva", 5)) == {chair.now(eva): "South"}
    chair.teams.take_out(chair.ada, north, eva.id)
    assert chair.names(south) == ["Eva", "Wim"]
    chair.teams.take_out(chair.ada, south, eva.id)
    assert chair.names(south) == ["Wim"]


@pytest.mark.parametrize(
    ("name", "wrong"), [("", "Write the name"), ("x" * 81, "At most"), ("NØRTH sea", "already")]
)
def test_a_team_needs_a_name_of_its_own(chair: Chair, name: str, wrong: str) -> None:
    chair.makes("North Sea")
    other = chair.makes("South")
    for said in (
        chair.teams.make(chair.ada, "team:new", Typed(name, ())),
        chair.teams.edit(chair.ada, other, Typed(name, ())),
    ):
        assert isinstance(said, Message)
        assert wrong in said.text
    assert chair.teams.edit(chair.ada, other, Typed("south", ())) is None


def test_the_same_form_makes_one_team(chair: Chair) -> None:
    assert chair.makes("North") == chair.makes("North")
    assert len(chair.teams.all(chair.ada).teams) == 1


def test_a_deleted_team_leaves_its_people_and_ends_its_digests(
    chair: Chair, max_: Person, eva: Person
) -> None:
    north, south = chair.makes("North", max_), chair.makes("South", max_)
    chair.teams.add(chair.ada, north, [eva.id])
    _digest(chair, north, max_.id)
    _digest(chair, south, max_.id)
    chair.teams.delete(chair.ada, north)
    assert (chair.now(eva).team, chair.role(max_), _digests(chair)) == (None, Role.MANAGER, [south])
    with pytest.raises(Refusal, match="This team is gone"):
        chair.teams.delete(chair.ada, north)
    chair.teams.edit(chair.ada, south, Typed("South", (eva.id,)))
    assert _digests(chair) == []


def test_fifty_teams_and_two_hundred_people_stand_on_pages(chair: Chair) -> None:
    made = [chair.makes(f"Team {number:02}") for number in range(50)]
    crowd = [chair.office.joins(f"P{number:03}").id for number in range(60)]
    chair.teams.add(chair.ada, made[0], crowd)
    shown = [chair.teams.all(chair.ada, page) for page in (0, 1, 2, 9)]
    assert [len(one.teams) for one in shown] == [TEAMS_SHOWN, TEAMS_SHOWN, 10, 10]
    page = chair.teams.page(chair.ada, made[0], 1)
    assert (len(page.people), page.pages, page.team.members) == (PEOPLE_SHOWN, 3, 60)


def test_who_left_stays_in_his_team_and_is_not_counted(chair: Chair, eva: Person) -> None:
    north = chair.makes("North", eva)
    chair.teams.add(chair.ada, north, [eva.id])
    chair.office.people.leaves(eva)
    page = chair.teams.page(chair.ada, north)
    assert ([one.active for one in page.people], page.team.members) == ([False], 0)
    chair.teams.follow(chair.ada, north, group())
    assert chair.regroups(group()) == 0
    assert chair.names(north) == ["Eva"]


def test_a_team_follows_its_user_group(chair: Chair, eva: Person, max_: Person) -> None:
    north, south = chair.makes("North"), chair.makes("South")
    chair.teams.add(chair.ada, south, [eva.id])
    chair.teams.add(chair.ada, north, [max_.id])
    chair.teams.follow(chair.ada, north, group())
    strangers = (
        profile("Zoë", slack_id="U0ZOE"),
        profile("Bot", slack_id="U0BOT", bot=True),
        profile("Guy", guest=True),
    )
    assert chair.regroups(group(eva, "U0ZOE", "U0BOT", "U0GUY", "U0SLOW"), strangers=strangers) == 3
    assert (chair.names(north), chair.names(south), chair.now(max_).team) == (["Eva", "Zoë"], [], None)
    assert chair.regroups(group(eva, "U0ZOE")) == 0
    page = chair.teams.page(chair.ada, north)
    assert page.team.followed_at == chair.office.store.clock.now()
    for act in (
        lambda: chair.teams.add(chair.ada, north, [max_.id]),
        lambda: chair.teams.take_out(chair.ada, north, eva.id),
        lambda: chair.teams.add(chair.ada, south, [eva.id]),
    ):
        with pytest.raises(Refusal, match="follows @"):
            act()
    with pytest.raises(Refusal, match=r"follows @\{group\} already"):
        chair.teams.follow(chair.ada, south, group())
    chair.teams.stop_following(chair.ada, north)
    assert chair.names(north) == ["Eva", "Zoë"]


def test_two_groups_with_the_same_person_do_not_pull_at_him(chair: Chair, eva: Person) -> None:
    teams = {chair.makes(name): f"S{name}" for name in ("North", "South")}
    for team, one in teams.items():
        chair.teams.follow(chair.ada, team, group(id=one))
    north, south = teams
    both = [group(eva, id=one) for one in teams.values()]
    assert (chair.regroups(*both), chair.regroups(*both)) == (1, 0)
    assert (chair.names(north), chair.names(south)) == (["Eva"], [])
    assert chair.regroups(group(id="SNorth"), group(eva, id="SSouth")) == 1
    assert (chair.names(north), chair.names(south)) == ([], ["Eva"])


def test_a_group_that_is_gone_or_untold_takes_nobody_away(chair: Chair, eva: Person) -> None:
    north = chair.makes("North")
    chair.teams.add(chair.ada, north, [eva.id])
    chair.teams.follow(chair.ada, north, group())
    chair.regroups(group(eva))
    assert chair.regroups(group(id="SOTHER")) == 0
    assert _trouble(chair, north) is Trouble.GONE
    assert chair.following.cannot(chair.office.workspace, Trouble.SCOPE) == 1
    assert (_trouble(chair, north), chair.names(north)) == (Trouble.SCOPE, ["Eva"])
    chair.regroups(group(eva))
    assert _trouble(chair, north) is None


class Slack(WebClient):
    """Answers one question about user groups."""

    def __init__(self, error: str, *groups: UserGroup) -> None:
        super().__init__()
        self.error = error
        self.told = [{"id": one.id, "handle": one.handle, "users": sorted(one.members)} for one in groups]

    def api_call(self, api_method: str, **_: Any) -> Any:
        assert api_method == "usergroups.list"
        answer = {"ok": not self.error, "error": self.error, "usergroups": self.told}
        response = SlackResponse(
            client=self, http_verb="GET", api_url="", req_args={}, data=answer, headers={}, status_code=200
        )
        return response.validate()


def runs_the_job(chair: Chair, slack: Slack) -> str:
    return follow_groups(chair.following, UserGroups(lambda _: slack, lambda *_: None))


def test_the_job_follows_and_tells_what_an_admin_has_to_mend(chair: Chair, eva: Person) -> None:
    assert runs_the_job(chair, Slack("ratelimited")) == ""
    north = chair.makes("North")
    chair.teams.follow(chair.ada, north, group())
    assert runs_the_job(chair, Slack("", group(eva))) == "1 joined or left a team."
    assert runs_the_job(chair, Slack("", group(eva))) == ""
    mend = "1 can't follow their user group: /log setup → Teams says why."
    assert (runs_the_job(chair, Slack("missing_scope")), _trouble(chair, north)) == (mend, Trouble.SCOPE)
    assert (runs_the_job(chair, Slack("")), _trouble(chair, north)) == (mend, Trouble.GONE)
    for passing in ("ratelimited", "invalid_auth"):
        with pytest.raises(Refusal):
            runs_the_job(chair, Slack(passing))
    assert chair.names(north) == ["Eva"]


def test_admins_of_the_workspace_who_are_none_any_more_are_found_out(chair: Chair) -> None:
    chair.following.look_at_admins(chair.office.workspace, lambda _: None)
    assert chair.role(chair.ada) is Role.ADMIN
    chair.following.look_at_admins(chair.office.workspace, {"U0ADA": profile("Ada")}.get)
    assert chair.role(chair.ada) is Role.SALESPERSON


def test_only_admins_set_up_teams(chair: Chair, eva: Person, max_: Person) -> None:
    north = chair.makes("North", max_)
    acts: dict[str, Any] = {
        "all": chair.teams.all,
        "page": lambda one: chair.teams.page(one, north),
        "find": lambda one: chair.teams.find(one, "", 5),
        "make": lambda one: chair.teams.make(one, "k", Typed("South", ())),
        "edit": lambda one: chair.teams.edit(one, north, Typed("North", (one.id,))),
        "add": lambda one: chair.teams.add(one, north, [one.id]),
        "take out": lambda one: chair.teams.take_out(one, north, one.id),
        "delete": lambda one: chair.teams.delete(one, north),
        "follow": lambda one: chair.teams.follow(one, north, group()),
        "stop": lambda one: chair.teams.stop_following(one, north),
        "visibility": chair.teams.visibility,
        "let see": lambda one: chair.teams.let_see(one, Visibility.EVERYONE),
    }
    for name, act in acts.items():
        for somebody in (chair.now(eva), chair.now(max_)):
            with pytest.raises(Refusal, match="Only an admin"):
                act(somebody)
            assert name


def test_visibility_is_set_for_everybody(chair: Chair) -> None:
    assert chair.teams.visibility(chair.ada) is Visibility.EVERYONE
    chair.teams.let_see(chair.ada, Visibility.OWN)
    assert chair.teams.visibility(chair.ada) is Visibility.OWN


def _trouble(chair: Chair, team: TeamId) -> Trouble | None:
    return chair.teams.page(chair.ada, team).team.trouble


def _digest(chair: Chair, team: TeamId, person: PersonId) -> None:
    """Let a digest be due, and one period told."""
    now = chair.office.store.clock.now()
    with chair.office.store.begin(chair.office.workspace) as work:
        made, workspace = work.access.ids(), work.access.workspace
        row = {"id": made, "workspace_id": workspace, "team_id": team, "person_id": person}
        work.access.connection.execute(
            digests.insert(),
            {**row, "cadence": Cadence.DAILY, "weekday": 0, "at": now.time(), "next_at": now},
        )
        run = {"workspace_id": workspace, "digest_id": made, "cadence": Cadence.DAILY}
        work.access.connection.execute(digest_runs.insert(), {**run, "first": now.date(), "composed_at": now})


def _digests(chair: Chair) -> list[TeamId]:
    with chair.office.store.read(chair.office.workspace) as work:
        return [row.team_id for row in work.access.connection.execute(digests.select())]
