"""Blocks: their shapes, and the surfaces that show them."""

from typing import Any

from bot.playground.checks.elements import (
    ACCESSORY,
    ACTION_ELEMENT,
    BUTTON,
    CONTEXT_ACTION,
    CONTEXT_ELEMENT,
    IMAGE,
    INPUT_ELEMENT,
)
from bot.playground.checks.figures import CHART, DATA_TABLE, TABLE
from bot.playground.checks.objects import ALT_TEXT, BOTH, ID, IMAGE_SOURCE, ONE_IMAGE, URL, text
from bot.playground.checks.rich import RICH_TEXT, RICH_TEXT_BLOCK
from bot.playground.checks.scene import (
    Check,
    Keys,
    Scene,
    Shape,
    Surface,
    anything,
    by_type,
    flag,
    many,
    one_of,
    some_of,
    string,
)
from bot.playground.shapes import Json

_BLOCK: Keys = {"block_id": ID}


def dispatch_fits(scene: Scene, at: str, block: Json) -> None:
    """A configuration of dispatching says nothing unless the block dispatches."""
    config = block["element"].get("dispatch_action_config")
    if config and not block.get("dispatch_action"):
        scene.refuse(f"{at}/element/dispatch_action_config", "needs dispatch_action: true on the block")


def collapse_fits(scene: Scene, at: str, block: Json) -> None:
    if block.get("default_collapsed") and not block.get("is_collapsible"):
        scene.refuse(f"{at}/default_collapsed", "needs is_collapsible: true")


def any_block(scene: Scene, at: str, value: Any) -> None:
    """Looked up late, since containers hold blocks."""
    by_type(BLOCKS)(scene, at, value)


def _only(shape: Check, kind: str) -> Check:
    return by_type({kind: shape})


SECTION = Shape(
    {},
    {
        **_BLOCK,
        "text": text(3000, BOTH),
        "fields": many(text(2000, BOTH), 1, 10),
        "accessory": ACCESSORY,
        "expand": flag,
    },
    (some_of("text", "fields"),),
)
IMAGE_BLOCK = Shape({"alt_text": ALT_TEXT}, {**_BLOCK, **IMAGE_SOURCE, "title": text(2000)}, (ONE_IMAGE,))
INPUT = Shape(
    {"label": text(2000), "element": INPUT_ELEMENT},
    {**_BLOCK, "dispatch_action": flag, "hint": text(2000), "optional": flag},
    (dispatch_fits,),
)
VIDEO = Shape(
    {"alt_text": ALT_TEXT, "title": text(200), "video_url": URL, "thumbnail_url": URL},
    {
        **_BLOCK,
        "author_name": string(50),
        "description": text(200),
        "provider_icon_url": URL,
        "provider_name": string(50),
        "title_url": URL,
    },
)
CARD = Shape(
    {},
    {
        **_BLOCK,
        "hero_image": _only(IMAGE, "image"),
        "icon": _only(IMAGE, "image"),
        "title": text(150, BOTH),
        "subtitle": text(150, BOTH),
        "body": text(200, BOTH),
        "actions": many(_only(BUTTON, "button"), 1, 5),
    },
    (some_of("hero_image", "title", "actions", "body"),),
)
CONTAINER = Shape(
    {"child_blocks": many(any_block, 1, 10)},
    {
        **_BLOCK,
        "title": text(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(150, BOTH),
        "icon": _only(IMAGE, "image"),
        "width": one_of("narrow", "standard", "wide", "full"),
        "is_collapsible": flag,
        "default_collapsed": flag,
        "has_header_divider": flag,
    },
    (some_of("title", "rich_text_title"), collapse_fits),
)
ALERT = Shape(
    {"text": text(3000, BOTH)},
    {**_BLOCK, "level": one_of("default", "info", "warning", "error", "success")},
)
TASK = Shape(
    {"task_id": ID, "title": string(3000)},
    {**_BLOCK, "status": anything, "details": anything, "output": anything, "sources": anything},
)

BLOCKS: Keys = {
    "section": SECTION,
    "divider": Shape({}, _BLOCK),
    "header": Shape({"text": text(150)}, _BLOCK),
    "image": IMAGE_BLOCK,
    "actions": Shape({"elements": many(ACTION_ELEMENT, 1, 25)}, _BLOCK),
    "context": Shape({"elements": many(CONTEXT_ELEMENT, 1, 10)}, _BLOCK),
    "context_actions": Shape({"elements": many(CONTEXT_ACTION, 1, 5)}, _BLOCK),
    "input": INPUT,
    "rich_text": RICH_TEXT_BLOCK,
    "video": VIDEO,
    "markdown": Shape({"text": string(12_000)}, _BLOCK),
    "table": TABLE,
    "data_table": DATA_TABLE,
    "data_visualization": CHART,
    "container": CONTAINER,
    "card": CARD,
    "carousel": Shape({"elements": many(_only(CARD, "card"), 1, 10)}, _BLOCK),
    "alert": ALERT,
    "task_card": TASK,
    "plan": Shape({"title": string(3000)}, {**_BLOCK, "tasks": many(_only(TASK, "task_card"), 1, 50)}),
}

_ALL: tuple[Surface, ...] = ("message", "modal", "home")
SHOWN_ON: dict[str, tuple[Surface, ...]] = {
    **dict.fromkeys(("section", "divider", "header", "image", "actions", "context", "input"), _ALL),
    **dict.fromkeys(("rich_text", "video"), _ALL),
    **dict.fromkeys(("markdown", "table", "data_table", "context_actions"), ("message",)),
    **dict.fromkeys(("task_card", "plan"), ("message",)),
    **dict.fromkeys(("data_visualization", "container", "card", "carousel"), ("message", "home")),
    "alert": ("modal",),
}
"""Which surfaces show a block; what is not here nothing shows."""
