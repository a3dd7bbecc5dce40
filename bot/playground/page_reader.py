"""Who looks at the page: names, zone and hour format decide how texts are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.playground.people import Channel, Directory
from bot.playground.state import Workspace


@dataclass(frozen=True, slots=True)
class Reader:
    """`names` are those of members, channels and user groups by id; `now` is the workspace's time."""

    user: str
    zone: ZoneInfo
    now: float
    names: Mapping[str, str]
    has_half_days: bool = False

    def name(self, id: str) -> str:
        return self.names.get(id, "unknown")

    def moment(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(seconds, self.zone)


def reader_of(workspace: Workspace, user: str) -> Reader:
    member = workspace.directory.member(user)
    half_days = member.locale == "en-US"
    return Reader(user, ZoneInfo(member.tz), workspace.clock.now(), _names(workspace.directory), half_days)


def _names(directory: Directory) -> dict[str, str]:
    people = {member.id: member.real_name for member in directory.members()}
    channels = {channel.id: _channel_name(channel, people) for channel in directory.channels()}
    groups = {group.id: group.handle for group in directory.groups()}
    return {**people, **channels, **groups}


def _channel_name(channel: Channel, people: Mapping[str, str]) -> str:
    return channel.name or ", ".join(sorted(people.get(member, member) for member in channel.members))
