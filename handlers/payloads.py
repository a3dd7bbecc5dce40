"""The only reader of Slack's JSON: what it sends becomes values of ours."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.domain.ids import FormId, SlackTeam, SlackUser
from bot.domain.interactions import Correspondence, Evaluation, Field, Flow, Initiator
from bot.domain.people import Profile
from bot.views import ids
from bot.views.forms import Meta, read_meta

Body = Mapping[str, Any]

_SURROGATES = dict.fromkeys((0, *range(55296, 57344)))


class Malformed(Exception):  # noqa: N818
    """Slack would never send this; somebody else did, or Slack changed."""


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
class OpenView:
    """A view as it stands on somebody's screen."""

    id: str
    root_id: str
    callback: str
    meta: Meta | None
    blocks: tuple[str, ...]
    values: Mapping[str, Mapping[str, Any]]

    def value(self, name: str) -> Mapping[str, Any] | None:
        """Return the newest revision of a field's input, None where the field is not shown."""
        revisions = {
            int(block.partition(".")[2] or 0): next(iter(inputs.values()), None)
            for block, inputs in self.values.items()
            if block.partition(".")[0] == name
        }
        return revisions[max(revisions)] if revisions else None

    def block_of(self, name: str) -> str | None:
        """Return the block id under which a field stands now."""
        return next((block for block in reversed(self.blocks) if block.partition(".")[0] == name), None)


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
    if not isinstance(team, str) or not isinstance(slack_id, str):
        raise Malformed("a request of nobody")
    home = user.get("team_id") if isinstance(user, dict) else None
    name = body.get("user_name") or (
        user.get("name") or user.get("username") if isinstance(user, dict) else ""
    )
    return Origin(SlackTeam(team), SlackUser(slack_id), SlackTeam(home) if home else None, str(name or ""))


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


def view(written: Mapping[str, Any]) -> OpenView:
    """Return a view as Slack sends it."""
    metadata = str(written.get("private_metadata") or "")
    blocks = written.get("blocks") or []
    state = (written.get("state") or {}).get("values") or {}
    try:
        meta = read_meta(metadata) if metadata.startswith("{") else None
    except (ValueError, TypeError) as error:
        raise Malformed("metadata of a form that is not ours") from error
    return OpenView(
        id=str(written.get("id") or ""),
        root_id=str(written.get("root_view_id") or written.get("id") or ""),
        callback=str(written.get("callback_id") or ""),
        meta=meta,
        blocks=tuple(str(block.get("block_id") or "") for block in blocks if isinstance(block, dict)),
        values=state if isinstance(state, dict) else {},
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


def meta(shown: OpenView) -> Meta:
    """Return what a form carries with it.

    Raises:
        Malformed: it carries nothing.
    """
    if shown.meta is None:
        raise Malformed("a form without metadata")
    return shown.meta


def read_below(above: Meta) -> Meta:
    """Return what the form below a pushed one carries with it."""
    return read_meta(above.below)


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


def query(body: Body) -> Query:
    """Return what is typed into a select."""
    block = str(body.get("block_id") or "")
    return Query(text=cleaned(body.get("value"))[:200], field=block.partition(".")[0])


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


def typed(shown: OpenView) -> dict[Field, Any]:
    """Return what stands in the fields of the interaction form; a field that is not shown is left out."""
    found: dict[Field, Any] = {}
    for field in Field:
        element = shown.value(field)
        if element is not None:
            found[field] = _read(field, element)
    if shown.meta is not None and shown.meta.locked is not None:
        found[Field.CONTACT] = shown.meta.locked
    return found


def text(shown: OpenView, name: str) -> str:
    """Return the text in a field, empty where there is none."""
    return cleaned((shown.value(name) or {}).get("value"))


def chosen(shown: OpenView, name: str) -> str | None:
    """Return the value chosen in a select, None where nothing is."""
    return _chosen(shown.value(name) or {})


def ticked(shown: OpenView, name: str) -> bool:
    """Whether the box of a field is ticked."""
    return bool((shown.value(name) or {}).get("selected_options"))


def day(shown: OpenView, name: str) -> date | None:
    """Return the day picked in a field."""
    picked = (shown.value(name) or {}).get("selected_date")
    found: date | None = _parsed(date.fromisoformat, picked)
    return found


def cleaned(value: object) -> str:
    """Return a text as typed, without what no database keeps: NUL and lone surrogates."""
    if not isinstance(value, str):
        return ""
    return value if value.isascii() and "\x00" not in value else value.translate(_SURROGATES)


def _read(field: Field, element: Mapping[str, Any]) -> Any:
    reader = _READERS.get(field)
    if reader is not None:
        return reader(element)
    return cleaned(element.get("value"))


def _chosen(element: Mapping[str, Any]) -> str | None:
    option = element.get("selected_option")
    return str(option.get("value")) if isinstance(option, dict) else None


def _identity(element: Mapping[str, Any]) -> int | None:
    value = _chosen(element)
    return int(value) if value is not None and value.isdecimal() else None


def _one_of(kind: Callable[[str], Any]) -> Callable[[Mapping[str, Any]], Any]:
    return lambda element: _parsed(kind, _chosen(element))


def _parsed(kind: Callable[[str], Any], value: object) -> Any:
    if not isinstance(value, str):
        return None
    try:
        return kind(value)
    except ValueError as error:
        raise Malformed("a value that was never offered") from error


def _word(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Malformed(f"no {name}")
    return value


_READERS: dict[Field, Callable[[Mapping[str, Any]], Any]] = {
    Field.CONTACT: _identity,
    Field.TEMPLATE: _identity,
    Field.SALESPERSON: _identity,
    Field.CAMPAIGN: _identity,
    Field.OPPORTUNITY: _identity,
    Field.DATE: lambda element: _parsed(date.fromisoformat, element.get("selected_date")),
    Field.TIME: lambda element: _parsed(time.fromisoformat, element.get("selected_time")),
    Field.ATTEMPT_FAILED: lambda element: bool(element.get("selected_options")),
    Field.EVALUATION: _one_of(Evaluation),
    Field.CORRESPONDENCE: _one_of(Correspondence),
    Field.FLOW: _one_of(Flow),
    Field.INITIATED_BY: _one_of(Initiator),
    Field.LANGUAGE: _chosen,
}
