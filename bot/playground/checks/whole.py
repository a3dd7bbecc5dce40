"""What must hold over all blocks of a message or a view."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.playground.checks.blocks import BLOCKS, SHOWN_ON
from bot.playground.checks.elements import ONLY_ON
from bot.playground.checks.figures import TABLE_CHARACTERS, characters_of
from bot.playground.checks.scene import Scene, by_type
from bot.playground.shapes import Json

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MARKDOWN_CHARACTERS = 12_000
CHARTS = 2
_TABLES = ("table", "data_table")


@dataclass(frozen=True, slots=True)
class Placed:
    """A block or an element and its pointer."""

    at: str
    it: Json


def check_blocks(scene: Scene, at: str, blocks: Any) -> None:
    """Each block by itself, then their ids, surfaces and sums."""
    if not isinstance(blocks, list):
        scene.refuse(at, "must be an array")
        return
    limit = MESSAGE_BLOCKS if scene.surface == "message" else VIEW_BLOCKS
    if len(blocks) > limit:
        scene.refuse(at, f"no more than {limit} items allowed")
    for place, block in enumerate(blocks):
        by_type(BLOCKS)(scene, f"{at}/{place}", block)
    placed = list(_all_blocks(at, blocks))
    _check_surfaces(scene, placed)
    _check_ids(scene, placed)
    _check_focus(scene, placed)
    _check_sums(scene, at, placed)


def _check_surfaces(scene: Scene, blocks: Sequence[Placed]) -> None:
    for block in blocks:
        if scene.surface not in SHOWN_ON.get(block.it["type"], (scene.surface,)):
            scene.refuse(f"{block.at}/type", f"{block.it['type']} is not shown on a {scene.surface}")
        for element in _elements_of(block):
            if scene.surface not in ONLY_ON.get(element.it["type"], (scene.surface,)):
                scene.refuse(f"{element.at}/type", f"{element.it['type']} is not shown on a {scene.surface}")


def _check_ids(scene: Scene, blocks: Sequence[Placed]) -> None:
    ids = Counter(block.it["block_id"] for block in blocks if block.it.get("block_id"))
    for block in blocks:
        if ids[block.it.get("block_id")] > 1:
            scene.refuse(f"{block.at}/block_id", f"block_id is used twice: {block.it['block_id']}")
        actions = Counter(e.it["action_id"] for e in _elements_of(block) if e.it.get("action_id"))
        for action_id in (action_id for action_id, times in actions.items() if times > 1):
            scene.refuse(block.at, f"action_id is used twice in one block: {action_id}")


def _check_focus(scene: Scene, blocks: Sequence[Placed]) -> None:
    focused = [e.at for block in blocks for e in _elements_of(block) if e.it.get("focus_on_load")]
    for at in focused[1:]:
        scene.refuse(at, "only one element may have focus_on_load")


def _check_sums(scene: Scene, at: str, blocks: Sequence[Placed]) -> None:
    kinds = Counter(block.it["type"] for block in blocks)
    if scene.surface == "message" and sum(kinds[kind] for kind in _TABLES) > 1:
        scene.refuse(at, "only one table is allowed in a message")
    if kinds["data_visualization"] > CHARTS:
        scene.refuse(at, f"no more than {CHARTS} charts are allowed")
    tables = [block.it for block in blocks if block.it["type"] in _TABLES]
    if sum(map(characters_of, tables)) > TABLE_CHARACTERS:
        scene.refuse(at, f"no more than {TABLE_CHARACTERS} characters in tables")
    markdown = [str(block.it.get("text")) for block in blocks if block.it["type"] == "markdown"]
    if sum(map(len, markdown)) > MARKDOWN_CHARACTERS:
        scene.refuse(at, f"no more than {MARKDOWN_CHARACTERS} characters of markdown")


def _all_blocks(at: str, blocks: Any) -> Iterator[Placed]:
    for place, block in enumerate(blocks if isinstance(blocks, list) else ()):
        if isinstance(block, dict) and isinstance(block.get("type"), str):
            here = f"{at}/{place}"
            yield Placed(here, block)
            yield from _all_blocks(f"{here}/child_blocks", block.get("child_blocks"))
            if block["type"] == "carousel":
                yield from _all_blocks(f"{here}/elements", block.get("elements"))


def _elements_of(block: Placed) -> Iterator[Placed]:
    for key in ("accessory", "element"):
        yield from _element(f"{block.at}/{key}", block.it.get(key))
    lists = {"actions": "elements", "context_actions": "elements", "card": "actions"}
    key = lists.get(block.it["type"], "")
    held = block.it.get(key)
    for place, element in enumerate(held if isinstance(held, list) else ()):
        yield from _element(f"{block.at}/{key}/{place}", element)


def _element(at: str, element: Any) -> Iterator[Placed]:
    if isinstance(element, dict) and isinstance(element.get("type"), str):
        yield Placed(at, element)
