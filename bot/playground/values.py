"""What fields hold: which elements have a state, what it starts as, what of it survives an update."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.playground.shapes import Json, Values

HELD_IN = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "file_input": "files",
}
"""Where the state of an element keeps its value; an element that is not here has no state."""

_STARTS_AS = {
    "value": "initial_value",
    "rich_text_value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_user": "initial_user",
    "selected_conversation": "initial_conversation",
    "selected_channel": "initial_channel",
    "selected_users": "initial_users",
    "selected_conversations": "initial_conversations",
    "selected_channels": "initial_channels",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
}
_LISTS = frozenset(
    {"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"}
)


@dataclass(frozen=True, slots=True)
class Field:
    """An interactive element where it stands; `block` is its block, which may lie within a container."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def is_input(self) -> bool:
        return bool(self.block["type"] == "input")

    @property
    def is_required(self) -> bool:
        return self.is_input and not self.block.get("optional", False)

    @property
    def label(self) -> str:
        return str(self.block.get("label", {}).get("text", ""))

    @property
    def held_in(self) -> str | None:
        return HELD_IN.get(self.element["type"])

    def dispatches_on(self, trigger: str) -> bool:
        """Whether `trigger` (`on_character_entered`, `on_enter_pressed`) sends something to the app."""
        if self.is_input and not self.block.get("dispatch_action", False):
            return False
        config = self.element.get("dispatch_action_config", {})
        return trigger in config.get("trigger_actions_on", ["on_enter_pressed"])

    @property
    def dispatches(self) -> bool:
        """Whether choosing in it sends something to the app; text fields have `dispatches_on`."""
        return not self.is_input or bool(self.block.get("dispatch_action", False))


def fields_of(blocks: Sequence[Json]) -> Iterator[Field]:
    """Every interactive element of the blocks in reading order."""
    for block in blocks:
        for element in _elements_of(block):
            if "action_id" in element:
                yield Field(block, element)
        yield from fields_of(block.get("child_blocks", ()))
        yield from fields_of(_cards_of(block))


def field_at(blocks: Sequence[Json], block_id: str, action_id: str) -> Field | None:
    wanted = (block_id, action_id)
    return next((field for field in fields_of(blocks) if (field.block_id, field.action_id) == wanted), None)


def starting_values(blocks: Sequence[Json]) -> Values:
    """The full state of freshly shown blocks: each `initial_…`, null for the rest."""
    values: Values = {}
    for field in fields_of(blocks):
        if field.held_in:
            values.setdefault(field.block_id, {})[field.action_id] = _starting_value(field)
    return values


def surviving_values(before: Values, blocks: Sequence[Json]) -> Values:
    """The state after an update: the same block id and action id of the same type keeps what it held."""
    values = starting_values(blocks)
    for block_id, actions in values.items():
        for action_id, value in actions.items():
            held = before.get(block_id, {}).get(action_id)
            if held and held["type"] == value["type"]:
                actions[action_id] = held
    return values


def merged(values: Values, block_id: str, action_id: str, chosen: Json) -> Values:
    """The state with one field changed; `chosen` is `{"value": …}`, `{"selected_option": …}` and so on."""
    actions = values.get(block_id, {})
    held = {**actions.get(action_id, {}), **chosen}
    return {**values, block_id: {**actions, action_id: held}}


def merged_all(values: Values, given: Values) -> Values:
    """The state with everything of `given` laid over it, as far as such fields exist."""
    for block_id, actions in given.items():
        for action_id, chosen in actions.items():
            if action_id in values.get(block_id, {}):
                values = merged(values, block_id, action_id, _without_type(chosen))
    return values


def content(field: Field, values: Values) -> Any:
    """What the field holds, or None when it holds nothing."""
    held = values.get(field.block_id, {}).get(field.action_id, {})
    return held.get(field.held_in or "") or None


def _elements_of(block: Json) -> list[Json]:
    single = [block[key] for key in ("accessory", "element") if isinstance(block.get(key), dict)]
    return single + [one for one in _many_of(block) if isinstance(one, dict)]


def _many_of(block: Json) -> list[Json]:
    if block["type"] in ("actions", "context_actions"):
        return list(block.get("elements", ()))
    return list(block.get("actions", ())) if block["type"] == "card" else []


def _cards_of(block: Json) -> list[Json]:
    return list(block.get("elements", ())) if block["type"] == "carousel" else []


def _starting_value(field: Field) -> Json:
    held_in = field.held_in or ""
    nothing: list[Json] | None = [] if held_in in _LISTS else None
    starts_as = _STARTS_AS.get(held_in, "")
    return {"type": field.element["type"], held_in: field.element.get(starts_as, nothing)}


def _without_type(chosen: Json) -> Json:
    return {key: value for key, value in chosen.items() if key != "type"}
