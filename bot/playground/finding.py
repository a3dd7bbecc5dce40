"""Finding on the screen by what people read there: labels of fields, words on buttons."""

from collections.abc import Sequence

from bot.playground.places import NoSuchElementError
from bot.playground.shapes import Json
from bot.playground.values import Field, fields_of


def field_labelled(blocks: Sequence[Json], label: str) -> Field:
    """The input whose label is exactly `label`."""
    return _the_one(blocks, label, [f for f in fields_of(blocks) if f.label == label])


def button_saying(blocks: Sequence[Json], words: str) -> Field:
    """The first button (or menu with such an option) that says exactly `words`."""
    return _the_one(blocks, words, [f for f in fields_of(blocks) if words in _words_on(f.element)])


def option_saying(field: Field, words: str) -> Json:
    """The option of a menu, select or group that says exactly `words`."""
    for option in _options(field.element):
        if option["text"]["text"] == words:
            return option
    raise NoSuchElementError(f"no option {words!r} in {field.action_id}")


def _the_one(blocks: Sequence[Json], words: str, found: list[Field]) -> Field:
    if not found:
        there = [f.label or " | ".join(_words_on(f.element)) for f in fields_of(blocks)]
        raise NoSuchElementError(f"nothing here is called {words!r}, only: {there}")
    return found[0]


def _words_on(element: Json) -> list[str]:
    if "text" in element:
        return [element["text"]["text"]]
    return [option["text"]["text"] for option in element.get("options", ())]


def _options(element: Json) -> list[Json]:
    grouped = [option for group in element.get("option_groups", ()) for option in group["options"]]
    return [*element.get("options", ()), *grouped]
