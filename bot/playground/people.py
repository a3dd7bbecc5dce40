"""Members and channels of the workspace."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.playground.changes import ChangeKind, Changes
from bot.playground.shapes import SlackError


@dataclass(frozen=True, slots=True)
class Team:
    id: str = "T0PLAYGRND"
    name: str = "Playground"
    domain: str = "playground"


@dataclass(frozen=True, slots=True)
class Member:
    """A person or a bot. `tz` is a zone name, `locale` a tag such as `nb-NO`, `color` six hex digits."""

    id: str
    name: str
    real_name: str
    email: str = ""
    tz: str = "Europe/Oslo"
    locale: str = "en-GB"
    title: str = ""
    color: str = "4a5568"
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    deleted: bool = False
    team_id: str = ""

    @property
    def initials(self) -> str:
        words = [word for word in self.real_name.split() if word[0].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class ChannelKind(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation; of a direct one, `name` is empty and `members` are the person and the bot's user."""

    id: str
    name: str
    kind: ChannelKind
    members: frozenset[str]
    topic: str = ""
    is_archived: bool = False
    is_shared: bool = False
    """With another company."""


@dataclass(frozen=True, slots=True)
class UserGroup:
    id: str
    handle: str
    name: str
    members: tuple[str, ...] = field(default=())


class Directory:
    """Everybody and every channel, by id; asking for an unknown one is Slack's error."""

    def __init__(self, changes: Changes, bot_user: Member) -> None:
        self._changes = changes
        self._bot_user = bot_user
        self._members = {bot_user.id: bot_user}
        self._channels: dict[str, Channel] = {}
        self._groups: dict[str, UserGroup] = {}

    def members(self) -> tuple[Member, ...]:
        return tuple(self._members.values())

    def people(self) -> tuple[Member, ...]:
        """Those one can act as: neither bots nor deactivated."""
        return tuple(m for m in self.members() if not m.is_bot and not m.deleted)

    def member(self, id: str) -> Member:
        if id not in self._members:
            raise SlackError("user_not_found")
        return self._members[id]

    def member_with_email(self, email: str) -> Member | None:
        return next((m for m in self.members() if m.email and m.email.casefold() == email.casefold()), None)

    def put_member(self, member: Member) -> Member:
        self._members[member.id] = member
        self._changes.tell(ChangeKind.PERSON, member.id)
        return member

    def channels(self) -> tuple[Channel, ...]:
        return tuple(self._channels.values())

    def channels_of(self, user: str) -> tuple[Channel, ...]:
        return tuple(channel for channel in self.channels() if user in channel.members)

    def channel(self, id: str) -> Channel:
        if id not in self._channels:
            raise SlackError("channel_not_found")
        return self._channels[id]

    def channel_named(self, name: str) -> Channel | None:
        return next((c for c in self.channels() if c.name and c.name == name.lstrip("#")), None)

    def put_channel(self, channel: Channel) -> Channel:
        self._channels[channel.id] = channel
        self._changes.tell(ChangeKind.MESSAGE, channel.id)
        return channel

    def archive(self, id: str) -> None:
        self.put_channel(replace(self.channel(id), is_archived=True))

    def direct(self, user: str) -> Channel:
        """The conversation of this person with the app; made when first asked for."""
        channel_id = "D" + self.member(user).id[1:]
        known = self._channels.get(channel_id)
        members = frozenset({user, self._bot_user.id})
        return known or self.put_channel(Channel(channel_id, "", ChannelKind.DIRECT, members))

    def groups(self) -> tuple[UserGroup, ...]:
        return tuple(self._groups.values())

    def put_group(self, group: UserGroup) -> None:
        self._groups[group.id] = group
