"""What selects offer: options of the app, people, channels."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.playground.people import ChannelKind, Directory
from bot.playground.shapes import Json

_PEOPLE, _CHANNELS = ("users_select", "multi_users_select"), ("channels_select", "multi_channels_select")


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` is what the state holds when it is chosen."""

    text: str
    value: Any
    detail: str = ""

    @property
    def json(self) -> str:
        return json.dumps(self.value, sort_keys=True)


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """`label` is empty for choices that stand in no group."""

    label: str
    choices: tuple[Choice, ...]


def choices_of(element: Json, directory: Directory) -> tuple[ChoiceGroup, ...]:
    """Everything that can be chosen without asking the app."""
    if element["type"] in _PEOPLE:
        return (ChoiceGroup("", tuple(_people(directory))),)
    if element["type"] in _CHANNELS:
        return (ChoiceGroup("", tuple(_channels(directory))),)
    if element["type"].endswith("conversations_select"):
        return (ChoiceGroup("", (*_channels(directory), *_people(directory))),)
    return groups_of(element)


def groups_of(answer: Json) -> tuple[ChoiceGroup, ...]:
    """From `options` or `option_groups`, as elements have them and apps answer them."""
    if answer.get("option_groups"):
        return tuple(
            ChoiceGroup(group["label"]["text"], _options(group.get("options", ())))
            for group in answer["option_groups"]
        )
    return (ChoiceGroup("", _options(answer.get("options") or ())),)


def chosen_of(value: Any, directory: Directory) -> tuple[Choice, ...]:
    """What a select holds, whether it is one or several."""
    values = value if isinstance(value, list) else [value]
    return tuple(_choice(one, directory) for one in values if one)


def _choice(value: Any, directory: Directory) -> Choice:
    if isinstance(value, dict):
        return _options([value])[0]
    known = {choice.value: choice for choice in (*_people(directory), *_channels(directory))}
    return known.get(value, Choice(str(value), value))


def _options(options: Sequence[Json]) -> tuple[Choice, ...]:
    return tuple(
        Choice(option["text"]["text"], option, option.get("description", {}).get("text", ""))
        for option in options
    )


def _people(directory: Directory) -> Iterable[Choice]:
    living = [member for member in directory.members() if not member.deleted]
    return [Choice(member.real_name, member.id, member.title) for member in living]


def _channels(directory: Directory) -> Iterable[Choice]:
    public = [channel for channel in directory.channels() if channel.kind is ChannelKind.PUBLIC]
    return [Choice(f"#{channel.name}", channel.id) for channel in public if not channel.is_archived]
