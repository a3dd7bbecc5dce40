"""A conversation as one person reads it: days, and what was said on each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.playground.files import StoredFile
from bot.playground.messages import Message
from bot.playground.page_dates import day_heading, time_of_day
from bot.playground.page_faces import Face, author_of
from bot.playground.page_reader import Reader
from bot.playground.page_screen import Screen
from bot.playground.places import Place
from bot.playground.state import Workspace
from bot.playground.values import surviving_values

SHOWN_AT_MOST = 200
_TOGETHER = 300.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it is drawn; `follows` when its author and time are those of the one above."""

    message: Message
    author: Face
    screen: Screen
    time: str
    iso: str
    files: tuple[StoredFile, ...]
    is_reply: bool
    follows: bool


@dataclass(frozen=True, slots=True)
class Day:
    iso: str
    heading: str
    messages: tuple[Shown, ...]


def days_of(workspace: Workspace, reader: Reader, channel: str) -> tuple[Day, ...]:
    """The newest messages, oldest first, answers below what they answer."""
    messages = _threaded(workspace.seen_by(reader.user, channel)[-SHOWN_AT_MOST:])
    by_day = groupby(messages, lambda message: reader.moment(_root_moment(message)).date())
    return tuple(_day(workspace, reader, day.isoformat(), tuple(said)) for day, said in by_day)


def _day(workspace: Workspace, reader: Reader, iso: str, messages: Sequence[Message]) -> Day:
    heading = day_heading(reader.moment(_root_moment(messages[0])), reader)
    above = (None, *messages)
    shown = [
        _shown(workspace, reader, message, before) for message, before in zip(messages, above, strict=False)
    ]
    return Day(iso, heading, tuple(shown))


def _shown(workspace: Workspace, reader: Reader, message: Message, before: Message | None) -> Shown:
    moment = reader.moment(float(message.ts))
    return Shown(
        message=message,
        author=author_of(workspace, message),
        screen=message_screen(workspace, reader, message),
        time=time_of_day(moment, reader),
        iso=moment.isoformat(),
        files=tuple(workspace.files.file(file) for file in message.files),
        is_reply=_is_reply(message),
        follows=before is not None and _follows(message, before),
    )


def message_screen(workspace: Workspace, reader: Reader, message: Message) -> Screen:
    blocks = list(message.blocks)
    values = surviving_values(workspace.messages.values(reader.user, message), blocks)
    place = Place.message(message.channel, message.ts)
    return Screen(reader, workspace.directory, place, values, {})


def _threaded(messages: Iterable[Message]) -> list[Message]:
    return sorted(messages, key=lambda message: (_root_moment(message), message.ts))


def _root_moment(message: Message) -> float:
    return float(message.thread_ts or message.ts)


def _is_reply(message: Message) -> bool:
    return message.thread_ts not in ("", message.ts)


def _follows(message: Message, before: Message) -> bool:
    same = (message.author, message.only_for, _is_reply(message))
    close = float(message.ts) - float(before.ts) < _TOGETHER
    return close and same == (before.author, before.only_for, _is_reply(before))
