"""A view or a message before one person: what the templates of blocks ask about their fields."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from typing import Any

from bot.playground.page_choices import Choice, ChoiceGroup, choices_of, chosen_of
from bot.playground.page_mrkdwn import without_markup
from bot.playground.page_reader import Reader
from bot.playground.page_rich import rich_text_words
from bot.playground.people import Directory
from bot.playground.places import Place
from bot.playground.shapes import Json, Values
from bot.playground.values import Field

_LABELS = {
    "overflow": "More actions",
    "datepicker": "Date",
    "timepicker": "Time",
    "datetimepicker": "Date and time",
    "checkboxes": "Choices",
    "radio_buttons": "Choices",
    "file_input": "Files",
}
_TYPED = frozenset({"value", "rich_text_value"})
_PICKED = frozenset({"selected_date", "selected_time", "selected_date_time"})


@dataclass(frozen=True, slots=True)
class Control:
    """An element as it is drawn.

    `dispatch` names what tells the app at once: "choose", "character", "enter". `text` is what a text field or
    a picker shows, `chosen` what a select holds, `groups` what it offers by itself.
    """

    id: str
    block_id: str
    element: Json
    label: str
    held_in: str
    dispatch: str
    text: str
    chosen: tuple[Choice, ...]
    groups: tuple[ChoiceGroup, ...]
    files: tuple[Json, ...]
    error: str

    @property
    def type(self) -> str:
        return str(self.element["type"])

    @property
    def is_multi(self) -> bool:
        return self.type.startswith("multi_")

    @property
    def is_external(self) -> bool:
        return self.type.endswith("external_select")

    @property
    def held(self) -> str:
        """The chosen value or values, as JSON."""
        values = [choice.value for choice in self.chosen]
        return json.dumps(values if self.is_multi else (values or [None])[0])

    @property
    def file_ids(self) -> list[str]:
        return [str(file["id"]) for file in self.files]

    def holds(self, option: Json) -> bool:
        return any(choice.value["value"] == option["value"] for choice in self.chosen)


@dataclass(frozen=True, slots=True)
class Screen:
    """`place` goes back with every act; `values` are the full state, `errors` are by block id."""

    reader: Reader
    directory: Directory
    place: Place
    values: Values
    errors: Mapping[str, str]

    @property
    def place_json(self) -> str:
        place = {"kind": self.place.kind, "id": self.place.id, "channel": self.place.channel}
        return json.dumps(place)

    def control(self, block: Json, element: Json) -> Control:
        field = Field(block, element)
        held_in = field.held_in or ""
        value = self.values.get(field.block_id, {}).get(field.action_id, {}).get(held_in)
        is_choice = held_in.startswith("selected_") and held_in not in _PICKED
        return Control(
            id=self._id(field),
            block_id=field.block_id,
            element=element,
            label=self._label(field),
            held_in=held_in,
            dispatch=_dispatch(field),
            text=self._text(held_in, value),
            chosen=chosen_of(value, self.directory) if is_choice else (),
            groups=choices_of(element, self.directory),
            files=tuple(value or ()) if held_in == "files" else (),
            error=self.errors.get(field.block_id, ""),
        )

    def _id(self, field: Field) -> str:
        """The same as long as Slack would take it for the same field."""
        parts = (self.place.kind, self.place.channel, self.place.id, field.block_id, field.action_id)
        key = "\n".join((*parts, field.element["type"]))
        return "f" + blake2s(key.encode(), digest_size=8).hexdigest()

    def _label(self, field: Field) -> str:
        if field.is_input:
            return field.label
        placeholder = field.element.get("placeholder", {}).get("text", "")
        beside = self._words_beside(field) if field.element["type"] != "overflow" else ""
        return beside or placeholder or _LABELS.get(field.element["type"], "Choose")

    def _words_beside(self, field: Field) -> str:
        text = field.block.get("text") if field.block["type"] == "section" else None
        if not text:
            return ""
        return without_markup(text["text"], self.reader) if text["type"] == "mrkdwn" else str(text["text"])

    def _text(self, held_in: str, value: Any) -> str:
        if not value or isinstance(value, list):
            return ""
        if held_in == "rich_text_value":
            return rich_text_words(value)
        if held_in == "selected_date_time":
            return datetime.fromtimestamp(int(value), self.reader.zone).strftime("%Y-%m-%dT%H:%M")
        return str(value) if isinstance(value, str) else ""


def _dispatch(field: Field) -> str:
    if field.held_in not in _TYPED:
        return "choose" if field.dispatches else ""
    kinds = {"character": "on_character_entered", "enter": "on_enter_pressed"}
    return " ".join(kind for kind, trigger in kinds.items() if field.dispatches_on(trigger))
