"""Ids that Slack gives: to objects, and to blocks and elements that came without."""

import secrets
import string
from collections.abc import Sequence

from bot.playground.shapes import Json

_LETTERS = string.ascii_uppercase + string.digits
_WITHOUT_ACTION = frozenset({"image", "mrkdwn", "plain_text", "url_source"})


def new_id(prefix: str) -> str:
    """An id as Slack's: `new_id("F")` gives `F` and ten capitals or digits."""
    return prefix + "".join(secrets.choice(_LETTERS) for _ in range(10))


def with_ids(spec: Json) -> Json:
    """The view or message with a block id in every block and an action id in every element."""
    return {**spec, "blocks": blocks_with_ids(spec.get("blocks") or ())}


def blocks_with_ids(blocks: Sequence[Json]) -> list[Json]:
    return [_block_with_ids(block) for block in blocks]


def _block_with_ids(block: Json) -> Json:
    block = {**block, "block_id": block.get("block_id") or secrets.token_urlsafe(3)}
    for key in ("accessory", "element"):
        if key in block:
            block[key] = _element_with_id(block[key])
    if block["type"] in ("actions", "context_actions"):
        block["elements"] = [_element_with_id(element) for element in block.get("elements", ())]
    return _with_inner_ids(block)


def _with_inner_ids(block: Json) -> Json:
    if block["type"] == "card" and "actions" in block:
        block["actions"] = [_element_with_id(element) for element in block["actions"]]
    if block["type"] == "carousel":
        block["elements"] = blocks_with_ids(block.get("elements", ()))
    if "child_blocks" in block:
        block["child_blocks"] = blocks_with_ids(block["child_blocks"])
    return block


def _element_with_id(element: Json) -> Json:
    if element.get("type") in _WITHOUT_ACTION or element.get("action_id"):
        return element
    return {**element, "action_id": secrets.token_urlsafe(4)}
