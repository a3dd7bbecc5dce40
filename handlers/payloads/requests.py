"""What Slack sends, request by request."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from bot.domain.ids import FormId, SlackTeam, SlackUser
from bot.domain.people import Profile
from bot.views import ids
from handlers.payloads.screens import Malformed, OpenView, cleaned, view

Body = Mapping[str, Any]


_LONGEST_ID = 32


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose request this is."""

    team: SlackTeam
    user: SlackUser
    home_team: SlackTeam | None
    name: str


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; `key` is the same when Slack repeats it."""

    text: str
    trigger_id: str
    response_url: str | None
    channel: str

    @property
    def key(self) -> FormId:
        """A form id made of the trigger id: unique for what was typed once."""
        return FormId("q" + hashlib.sha256(self.trigger_id.encode()).hexdigest()[:32])


@dataclass(frozen=True, slots=True)
class Press:
    """A button, a menu choice, or an input that changed."""

    action: str
    value: str
    block: str
    at: str
    trigger_id: str
    response_url: str | None
    view: OpenView | None

    @property
    def number(self) -> int:
        """The id that the button carries.

        Raises:
            Malformed: it carries none.
        """
        if not self.value.isdecimal():
            raise Malformed(f"{self.action} carries no id")
        return int(self.value)

    @property
    def key(self) -> FormId:
        """A form id made of the trigger id: unique for what was pressed once."""
        return FormId("p" + hashlib.sha256(self.trigger_id.encode()).hexdigest()[:32])

    @property
    def message_url(self) -> str | None:
        """Where the one message about the button's subject can be replaced; None where the button stands in a list."""
        return None if self.block.startswith(ids.LISTED) else self.response_url

    @property
    def in_modal(self) -> bool:
        """Whether the button stands in a modal, and not in a message or on App Home."""
        return self.view is not None and bool(self.view.callback)

    @property
    def form(self) -> OpenView:
        """The view that the button stands in.

        Raises:
            Malformed: it stands in none.
        """
        if self.view is None:
            raise Malformed(f"{self.action} stands in no view")
        return self.view


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A global or message shortcut."""

    trigger_id: str
    response_url: str | None
    message: str
    author: str | None
    channel: str | None
    ts: str | None


@dataclass(frozen=True, slots=True)
class Closing:
    """A form that was closed; `cleared` by the X, which closes everything."""

    view: OpenView
    cleared: bool


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What `user_change` tells."""

    profile: Profile


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed into a select that asks us."""

    text: str
    field: str


def origin(body: Body) -> Origin:
    """Return whose request this is.

    Raises:
        Malformed: it names no team or nobody.
    """
    event = body.get("event") or {}
    user = body.get("user") or {}
    team = (
        body.get("team_id")
        or (body.get("team") or {}).get("id")
        or (user.get("team_id") if isinstance(user, dict) else None)
    )
    person = body.get("user_id") or (user.get("id") if isinstance(user, dict) else user) or event.get("user")
    slack_id = person.get("id") if isinstance(person, dict) else person
    if not _is_slack_id(team) or not _is_slack_id(slack_id):
        raise Malformed("a request of nobody")
    home = user.get("team_id") if isinstance(user, dict) else None
    name = body.get("user_name") or (
        user.get("name") or user.get("username") if isinstance(user, dict) else ""
    )
    return Origin(SlackTeam(team), SlackUser(slack_id), SlackTeam(home) if home else None, str(name or ""))


def _is_slack_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value.isascii() and value.isalnum() and len(value) <= _LONGEST_ID


def command(body: Body) -> Command:
    """Return a slash command."""
    return Command(
        text=cleaned(body.get("text")),
        trigger_id=_word(body, "trigger_id"),
        response_url=body.get("response_url"),
        channel=str(body.get("channel_id") or ""),
    )


def press(body: Body) -> Press:
    """Return what was pressed or chosen; a ⋯ choice `verb:subject` becomes that verb."""
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions or not isinstance(actions[0], dict):
        raise Malformed("an action without actions")
    act = actions[0]
    action, value = str(act.get("action_id") or ""), str(act.get("value") or "")
    if act.get("type") == "overflow":
        chosen = str((act.get("selected_option") or {}).get("value") or "")
        action, _, value = chosen.partition(ids.SEPARATOR)
    elif isinstance(act.get("selected_option"), dict):
        value = str(act["selected_option"].get("value") or "")
    elif act.get("type") == "checkboxes":
        value = "".join(str(one.get("value") or "") for one in (act.get("selected_options") or ())[:1])
    action = action.partition(".")[0]  # several buttons of one kind in a row are told apart by a number
    written = body.get("view")
    return Press(
        action=action,
        value=cleaned(value),
        block=str(act.get("block_id") or ""),
        at=str(act.get("action_ts") or ""),
        trigger_id=str(body.get("trigger_id") or ""),
        response_url=body.get("response_url") or None,
        view=view(written) if isinstance(written, dict) else None,
    )


def submitted(body: Body) -> OpenView:
    """Return the view of a submission or a closing."""
    written = body.get("view")
    if not isinstance(written, dict):
        raise Malformed("a submission without a view")
    return view(written)


def closing(body: Body) -> Closing:
    """Return the form that was closed, and how."""
    return Closing(submitted(body), bool(body.get("is_cleared")))


def shortcut(body: Body) -> Shortcut:
    """Return a global or message shortcut."""
    message = body.get("message") or {}
    return Shortcut(
        trigger_id=_word(body, "trigger_id"),
        response_url=body.get("response_url"),
        message=cleaned(message.get("text")),
        author=message.get("user"),
        channel=(body.get("channel") or {}).get("id"),
        ts=message.get("ts"),
    )


def member_change(body: Body) -> MemberChange:
    """Return who changed and how."""
    user = (body.get("event") or {}).get("user")
    if not isinstance(user, dict):
        raise Malformed("user_change without a user")
    return MemberChange(profile(user, origin(body).team))


def home_mark(body: Body) -> str:
    """Return the mark of the App Home that Slack shows to somebody who opens it, empty where there is none."""
    view = (body.get("event") or {}).get("view")
    return str(view.get("private_metadata") or "") if isinstance(view, dict) else ""


def query(body: Body) -> Query:
    """Return what is typed into a select."""
    block = str(body.get("block_id") or "")
    listed = block.startswith(
        f"{ids.LISTED}/"
    )  # there the block says which list, and the select what is searched
    field = str(body.get("action_id") or "") if listed else block.partition(".")[0]
    return Query(text=cleaned(body.get("value"))[:200], field=field)


def _word(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Malformed(f"no {name}")
    return value


def profile(user: Body, team: SlackTeam) -> Profile:
    """Return what `users.info` or `user_change` tells of a member."""
    details = user.get("profile") or {}
    return Profile(
        slack_id=SlackUser(str(user.get("id"))),
        name=cleaned(details.get("real_name") or user.get("real_name") or user.get("name")),
        email=details.get("email") or None,
        zone=str(user.get("tz") or "UTC"),
        locale=str(user.get("locale") or "en-GB"),
        admin=bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner")),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        bot=bool(user.get("is_bot")),
        deactivated=bool(user.get("deleted")),
        foreign=bool(user.get("is_stranger")) or str(user.get("team_id") or team) != team,
    )
