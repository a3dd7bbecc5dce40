"""Elements that only stand in input blocks."""

from bot.playground.checks.objects import DISPATCH, ID, text
from bot.playground.checks.rich import RICH_TEXT
from bot.playground.checks.scene import Keys, Scene, Shape, flag, many, pattern, string, whole
from bot.playground.shapes import Json

TEXT_LENGTH = 3000
_TYPED: Keys = {
    "action_id": ID,
    "placeholder": text(150),
    "focus_on_load": flag,
    "dispatch_action_config": DISPATCH,
}
_NUMBER = pattern(r"-?\d+(\.\d+)?", "a number written as a string")


def lengths_agree(scene: Scene, at: str, element: Json) -> None:
    shortest, longest = element.get("min_length") or 0, element.get("max_length") or TEXT_LENGTH
    if shortest > longest:
        scene.refuse(f"{at}/min_length", "min_length must not be more than max_length")
    if len(element.get("initial_value") or "") > longest:
        scene.refuse(f"{at}/initial_value", f"must be less than {longest + 1} characters")


def numbers_agree(scene: Scene, at: str, element: Json) -> None:
    given = [element[key] for key in ("min_value", "initial_value", "max_value") if element.get(key)]
    if not element["is_decimal_allowed"] and any("." in value for value in given):
        scene.refuse(at, "decimals are not allowed")
    if given != sorted(given, key=float):
        scene.refuse(at, "min_value, initial_value, max_value must be in this order")


INPUTS: Keys = {
    "plain_text_input": Shape(
        {},
        {
            **_TYPED,
            "initial_value": string(TEXT_LENGTH, 0),
            "multiline": flag,
            "min_length": whole(0, TEXT_LENGTH),
            "max_length": whole(1, TEXT_LENGTH),
        },
        (lengths_agree,),
    ),
    "email_text_input": Shape({}, {**_TYPED, "initial_value": string(TEXT_LENGTH, 0)}),
    "url_text_input": Shape({}, {**_TYPED, "initial_value": string(TEXT_LENGTH, 0)}),
    "number_input": Shape(
        {"is_decimal_allowed": flag},
        {**_TYPED, "initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        (numbers_agree,),
    ),
    "rich_text_input": Shape({}, {**_TYPED, "initial_value": RICH_TEXT}),
    "file_input": Shape(
        {}, {"action_id": ID, "filetypes": many(string(20), 1, 100), "max_files": whole(1, 10)}
    ),
}
