"""Composition objects: texts, options, confirm dialogs, filters."""

from collections.abc import Sequence
from typing import Any

from bot.playground.checks.scene import (
    Check,
    Keys,
    Scene,
    Shape,
    anything,
    by_type,
    exactly_one_of,
    flag,
    many,
    one_of,
    string,
)
from bot.playground.shapes import Json

PLAIN = ("plain_text",)
BOTH = ("plain_text", "mrkdwn")

ID = string(255)
URL = string(3000)
ALT_TEXT = string(2000)


def text(longest: int, kinds: Sequence[str] = PLAIN) -> Check:
    """A text object; Slack refuses empty ones."""
    shapes = {
        "plain_text": Shape({"text": string(longest)}, {"emoji": flag}),
        "mrkdwn": Shape({"text": string(longest)}, {"verbatim": flag}),
    }
    return by_type(shapes, kinds)


def option(kinds: Sequence[str] = PLAIN) -> Check:
    return Shape(
        {"text": text(75, kinds), "value": string(150)},
        {"description": text(75, kinds)},
    )


OVERFLOW_OPTION = Shape({"text": text(75), "value": string(150)}, {"description": text(75), "url": URL})
OPTIONS = many(option(), 1, 100)
OPTION_GROUP = Shape({"label": text(75), "options": OPTIONS})
OPTION_GROUPS = many(OPTION_GROUP, 1, 100)
CHOICES = many(option(BOTH), 1, 10)

CONFIRM = Shape(
    {"title": text(100), "text": text(300, BOTH), "confirm": text(30), "deny": text(30)},
    {"style": one_of("primary", "danger")},
)
DISPATCH = Shape({"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})
CONVERSATION_FILTER = Shape(
    {},
    {
        "include": many(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
)
SLACK_FILE = Shape({}, {"id": ID, "url": URL}, (exactly_one_of("id", "url"),))
IMAGE_SOURCE: Keys = {"image_url": URL, "slack_file": SLACK_FILE}
ONE_IMAGE = exactly_one_of("image_url", "slack_file")
TRIGGER = Shape({"url": URL}, {"customizable_input_parameters": anything})
WORKFLOW = Shape({"trigger": TRIGGER})


def offered(element: Json) -> list[Json]:
    """All options of a static select, a radio group or checkboxes."""
    groups = [group.get("options", []) for group in element.get("option_groups") or ()]
    return [*(element.get("options") or ()), *(one for group in groups for one in group)]


def initial_is_offered(scene: Scene, at: str, element: Json) -> None:
    """What is chosen at the beginning must be one of the options, in every part."""
    initial: list[tuple[str, Any]] = [("initial_option", element.get("initial_option"))]
    many_chosen = element.get("initial_options") or ()
    initial += [(f"initial_options/{place}", one) for place, one in enumerate(many_chosen)]
    options = offered(element)
    for key, chosen in initial:
        if chosen is not None and chosen not in options:
            scene.refuse(f"{at}/{key}", "initial option must be among the options")


def initial_fits_limit(scene: Scene, at: str, element: Json) -> None:
    limit = element.get("max_selected_items")
    initial = [key for key in element if key.startswith("initial_") and isinstance(element[key], list)]
    if limit and any(len(element[key]) > limit for key in initial):
        scene.refuse(at, f"more chosen at the beginning than max_selected_items ({limit})")
