"""What the templates of the page ask: who looks at what, and what stands there."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.playground.manifest import Shortcut
from bot.playground.page_dates import time_of_day
from bot.playground.page_faces import HOME, Door, Face, address, app_face, face_of
from bot.playground.page_levers import Levers, Weather, weather_now
from bot.playground.page_reader import Reader, reader_of
from bot.playground.page_screen import Screen
from bot.playground.page_talk import Day, days_of
from bot.playground.people import Channel, ChannelKind, Member
from bot.playground.places import Place
from bot.playground.views import OpenView

if TYPE_CHECKING:
    from bot.playground.server import Server


@dataclass(frozen=True, slots=True)
class ClockFace:
    iso: str
    shown: str
    zone: str


@dataclass(frozen=True, slots=True)
class ShownView:
    view: OpenView
    screen: Screen
    depth: int = 1


class Scene:
    """`me` is who acts, `where` a channel's id or "home"; unknown ones are replaced by the first there are."""

    def __init__(self, server: "Server", levers: Levers, me: str, where: str) -> None:
        self._workspace = server.workspace
        self._server = server
        self._levers = levers
        self.me = self._person(me)
        self.direct = self._workspace.directory.direct(self.me.id).id
        self.where = self._existing(where)

    @cached_property
    def reader(self) -> Reader:
        return reader_of(self._workspace, self.me.id)

    @property
    def face(self) -> Face:
        return face_of(self.me, self.where)

    @property
    def team(self) -> str:
        return self._workspace.team.name

    @property
    def title(self) -> str:
        return self.app.name if self.in_app else self.reader.name(self.where)

    @property
    def addressee(self) -> str:
        return self.app.name if self.in_app else f"#{self.title}"

    @property
    def in_app(self) -> bool:
        return self.where in (HOME, self.direct)

    @property
    def opens(self) -> str:
        """What the app is to be told when the page appears: that its Home or its messages were opened."""
        return {HOME: "home", self.direct: "messages"}.get(self.where, "")

    @property
    def clock(self) -> ClockFace:
        now = self.reader.moment(self.reader.now)
        shown = f"{now:%a} {now.day} {now:%b} {time_of_day(now, self.reader)}"
        return ClockFace(now.isoformat(), shown, self.me.tz)

    @property
    def can_shift(self) -> bool:
        return self._levers.shift_clock is not None

    @property
    def can_restart(self) -> bool:
        return self._levers.restart_bot is not None

    @property
    def weather(self) -> str:
        return weather_now(self._server.faults)

    @property
    def weathers(self) -> list[str]:
        return [weather.value for weather in Weather]

    @property
    def people(self) -> list[Face]:
        members = self._workspace.directory.people()
        return [face_of(member, self._same_place_for(member.id)) for member in members]

    @property
    def channels(self) -> list[Door]:
        known = self._workspace.directory.channels_of(self.me.id)
        return [self._door(channel) for channel in known if channel.kind is not ChannelKind.DIRECT]

    @property
    def app(self) -> Face:
        url = self.home_url if self.has_home else self.messages_url
        return app_face(self._workspace, url, self._latest(self.direct))

    @property
    def has_home(self) -> bool:
        return self._server.manifest.has_home

    @property
    def home_url(self) -> str:
        return address(self.me.id, HOME)

    @property
    def messages_url(self) -> str:
        return address(self.me.id, self.direct)

    @property
    def commands(self) -> list[dict[str, str]]:
        return [
            {"name": one.name, "hint": one.usage_hint, "description": one.description}
            for one in self._server.manifest.commands
        ]

    @property
    def commands_json(self) -> str:
        return json.dumps(self.commands)

    @property
    def global_shortcuts(self) -> list[Shortcut]:
        return [one for one in self._server.manifest.shortcuts if one.is_global]

    @property
    def message_shortcuts(self) -> list[Shortcut]:
        return [one for one in self._server.manifest.shortcuts if not one.is_global]

    @cached_property
    def days(self) -> tuple[Day, ...]:
        return days_of(self._workspace, self.reader, self.where)

    @cached_property
    def home(self) -> ShownView | None:
        view = self._workspace.home(self.me.id)
        return self._shown(view, Place.home(), 1) if view else None

    @cached_property
    def modal(self) -> ShownView | None:
        stack = self._workspace.stack(self.me.id)
        return self._shown(stack[-1], Place.view(stack[-1].id), len(stack)) if stack else None

    def _shown(self, view: OpenView, place: Place, depth: int) -> ShownView:
        screen = Screen(self.reader, self._workspace.directory, place, view.values, view.errors)
        return ShownView(view, screen, depth)

    def _door(self, channel: Channel) -> Door:
        url = address(self.me.id, channel.id)
        return Door(channel.id, channel.name, url, self._latest(channel.id))

    def _latest(self, channel: str) -> str:
        seen = self._workspace.seen_by(self.me.id, channel)
        return seen[-1].ts if seen else ""

    def _same_place_for(self, user: str) -> str:
        """The app's messages are each person's own."""
        return self._workspace.directory.direct(user).id if self.where == self.direct else self.where

    def _person(self, id: str) -> Member:
        people = self._workspace.directory.people()
        return next((member for member in people if member.id == id), people[0])

    def _existing(self, where: str) -> str:
        if where == HOME and self.has_home:
            return HOME
        open_to_me = [channel.id for channel in self._workspace.directory.channels_of(self.me.id)]
        public = [channel for channel in open_to_me if channel != self.direct]
        return where if where in open_to_me else (public or [self.direct])[0]
