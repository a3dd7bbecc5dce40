"""What a browser says that its person did, in the engine's words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.places import Place, PlaceKind
from bot.playground.profiles import file_object
from bot.playground.rich import rich_text_of
from bot.playground.shapes import Json, Values
from bot.playground.state import Workspace


@dataclass(frozen=True, slots=True)
class Gesture:
    """`chosen` is what was done to one field, `state` what all fields of the place hold; `name` is an act's own.

    `text` is what was typed, `files` are ids of uploads.
    """

    user: str
    channel: str
    place: Place
    block_id: str
    action_id: str
    chosen: Json
    state: Values
    text: str
    name: str
    files: tuple[str, ...]


def gesture_of(body: Json, workspace: Workspace) -> Gesture:
    """Raises SlackError for somebody or a file that is not here, KeyError for a body that is no gesture."""
    reading = _Reading(workspace, str(body["as"]))
    return Gesture(
        user=reading.user,
        channel=str(body.get("in", "")),
        place=_place(body.get("place") or {}),
        block_id=str(body.get("block", "")),
        action_id=str(body.get("action", "")),
        chosen=reading.value(body.get("chosen") or {}),
        state=reading.values(body.get("state") or {}),
        text=str(body.get("text", "")),
        name=str(body.get("name", "")),
        files=tuple(map(str, body.get("files", ()))),
    )


def _place(place: Json) -> Place:
    kind = PlaceKind(place.get("kind", PlaceKind.HOME))
    return Place(kind, str(place.get("id", "")), str(place.get("channel", "")))


class _Reading:
    """Browsers know neither zones nor rich text nor files as Slack tells of them."""

    def __init__(self, workspace: Workspace, user: str) -> None:
        self._workspace = workspace
        self._zone = ZoneInfo(workspace.directory.member(user).tz)
        self.user = user

    def values(self, state: Values) -> Values:
        return {
            block: {action: self.value(value) for action, value in actions.items()}
            for block, actions in state.items()
        }

    def value(self, value: Json) -> Json:
        return {key: self._read(key, held) for key, held in value.items()}

    def _read(self, key: str, held: Any) -> Any:
        if not held:
            return held
        match key:
            case "rich_text_value":
                return rich_text_of(str(held))
            case "selected_date_time":
                return int(datetime.fromisoformat(held).replace(tzinfo=self._zone).timestamp())
            case "files":
                return [self._file(file) for file in held]
        return held

    def _file(self, id: str) -> Json:
        return file_object(self._workspace, self._workspace.files.file(id))
