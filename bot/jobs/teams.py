"""The job that lets teams follow their user groups, and looks whether admins still are admins."""

from functools import partial

from bot.domain.ids import WorkspaceId
from bot.domain.teams import Regrouped, Trouble
from bot.services.following import Following
from bot.user_groups import Untold, UserGroups


def follow_groups(following: Following, groups: UserGroups) -> str:
    """Refresh the teams of every workspace; return what was done, and what an admin has to mend."""
    done = [_workspace(following, groups, workspace) for workspace in following.workspaces()]
    moved = sum(len(one.moved) for one in done)
    troubled = sum(one.troubled for one in done)
    said = [f"{moved} joined or left a team." if moved else ""]
    if troubled:
        said.append(f"{troubled} can't follow their user group: /log setup → Teams says why.")
    return " ".join(one for one in said if one)


def _workspace(following: Following, groups: UserGroups, workspace: WorkspaceId) -> Regrouped:
    tell = partial(groups.member, workspace)
    following.look_at_admins(workspace, tell)
    if not following.follows(workspace):
        return Regrouped(frozenset(), 0)
    try:
        told = groups.all(workspace)
    except Untold:
        return Regrouped(frozenset(), following.cannot(workspace, Trouble.SCOPE))
    return following.regroup(workspace, told, tell)
