"""Slack's limits and shapes, and what of a message, a view or a list of options breaks them.

The shapes stand as tables in `checks/`: `objects`, `elements`, `inputs`, `blocks`, `rich`, `figures`; what
must hold over all blocks in `whole`. Sources: docs.slack.dev, `slack.md` 1.3, 1.4 and 2. Each problem ends
with a JSON pointer, as Slack's own do.
"""

from typing import Literal

from bot.playground.checks.objects import OPTION_GROUPS, OPTIONS, text
from bot.playground.checks.scene import Keys, Scene, Shape, anything, exactly_one_of, flag, string
from bot.playground.checks.whole import check_blocks
from bot.playground.shapes import Json

TITLE_LENGTH = 24
METADATA_LENGTH = 3000

_EITHER: Keys = {
    "private_metadata": string(METADATA_LENGTH, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
_MODAL = Shape(
    {"title": text(TITLE_LENGTH), "blocks": anything},
    {
        **_EITHER,
        "submit": text(TITLE_LENGTH),
        "close": text(TITLE_LENGTH),
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
)
_HOME = Shape({"blocks": anything}, _EITHER)
_OPTIONS = Shape(
    {}, {"options": OPTIONS, "option_groups": OPTION_GROUPS}, (exactly_one_of("options", "option_groups"),)
)


def problems_in_message(payload: Json) -> list[str]:
    """Of the blocks in the arguments of a message; a message without blocks has none."""
    scene = Scene("message")
    if payload.get("blocks"):
        check_blocks(scene, "/blocks", payload["blocks"])
    return scene.problems


def problems_in_view(view: Json, surface: Literal["modal", "home"]) -> list[str]:
    """Of a view that is to be opened, pushed, updated or published."""
    scene = Scene(surface)
    if view.get("type") != surface:
        scene.refuse("/view/type", f"must be {surface}")
    (_MODAL if surface == "modal" else _HOME)(scene, "/view", view)
    check_blocks(scene, "/view/blocks", view.get("blocks"))
    if surface == "modal" and _has_input(view) and not view.get("submit"):
        scene.refuse("/view/submit", "missing required field: submit, since there is an input block")
    return scene.problems


def problems_in_options(answer: Json) -> list[str]:
    """Of what an app answers to a block_suggestion; no option at all is a good answer."""
    scene = Scene("modal")
    if answer not in ({"options": []}, {"option_groups": []}):
        _OPTIONS(scene, "", answer)
    return scene.problems


def _has_input(view: Json) -> bool:
    blocks = view.get("blocks")
    return isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
