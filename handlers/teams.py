"""/log setup → Teams, and who reads what, for admins."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import uuid4

from bot.domain.folding import fold
from bot.domain.ids import FormId, PersonId, TeamId
from bot.domain.messages import Message, Refusal
from bot.domain.people import Person
from bot.domain.teams import Typed
from bot.services.following import Following
from bot.services.teams import Teams
from bot.text import Text
from bot.user_groups import UserGroups
from bot.views import kit
from bot.views import teams as views
from bot.views.forms import Meta
from bot.views.ids import SEPARATOR, Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import Malformed, OpenView, Press, Query
from handlers.routes import Routes
from handlers.surface import Surface

FOUND = 100
PAGE = "/"


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.TEAMS] = show
    routes.actions[Action.OPEN_TEAM] = show_one
    routes.actions[Action.NEW_TEAM] = ask_new
    routes.actions[Action.EDIT_TEAM] = ask_edit
    routes.actions[Action.ADD_TO_TEAM] = ask_add
    routes.actions[Action.FOLLOW_GROUP] = ask_follow
    routes.writes(Action.TAKE_OUT, take_out)
    routes.writes(Action.STOP_FOLLOWING, stop_following)
    routes.writes(Action.DELETE_TEAM, delete)
    routes.submissions[Callback.TEAM] = save
    routes.submissions[Callback.TEAM_ADD] = add
    routes.submissions[Callback.TEAM_FOLLOW] = follow
    routes.choices[views.MANAGERS] = suggest_people
    routes.choices[views.MEMBERS] = suggest_people
    routes.choices[views.GROUP] = suggest_groups


def show(press: Press, slack: Surface, teams: Teams, actor: Person, text: Text) -> None:
    """Show the teams: over the setup page or App Home, or in the place of a team or another page."""
    page = views.teams(teams.all(actor, int(press.value) if press.value.isdecimal() else 0), text)
    if press.in_modal and press.block != f"setup.{Action.TEAMS}":
        slack.update(press.form.id, page)
    else:
        slack.show_over(press.in_modal, page)


def show_one(press: Press, slack: Surface, teams: Teams, actor: Person, text: Text) -> None:
    """Show a team in the place of the list, or another page of its people."""
    team, _, page = press.value.partition(PAGE)
    if not team.isdecimal() or not (page or "0").isdecimal():
        raise Malformed("a team that was never offered")
    slack.update(press.form.id, views.team(teams.page(actor, TeamId(int(team)), int(page or 0)), text))


def ask_new(press: Press, slack: Surface, teams: Teams, actor: Person, text: Text) -> None:
    """Ask for a new team."""
    teams.all(actor)
    slack.push(views.form(_meta(press, None), None, text))


def ask_edit(press: Press, slack: Surface, teams: Teams, actor: Person, text: Text) -> None:
    """Ask for a team's name and managers."""
    _ask(press, slack, teams, actor, partial(views.form, text=text))


def ask_add(press: Press, slack: Surface, teams: Teams, actor: Person, text: Text) -> None:
    """Ask who joins a team."""
    _ask(press, slack, teams, actor, partial(views.add_form, text=text))


def ask_follow(
    press: Press, slack: Surface, teams: Teams, user_groups: UserGroups, actor: Person, text: Text
) -> None:
    """Ask for the user group to follow, if Slack tells which there are."""
    shown = teams.page(actor, TeamId(press.number))
    if not user_groups.all(actor.workspace):
        raise Refusal("There is no user group in this workspace yet. Make one in Slack, under People.")
    slack.push(views.follow_form(_meta(press, press.number), shown.team, text))


def suggest_people(query: Query, ack: Ack, teams: Teams, actor: Person) -> None:
    """Answer the search for salespeople, each with the team he belongs to."""
    found = views.offered(teams.find(actor, query.text, FOUND))
    ack(options=[option.to_dict() for option in kit.options(found)])


def suggest_groups(query: Query, ack: Ack, teams: Teams, user_groups: UserGroups, actor: Person) -> None:
    """Answer the search for user groups."""
    teams.all(actor)
    asked = fold(query.text.lstrip("@"))
    found = [group for group in user_groups.all(actor.workspace) if asked in fold(group.handle)]
    by_handle = sorted(found, key=lambda group: group.handle)
    ack(options=[option.to_dict() for option in kit.options(views.groups(by_handle))])


def save(view: OpenView, ack: Ack, slack: Surface, teams: Teams, actor: Person, text: Text) -> None:
    """Make or change a team, and show it below."""
    meta = payloads.meta(view)
    typed = Typed(payloads.text(view, views.NAME), _people(view, views.MANAGERS))
    if meta.subject is None:
        done = teams.make(actor, f"team:{meta.form_id}", typed)
    else:
        done = teams.edit(actor, TeamId(meta.subject), typed) or TeamId(meta.subject)
    if isinstance(done, Message):
        return ack(response_action="errors", errors={views.NAME: text.say(done)})
    ack()
    _show_below(meta, slack, teams, actor, done, text)


def add(view: OpenView, ack: Ack, slack: Surface, teams: Teams, actor: Person, text: Text) -> None:
    """Let people join a team, and tell from where they came."""
    meta = payloads.meta(view)
    team = TeamId(meta.subject or 0)
    moves = teams.add(actor, team, _people(view, views.MEMBERS))
    ack()
    _show_below(meta, slack, teams, actor, team, text, views.added(moves, text))


def follow(
    view: OpenView,
    ack: Ack,
    slack: Surface,
    teams: Teams,
    following: Following,
    user_groups: UserGroups,
    actor: Person,
    text: Text,
) -> None:
    """Let a team follow a user group from this moment on; looking everybody up may take its time."""
    meta = payloads.meta(view)
    team, chosen = TeamId(meta.subject or 0), payloads.chosen(view, views.GROUP)
    with ack.showing(views.looking(text)):
        teams.page(actor, team)
        told = user_groups.all(actor.workspace)
        group = next((one for one in told if one.id == chosen), None)
        if group is None:
            raise Refusal("This user group is gone. Choose another one.")
        teams.follow(actor, team, group)
        following.regroup(actor.workspace, told, partial(user_groups.member, actor.workspace))
        shown = teams.page(actor, team)
    slack.answer(ack, views.followed(shown.team, text))
    slack.update(meta.below_view, views.team(shown, text))


def take_out(press: Press, ack: Ack, slack: Surface, teams: Teams, actor: Person, text: Text) -> None:
    """Take somebody out of a team."""
    team, _, person = press.value.partition(SEPARATOR)
    if not (team.isdecimal() and person.isdecimal()):
        raise Malformed("a member who was never offered")
    teams.take_out(actor, TeamId(int(team)), PersonId(int(person)))
    ack()
    slack.update(press.form.id, views.team(teams.page(actor, TeamId(int(team))), text))


def stop_following(press: Press, ack: Ack, slack: Surface, teams: Teams, actor: Person, text: Text) -> None:
    """Let a team follow its user group no longer."""
    teams.stop_following(actor, TeamId(press.number))
    ack()
    slack.update(press.form.id, views.team(teams.page(actor, TeamId(press.number)), text))


def delete(press: Press, ack: Ack, slack: Surface, teams: Teams, actor: Person, text: Text) -> None:
    """Delete a team, and show the others."""
    gone = teams.delete(actor, TeamId(press.number))
    ack()
    slack.update(press.form.id, views.teams(teams.all(actor), text, views.deleted(gone, text)))


def _ask(
    press: Press, slack: Surface, teams: Teams, actor: Person, form: Callable[..., dict[str, Any]]
) -> None:
    shown = teams.page(actor, TeamId(press.number))
    slack.push(form(_meta(press, press.number), shown.team))


def _show_below(
    meta: Meta, slack: Surface, teams: Teams, actor: Person, team: TeamId, text: Text, said: str = ""
) -> None:
    slack.update(meta.below_view, views.team(teams.page(actor, team), text, said))


def _meta(press: Press, team: int | None) -> Meta:
    return Meta(form_id=FormId(uuid4().hex), subject=team, below_view=press.form.id)


def _people(view: OpenView, name: str) -> tuple[PersonId, ...]:
    return tuple(PersonId(one) for one in payloads.picked(view, name))
