"""Slack's user groups, where the optional scope allows to ask for them."""

from collections.abc import Callable

from slack_sdk import WebClient

from bot.domain.ids import SlackUser, WorkspaceId
from bot.domain.messages import Refusal
from bot.domain.people import Profile
from bot.domain.teams import UserGroup
from bot.outcomes import Passing, Permanent, judged


class Untold(Refusal):
    """Slack does not tell any user group: the app lacks the scope."""

    def __init__(self) -> None:
        super().__init__(
            "Slack does not tell user groups: the app needs the optional scope usergroups:read. "
            "Add it to the app, and install the app again."
        )


class UserGroups:
    """Asks Slack for user groups, and who their members are."""

    def __init__(
        self,
        client_for: Callable[[WorkspaceId], WebClient],
        told: Callable[[WorkspaceId, SlackUser], Profile | None],
    ) -> None:
        self._client_for = client_for
        self._told = told

    def all(self, workspace: WorkspaceId) -> list[UserGroup]:
        """Return every user group with its members.

        Raises:
            Untold: the app lacks the scope.
            Refusal: Slack does not answer now, or not at all.
        """
        try:
            with judged():
                answer = self._client_for(workspace).usergroups_list(include_users=True)
        except Passing as passing:
            raise Refusal("Slack does not answer right now. Try again in a moment.") from passing
        except Permanent as permanent:
            if str(permanent) == "missing_scope":
                raise Untold from permanent
            raise Refusal("Slack does not tell user groups ({reason}).", reason=str(permanent)) from permanent
        return [_group(one) for one in answer.get("usergroups") or ()]

    def member(self, workspace: WorkspaceId, user: SlackUser) -> Profile | None:
        """Return what Slack tells of a member, None where it does not."""
        return self._told(workspace, user)


def _group(told: dict[str, object]) -> UserGroup:
    users = told.get("users")
    members = frozenset(SlackUser(str(user)) for user in users) if isinstance(users, list) else frozenset()
    return UserGroup(str(told.get("id")), str(told.get("handle") or told.get("name") or ""), members)
