"""Teams on the screen, for admins: the list, one team with its people, the forms (`product.md` 1)."""

from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.messages import n_
from bot.domain.people import Person
from bot.domain.teams import Move, Team, TeamList, TeamPage, Trouble, UserGroup
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import SEPARATOR, Action, Callback
from bot.views.kit import Choice, Part

NAME, MANAGERS, MEMBERS, GROUP = "team_name", "team_managers", "team_members", "user_group"
NAMED = 6
"""How many managers, or people who moved, are called by name."""
_TROUBLES = {
    Trouble.GONE: n_(
        "The user group is gone: follow another one, or stop following. Until then the members stay as they are."
    ),
    Trouble.SCOPE: n_(
        "Slack does not tell user groups: the app needs the optional scope usergroups:read. "
        "Add it to the app, and install the app again. Until then the members stay as they are."
    ),
}


def teams(shown: TeamList, text: Text, said: str = "") -> dict[str, Any]:
    """Return a page of the teams."""
    empty = text("There is no team yet. A team has managers, who see what waits and get its digest.")
    return modal(
        Callback.NOTICE,
        text("Teams"),
        [
            kit.line(said) if said else None,
            None if shown.teams else kit.line(Part(empty, italic=True)),
            *(_team_line(team, text) for team in shown.teams),
            kit.actions(
                kit.primary(text("New team"), Action.NEW_TEAM),
                *_turns(shown.page, shown.pages, Action.TEAMS, "", text),
            ),
        ],
        close=text("Close"),
    )


def _team_line(team: Team, text: Text) -> Block:
    open_it = text("Open {team}", team=team.name)
    parts = [team.name, _led_by(team, text), _size(team, text)]
    if team.group is not None:
        parts.append(text("can't follow its user group") if team.trouble else f"@{team.group.handle}")
    beside = kit.named(text("Open"), open_it, Action.OPEN_TEAM, team.id)
    return kit.item([" · ".join(parts)], beside, f"team.{team.id}")


def team(shown: TeamPage, text: Text, said: str = "") -> dict[str, Any]:
    """Return one team with a page of its members; `said` tells what was just done."""
    one = shown.team
    return modal(
        Callback.NOTICE,
        text("Team"),
        [
            kit.line(said) if said else None,
            kit.header(one.name),
            kit.lines(
                kit.fact(text("Managers"), _led_by(one, text)), kit.fact(text("Members"), _size(one, text))
            ),
            *_followed(one, text),
            kit.actions(*_buttons(one, text)),
            kit.divider(),
            *_people(shown, text),
            kit.actions(
                *_turns(shown.page, shown.pages, Action.OPEN_TEAM, f"{one.id}/", text),
                kit.button(text("All teams"), Action.TEAMS),
            ),
        ],
        close=text("Close"),
    )


def _buttons(one: Team, text: Text) -> Iterator[ButtonElement]:
    yield kit.button(text("Name and managers"), Action.EDIT_TEAM, one.id)
    if one.group is None:
        yield kit.button(text("Add people"), Action.ADD_TO_TEAM, one.id)
    if one.group is None or one.trouble is not None:
        yield kit.button(text("Follow a user group"), Action.FOLLOW_GROUP, one.id)
    if one.group is not None:
        yield kit.button(text("Stop following"), Action.STOP_FOLLOWING, one.id)
    question = text(
        "Its members stay, without a team. Their managers no longer see what waits, and the team's digests end."
    )
    ask = kit.ask(text("Delete {team}?", team=one.name), question, text("Delete"), text("Cancel"))
    yield kit.danger(text("Delete"), Action.DELETE_TEAM, one.id, ask)


def _followed(one: Team, text: Text) -> Iterator[Block]:
    if one.group is None:
        return
    when = text.moment_within(one.followed_at) if one.followed_at else text("not yet")
    words = text(
        "Its members are those of @{group} in Slack. Last looked: {when}.", group=one.group.handle, when=when
    )
    yield kit.small(words)
    if one.trouble is not None:
        yield kit.line(kit.bold(text(_TROUBLES[one.trouble])))


def _people(shown: TeamPage, text: Text) -> Iterator[Block]:
    if not shown.people:
        yield kit.line(Part(text("Nobody belongs to this team yet."), italic=True))
    for person in shown.people:
        name = person.name if person.active else text("{name} (has left)", name=person.name)
        if shown.team.group is not None:
            yield kit.line(name, block_id=f"member.{person.id}")
            continue
        value = f"{shown.team.id}{SEPARATOR}{person.id}"
        label = text("Take {name} out of {team}", name=person.name, team=shown.team.name)
        yield kit.item(
            [name], kit.named(text("Take out"), label, Action.TAKE_OUT, value), f"member.{person.id}"
        )


def _turns(page: int, pages: int, action: Action, prefix: str, text: Text) -> Iterator[ButtonElement]:
    """Return the buttons to the pages beside; several in a row are told apart by a number."""
    if page > 0:
        yield kit.button(text("Previous"), f"{action}.1", f"{prefix}{page - 1}")
    if page + 1 < pages:
        yield kit.button(text("Next"), f"{action}.2", f"{prefix}{page + 1}")


def form(meta: Meta, one: Team | None, text: Text) -> dict[str, Any]:
    """Return the form for a team's name and managers."""
    fields = Fields(meta)
    hint = text(
        "Managers see and correct what their team logs, and get its digest. They may manage several teams."
    )
    leaders = [Choice(manager.name, str(manager.id)) for manager in one.managers] if one else []
    return modal(
        Callback.TEAM,
        text("Team") if one else text("New team"),
        [
            fields.line(NAME, text("Name"), one.name if one else "", optional=False),
            fields.multi_search(MANAGERS, text("Managers"), text("Search by name"), *leaders, hint=hint),
        ],
        submit=text("Save"),
        close=text("Cancel"),
        meta=meta,
    )


def add_form(meta: Meta, one: Team, text: Text) -> dict[str, Any]:
    """Return the form to add people to a team."""
    hint = text(
        "Everybody belongs to at most one team: whoever belongs to another one leaves it. "
        "Somebody missing? People appear here once they have used Saleslog."
    )
    return modal(
        Callback.TEAM_ADD,
        text("Add people"),
        [
            kit.line(text("To the team "), kit.bold(one.name)),
            Fields(meta).multi_search(MEMBERS, text("People"), text("Search by name"), hint=hint),
        ],
        submit=text("Add"),
        close=text("Cancel"),
        meta=meta,
    )


def follow_form(meta: Meta, one: Team, text: Text) -> dict[str, Any]:
    """Return the form to choose a user group."""
    words = text(
        "The members of {team} become those of the user group, now and whenever it changes. "
        "Whoever is not in it leaves the team; guests and bots stay outside.",
        team=one.name,
    )
    return modal(
        Callback.TEAM_FOLLOW,
        text("Follow a user group"),
        [
            kit.line(words),
            Fields(meta).search(GROUP, text("User group"), text("Search by name"), None),
        ],
        submit=text("Follow"),
        close=text("Cancel"),
        meta=meta,
    )


def offered(found: Sequence[tuple[Person, str]]) -> list[Choice]:
    """Return salespeople to choose from, each with the team he belongs to."""
    return [
        Choice(f"{person.name} · {team}" if team else person.name, str(person.id)) for person, team in found
    ]


def groups(found: Sequence[UserGroup]) -> list[Choice]:
    """Return user groups to choose from."""
    return [Choice(f"@{group.handle}", group.id) for group in found]


def looking(text: Text) -> dict[str, Any]:
    """Return what stands there while the members of a user group are looked up."""
    return modal(
        Callback.NOTICE,
        text("Follow a user group"),
        [kit.line(text("Looking who is in the user group…"))],
        close=text("Close"),
    )


def followed(one: Team, text: Text) -> dict[str, Any]:
    """Return what is said once a team follows."""
    words = text("{team} follows @{group} now.", team=one.name, group=one.group.handle if one.group else "")
    return modal(Callback.NOTICE, text("Follow a user group"), [kit.line(words)], close=text("Close"))


def added(moves: Sequence[Move], text: Text) -> str:
    """Return who joined, and from where."""
    if not moves:
        return text("Nobody new: they belong to this team already.")
    names = [
        text("{name} (from {team})", name=move.person.name, team=move.left) if move.left else move.person.name
        for move in moves
    ]
    return text("Added: {names}.", names=_several(names, text))


def deleted(one: Team, text: Text) -> str:
    """Return what is said when a team is gone."""
    return text.count(
        "{team} is deleted; {n} person is without a team now.",
        "{team} is deleted; {n} people are without a team now.",
        one.members,
        team=one.name,
    )


def _led_by(one: Team, text: Text) -> str:
    if not one.managers:
        return text("no manager")
    names = [
        manager.name if manager.active else text("{name} (has left)", name=manager.name)
        for manager in one.managers
    ]
    return _several(names, text)


def _several(names: Sequence[str], text: Text) -> str:
    rest = len(names) - NAMED
    said = ", ".join(names[:NAMED])
    return text("{names} and {n} more", names=said, n=rest) if rest > 0 else said


def _size(one: Team, text: Text) -> str:
    return text.count("{n} person", "{n} people", one.members)
